"""The whole line: recorded replies of a server, collected, tagged, detected, in a digest."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from data.config import Config, MastodonConfig
from data.tables import labels, posts
from monitor import steps
from tests.monitor.instance import Timeline, instance

RECORDED = Path(__file__).parent / "recorded" / "mastodon"
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)  # the week of the replies is over
AMIRA, JONAS, MARA = "status", "quote", "bridged"  # who wrote what was recorded


def recorded(name: str) -> dict[str, Any]:
    item: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return item


def test_recorded_replies_become_posts_labels_and_a_digest(engine: Engine, tmp_path: Path) -> None:
    with instance(Timeline([recorded(each) for each in (AMIRA, JONAS, MARA)])) as here:
        config = Config(tmp_path, mastodon=MastodonConfig(instances=(here.origin,)))
        [collected] = steps.collect(engine, config, None, TUESDAY)
        again = steps.collect(engine, config, None, TUESDAY)
    assert (collected.state, collected.fetched, collected.new) == ("ok", 3, 3)
    assert again[0].new == 0

    assert steps.tag(engine, config) == 3
    assert steps.tag(engine, config) == 0
    of = labels_by_post(engine)
    amira = of[recorded(AMIRA)["uri"]]
    assert {("place", "Altona"), ("place", "Wilhelmsburg")} <= amira  # "Decken in Altona & …"
    assert ("topic", "sachspenden") in amira
    assert ("intent", "gesuch") in amira  # "Wer kann?"

    counts = steps.detect(engine, config, TUESDAY)
    assert (counts["posts"], counts["alert"], counts["watch"]) == (3, 0, 0)  # three voices

    written = steps.digest(engine, config, "2026-W47", tmp_path / "digest", TUESDAY)
    assert [path.name for path in written] == ["hhhilft-2026-W47.html", "hhhilft-2026-W47.json"]
    document = json.loads(written[1].read_text("utf-8"))
    assert document["posts"]["count"] == 3
    assert [each["posts"] for each in document["days"]] == [3, 0, 0, 0, 0, 0, 0]  # all on Monday
    html = written[0].read_text("utf-8")
    assert "#HHhilft" in html
    assert "<b>K.</b>" not in html  # Amira's name is never markup


def labels_by_post(engine: Engine) -> dict[str, set[tuple[str, str]]]:
    query = select(posts.c.native_id, labels.c.kind, labels.c.label).join(
        labels, labels.c.post == posts.c.id
    )
    found: dict[str, set[tuple[str, str]]] = {}
    with engine.connect() as connection:
        for post, kind, label in connection.execute(query):
            found.setdefault(post, set()).add((kind, label))
    return found

"""Posts of which the network does not say who wrote them: kept, and never one person's."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import Engine, select

from data.config import Config
from data.detection_reads import posts_for_detection
from data.page_reads.newcomers import newcomers
from data.records import NOBODY, Account, Post
from data.tables import accounts, clusters, matches, posts
from data.writes import upsert_posts
from monitor import steps
from monitor.commands.detect_ import command as detect
from tests.data.stored import rows
from tests.make import NOW, account, post
from tests.monitor.detect import worlds

CONFIG = Config(folder=Path())
UNSIGNED = Account("instagram", NOBODY)


def stored(engine: Engine, *told: Post) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, told, "file", NOW)


def unsigned(name: str, text: str, minutes: int = 0) -> Post:
    at = NOW - timedelta(minutes=minutes)
    return post(name, UNSIGNED, network="instagram", text=text, created_at=at)


def test_a_campaign_whose_authors_are_not_told_links_nobody(engine: Engine) -> None:
    told = [replace(each, account=UNSIGNED, network="instagram") for each in worlds.campaign()]
    stored(engine, *worlds.town(), *told)
    assert steps.detect(engine, CONFIG, NOW)["posts"] == len(worlds.town())
    assert rows(engine, clusters, "level") == []


def test_detection_of_files_leaves_them_out_like_that_of_the_store(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    named = {"id": "1", "network": "instagram", "created_at": "2026-11-16T08:00:00Z"}
    lines = [{**named, "account": {"id": "ana"}}, {**named, "id": "2", "account": {"id": NOBODY}}]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    found = json.loads(CliRunner().invoke(detect, ["--posts", str(path), "--json"]).stdout)
    assert (found["posts"], found["accounts"]) == (1, 1)


def test_who_is_known_stays_known_whichever_reading_comes_first(engine: Engine) -> None:
    for name in ("before", "after"):
        known = post(name, account("ana", "instagram"), network="instagram")
        unknown = replace(known, account=UNSIGNED)
        for each in (known, unknown) if name == "before" else (unknown, known):
            stored(engine, each)
    query = select(accounts.c.native_id).join(posts, posts.c.account == accounts.c.id)
    with engine.connect() as connection:
        assert connection.scalars(query).all() == ["ana", "ana"]
        assert posts_for_detection(connection, NOW - timedelta(days=1)).num_rows == 2


def test_a_need_and_an_offer_of_unknown_authors_can_be_matched(engine: Engine) -> None:
    stored(
        engine,
        unsigned("need", "Suche dringend einen Kinderwagen in Altona", 9),
        unsigned("offer", "Verschenke Kinderwagen, abzuholen in Ottensen", 5),
    )
    steps.tag(engine, CONFIG)
    steps.match(engine, CONFIG, NOW)
    assert [item for (item,) in rows(engine, matches, "item")] == ["kinderwagen"]


def test_unknown_authors_are_no_newcomer(engine: Engine) -> None:
    stored(engine, unsigned("1", "Hallo"), post("2"))
    with engine.connect() as connection:
        today = (NOW - timedelta(days=1), NOW + timedelta(days=1))
        assert newcomers(connection, [today]) == [1]

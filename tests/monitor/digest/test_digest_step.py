"""From the store to the files, in both databases."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.config import Config
from data.errors import ConfigError
from data.writes import LabelRow, TagRow, delete_posts, upsert_posts, write_tags
from monitor import steps
from tests import make

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


def calls(engine: Engine, *posts: tuple[str, dict[str, object]]) -> None:
    """Store calls for help, tagged as the tagger would."""
    made = [
        make.post(
            name,
            make.account(name, **{k: v for k, v in known.items() if k in ACCOUNT}),
            text=f"Decken gesucht, {name}",
            created_at=known.get("at", WEDNESDAY),
            reply_to=known.get("reply_to"),
        )
        for name, known in posts
    ]
    with engine.begin() as connection:
        upsert_posts(connection, made, "mastodon", MONDAY)
        rows = [
            TagRow(
                number,
                "de",
                False,
                0.0,
                [],
                [
                    LabelRow("intent", "gesuch", 1.0, []),
                    LabelRow("topic", str(known.get("topic", "sachspenden")), 1.0, []),
                ],
            )
            for number, (_, known) in enumerate(posts, 1)
        ]
        write_tags(connection, rows, "test", MONDAY)


ACCOUNT = ("noindex", "indexable", "discoverable", "bio")


def written(
    engine: Engine, tmp_path: Path, week: str | None = None
) -> tuple[str, dict[str, object]]:
    html, document = steps.digest(engine, Config(tmp_path), week, None, MONDAY)
    return html.read_text("utf-8"), json.loads(document.read_text("utf-8"))


def test_the_last_whole_week_is_written_by_default(engine: Engine, tmp_path: Path) -> None:
    calls(engine, ("p1", {}))
    files = steps.digest(engine, Config(tmp_path), None, None, MONDAY)
    folder = tmp_path / "var" / "digest"
    assert files == [folder / "hhhilft-2026-W47.html", folder / "hhhilft-2026-W47.json"]
    assert sorted(folder.iterdir()) == files


def test_the_same_week_again_gives_the_same_files(engine: Engine, tmp_path: Path) -> None:
    calls(engine, ("p1", {}))
    assert written(engine, tmp_path) == written(engine, tmp_path)


def test_only_what_may_be_quoted_is_quoted(engine: Engine, tmp_path: Path) -> None:
    calls(
        engine,
        ("open", {}),
        ("noindex", {"noindex": True}),
        ("notindexable", {"indexable": False}),
        ("hidden", {"discoverable": False}),
        ("norobots", {"bio": "Bitte nicht #NoBot"}),
        ("violence", {"topic": "opferschutz"}),
        ("answered", {}),
        ("answer", {"reply_to": "answered"}),
        ("deleted", {}),
        ("lastweek", {"at": WEDNESDAY - timedelta(days=7)}),
    )
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", ["deleted"], MONDAY)
    html, document = written(engine, tmp_path)
    assert [quote["text"] for quote in document["unanswered"]] == ["Decken gesucht, open"]  # type: ignore[index, attr-defined]
    for word in ("noindex,", "notindexable", "hidden", "norobots", "violence", "deleted"):
        assert f"gesucht, {word}" not in html
    assert document["posts"] == {"count": 8, "before": 1}


def test_an_empty_store_gives_a_friendly_digest(engine: Engine, tmp_path: Path) -> None:
    html, document = written(engine, tmp_path)
    assert len(document["sentences"]) == 1  # type: ignore[arg-type]
    assert "kein Beitrag" in html


def test_a_folder_that_cannot_be_written_is_named_with_a_way_out(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="--folder"):
        steps.digest(engine, Config(tmp_path), None, tmp_path / "file" / "x", MONDAY)

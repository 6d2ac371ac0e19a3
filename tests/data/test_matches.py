from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.match_words import _WORDS, item_name, sentence
from data.page_reads.calls import open_in_turn
from data.page_reads.matches import needs_with_offers
from data.page_reads.narrowed import Narrowing
from data.tables import matches, posts
from data.writes import (
    LabelRow,
    MatchRow,
    TagRow,
    delete_posts,
    upsert_posts,
    write_matches,
    write_tags,
)
from tests import make

REASONS = {
    "same": {"item": "bett"},
    "part": {"item": "schrank", "of": "moebel"},
    "serves": {"item": "zimmer", "for": "schlafplatz"},
    "may_hold": {"item": "moebel", "for": "schrank"},
    "topic": {"topic": "sprache"},
    "meaning": {},
    "value": {"kind": "language", "keys": ["dari"]},
    "near_value": {"kind": "language", "keys": ["kurdisch"]},
    "not_said": {"kind": "subject", "keys": ["mathe"]},
    "size": {"size": "98–104"},
    "size_for_age": {"size": "98"},
    "size_near": {"size": "39"},
    "number": {"count": 2},
    "enough": {"count": 6, "wanted": 2},
    "fewer": {"count": 1, "wanted": 2},
    "price": {"price": 430, "limit": 450},
    "audience": {"key": "frauen"},
    "same_place": {"place": "Altona"},
    "same_bezirk": {"place": "Ottensen", "other": "Altona"},
    "distance": {"km": 3.4, "place": "Horn", "other": "Hamm"},
    "anywhere": {},
    "time": {"from": "2026-03-07T09:00:00+01:00", "to": "2026-03-07T11:00:00+01:00"},
    "weekdays": {"days": [0, 3]},
    "until": {"until": "2026-03-07T00:00:00+01:00"},
}


def fill(engine: Engine) -> dict[str, int]:
    said = [
        make.post("old", created_at=make.NOW - timedelta(days=3), text="Suche Bett"),
        make.post("new", created_at=make.NOW - timedelta(days=1), text="Suche Schrank in Altona"),
        make.post("bed", "ben", created_at=make.NOW - timedelta(days=2), text="Bett abzugeben"),
    ]
    with engine.begin() as connection:
        upsert_posts(connection, said, "file", make.NOW)
        numbers = dict(connection.execute(select(posts.c.native_id, posts.c.id)).all())  # type: ignore[arg-type]
        rows = [
            _tags(numbers["old"], "intent:gesuch", "topic:sachspenden"),
            _tags(numbers["new"], "intent:gesuch", "topic:sachspenden", "place:Altona"),
            _tags(numbers["bed"], "intent:angebot", "topic:sachspenden"),
        ]
        write_tags(connection, rows, "test", make.NOW)
        reasons = [{"code": "same", "item": "bett"}]
        write_matches(connection, [MatchRow(numbers["old"], numbers["bed"], "bett", 0.8, reasons)])
    return numbers


def _tags(post: int, *labels: str) -> TagRow:
    rows = [LabelRow(*each.split(":"), score=0.9) for each in labels]  # type: ignore[misc]
    return TagRow(post, "de", False, 0.1, [], rows)


def _open(connection: Connection, since: datetime, **to: Any) -> tuple[int, ...]:
    return open_in_turn(connection, Narrowing(since, make.NOW, **to)).posts


def test_needs_come_oldest_first_with_their_offers(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as connection:
        turn = open_in_turn(connection, Narrowing(make.NOW - timedelta(days=9), make.NOW))
        found = needs_with_offers(connection, turn.posts)
    assert [each.call.text for each in found] == ["Suche Bett", "Suche Schrank in Altona"]
    assert [each.call.text for each in found[0].offers] == ["Bett abzugeben"]
    assert found[1].offers == ()
    assert (turn.all, turn.offered) == (2, 1)


def test_needs_are_narrowed_to_a_topic_and_places(engine: Engine) -> None:
    fill(engine)
    since = make.NOW - timedelta(days=9)
    with engine.connect() as connection:
        here = needs_with_offers(
            connection, _open(connection, since, topic="sachspenden", places=("Altona",))
        )
        nowhere = needs_with_offers(connection, _open(connection, since, topic="recht"))
    assert [each.call.text for each in here] == ["Suche Schrank in Altona"]
    assert nowhere == []


def test_a_new_matching_replaces_the_old_and_leaves_out_deleted_posts(engine: Engine) -> None:
    numbers = fill(engine)
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", ["bed"], make.NOW)
        assert connection.execute(select(matches)).all() == []
        row = MatchRow(numbers["old"], numbers["bed"], "bett", 0.8, [])
        assert write_matches(connection, [row]) == 0


def test_every_reason_is_worded_in_both_languages() -> None:
    assert set(REASONS) == set(_WORDS)
    for code, values in REASONS.items():
        de, en = (sentence({"code": code, **values}, lang) for lang in ("de", "en"))
        assert de != en
        assert de.endswith((".", "Uhr")), de
        assert en.endswith("."), en


def test_an_unknown_reason_is_named() -> None:
    assert sentence({"code": "moon"}, "de") == "Unbekannter Grund: moon."


def test_an_item_has_a_name_in_each_language_and_a_topic_stands_for_the_rest() -> None:
    assert item_name("kinderwagen", "en") == "Pram"
    assert item_name("topic:sprache", "de") == "Deutsch lernen"
    assert item_name("unheard", "de") == "unheard"

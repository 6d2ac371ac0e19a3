"""Labels that people corrected."""

import dataclasses
import threading
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from data import decisions
from data.corrected import corrected_posts
from data.decisions import DecisionConflict, DecisionError, corrections_of, mark_of
from data.digest_reads import gather
from data.labelling import Labelling, LabellingError
from data.page_reads.balance import Balance
from data.page_reads.week import week_to
from data.reads import posts_to_tag
from data.tables import corrections, labels, posts, tags
from data.writes import LabelRow, TagRow, delete_posts, upsert_posts, write_tags
from tests import make
from tests.data.stored import rows
from tests.make import MINUTE, NOW

TEXT = "Wir brauchen Decken in Altona."
KEY = "mastodon:p1"
SAID = Labelling("de", ("sachspenden",), ("gesuch", "frage"), True, ("Altona",))
LABELS = [LabelRow("topic", "essen", 0.7, ("brauchen",)), LabelRow("intent", "gesuch", 0.9)]


@pytest.fixture
def tagged(engine: Engine) -> Engine:
    """A store with one post, which the tagger took for one about food."""
    with engine.begin() as connection:
        upsert_posts(connection, [make.post(text=TEXT)], "sample", NOW)
        write_tags(connection, [_row(connection)], "v1", NOW)
    return engine


def test_a_correction_says_who_when_why_what_was_and_what_is(tagged: Engine) -> None:
    number = _correct(tagged, "ana", reason="Decken sind nichts zu essen.")
    with tagged.connect() as connection:
        (only,) = corrections_of(connection, KEY)
    assert (only.id, only.who, only.at) == (number, "ana", NOW)
    assert only.reason == "Decken sind nichts zu essen."
    assert only.was == Labelling("de", ("essen",), ("gesuch",), False, ())
    assert only.now == SAID
    assert only.holds


def test_a_correction_holds_at_once_wherever_labels_are_read(tagged: Engine) -> None:
    _correct(tagged)
    assert rows(tagged, labels, "kind", "label", "score") == [
        ("intent", "frage", 1.0),
        ("intent", "gesuch", 1.0),
        ("place", "Altona", 1.0),
        ("topic", "sachspenden", 1.0),
    ]
    assert rows(tagged, tags, "lang", "urgent", "tagger") == [("de", True, "people")]


def test_tagging_anew_never_overwrites_a_person_s_labels(tagged: Engine) -> None:
    _correct(tagged)
    before = rows(tagged, labels)
    with tagged.begin() as connection:
        assert posts_to_tag(connection, {"v2"}, 10).num_rows == 0
        write_tags(connection, [_row(connection)], "v2", NOW + MINUTE)
    assert rows(tagged, labels) == before
    assert rows(tagged, tags, "tagger") == [("people",)]


def test_what_the_tagger_had_said_stays_to_be_seen_also_after_a_second_correction(
    tagged: Engine,
) -> None:
    first = _correct(tagged)
    _correct(tagged, "ben", seen=first, said=dataclasses.replace(SAID, urgent=False))
    with tagged.connect() as connection:
        post = connection.execute(select(posts.c.id)).scalar_one()
        found = decisions.found_by_tagger(connection, post)
        made = corrections_of(connection, KEY)
    assert found is not None
    assert found.tagger == "v1"
    assert [(each.label, each.evidence) for each in found.signs if each.kind == "topic"] == [
        ("essen", ("brauchen",))
    ]
    assert [each.holds for each in made] == [False, True]
    assert made[1].was == SAID


def test_two_people_do_not_overwrite_each_other_unknowingly(tagged: Engine) -> None:
    first = _correct(tagged, "ana")
    with pytest.raises(DecisionConflict, match="ana"):
        _correct(tagged, "ben", said=dataclasses.replace(SAID, topics=()))
    with tagged.connect() as connection:
        assert [each.who for each in corrections_of(connection, KEY)] == ["ana"]
    _correct(tagged, "ben", seen=first)


def test_of_two_people_who_correct_in_the_same_moment_one_succeeds(tagged: Engine) -> None:
    ready = threading.Barrier(2)
    refused: list[str] = []

    def press(who: str) -> None:
        ready.wait()
        try:
            _correct(tagged, who)
        except DecisionConflict:
            refused.append(who)

    people = [threading.Thread(target=press, args=(who,)) for who in ("ana", "ben")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with tagged.connect() as connection:
        (only,) = corrections_of(connection, KEY)
    assert {only.who, *refused} == {"ana", "ben"}


def test_a_correction_waits_for_the_tagger_and_then_has_the_last_word(tagged: Engine) -> None:
    with tagged.begin() as connection:
        write_tags(connection, [_row(connection)], "v2", NOW + MINUTE)
        person = threading.Thread(target=_correct, args=(tagged,))
        person.start()
        person.join(timeout=0.3)
        assert person.is_alive()
    person.join()
    assert rows(tagged, tags, "tagger") == [("people",)]
    with tagged.connect() as connection:
        post = connection.execute(select(posts.c.id)).scalar_one()
        found = decisions.found_by_tagger(connection, post)
    assert found is not None
    assert found.tagger == "v2"


def test_the_digest_counts_what_people_said(tagged: Engine) -> None:
    week = week_to(NOW + MINUTE, ZoneInfo("Europe/Berlin"))
    with tagged.connect() as connection:
        before = gather(connection, week)
    _correct(tagged)
    with tagged.connect() as connection:
        after = gather(connection, week)
    assert (dict(before.topics), before.urgent.all) == ({"essen": Balance(1, 0)}, 0)
    assert (dict(after.topics), after.urgent.all) == ({"sachspenden": Balance(1, 0)}, 1)
    assert after.intents == {"gesuch": 1, "frage": 1}
    assert [each.name for each in after.places] == ["Altona"]


def test_an_edited_text_releases_the_correction_and_is_tagged_again(tagged: Engine) -> None:
    _correct(tagged)
    _edit(tagged)
    assert rows(tagged, labels) == rows(tagged, tags) == []
    with tagged.begin() as connection:
        (only,) = corrections_of(connection, KEY)
        assert (only.holds, only.released_at, only.now) == (False, NOW + MINUTE, SAID)
        assert posts_to_tag(connection, {"v1"}, 10).num_rows == 1
        write_tags(connection, [_row(connection)], "v1", NOW + MINUTE)
        assert corrected_posts(connection) == []
    assert rows(tagged, labels, "label") == [("gesuch",), ("essen",)]
    assert rows(tagged, corrections, "found") == [(None,)]  # the old text's words are gone


def test_who_read_another_text_corrects_nothing(tagged: Engine) -> None:
    _edit(tagged)
    with pytest.raises(DecisionError, match="inzwischen geändert"):
        _correct(tagged)
    assert rows(tagged, corrections) == []


def test_deleting_a_post_erases_what_was_said_about_it_and_keeps_that_somebody_did(
    tagged: Engine,
) -> None:
    _correct(tagged)
    with tagged.begin() as connection:
        delete_posts(connection, "mastodon", ["p1"], NOW + MINUTE)
        assert corrected_posts(connection) == []
        (only,) = corrections_of(connection, KEY)
    assert rows(tagged, corrections) == []
    assert (only.who, only.was, only.now, only.holds) == ("ana", None, None, False)
    with pytest.raises(DecisionError):
        _correct(tagged, "ben")


def test_a_post_that_nobody_has_tagged_yet_can_be_labelled(engine: Engine) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post(text=TEXT)], "sample", NOW)
    _correct(engine)
    with engine.connect() as connection:
        (only,) = corrections_of(connection, KEY)
        (corrected,) = corrected_posts(connection)
    assert (only.was, corrected.found) == (None, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"topics": ("wetter",)}, "wetter"),
        ({"places": ("Berlin",)}, "Berlin"),
        ({"lang": "xx"}, "xx"),
        ({"intents": ()}, "mindestens eine Absicht"),
    ],
)
def test_labels_that_do_not_exist_are_refused(
    tagged: Engine, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(LabellingError, match=says):
        _correct(tagged, said=dataclasses.replace(SAID, **change))
    assert rows(tagged, corrections) == []


def test_corrected_posts_have_the_corpus_form_and_do_not_say_who_wrote_them(
    tagged: Engine,
) -> None:
    number = _correct(tagged)
    with tagged.connect() as connection:
        (only,) = corrected_posts(connection)
    assert only.post == {
        "id": f"correction-{number}", "text": TEXT, "lang": "de", "topics": ["sachspenden"],
        "intents": ["gesuch", "frage"], "urgent": True, "places": ["Altona"],
        "part": "corrections",
    }  # fmt: skip
    assert only.found == Labelling("de", ("essen",), ("gesuch",), False, ())


def _correct(
    engine: Engine,
    who: str = "ana",
    said: Labelling = SAID,
    seen: int | None = None,
    reason: str = "",
) -> int:
    with engine.begin() as connection:
        return decisions.correct(connection, who, KEY, said, reason, mark_of(TEXT), seen, NOW)


def _row(connection: Any) -> TagRow:
    post, text = connection.execute(select(posts.c.id, posts.c.text)).one()
    return TagRow(post, "de", False, 0.2, (), LABELS, text)


def _edit(engine: Engine) -> None:
    with engine.begin() as connection:
        edited = make.post(text="Wir brauchen nichts mehr.", edited_at=NOW + MINUTE)
        upsert_posts(connection, [edited], "sample", NOW + MINUTE)

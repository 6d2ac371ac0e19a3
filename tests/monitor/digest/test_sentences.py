"""The week in five sentences."""

import re

import pytest

from data.digest_reads import Talk
from data.page_reads.balance import Balance, Place
from monitor.digest.sentences import sentences
from tests.monitor.digest import digests
from tests.monitor.digest.digests import TOPICS, digest, group


def test_numbers_carry_their_comparison() -> None:
    volume, balance, unanswered, network, _ = sentences(digest(), TOPICS, "de")
    assert volume == "20 Konten schrieben 40 Beiträge, 25\u00a0% mehr als in der Vorwoche."
    assert balance == (
        "Auf 9 Gesuche kamen 4 Angebote (Vorwoche: 7 und 5); am meisten fehlt beim Thema "
        "Dolmetschen: 6 Gesuche, 1 Angebot."
    )
    assert unanswered == (
        "Ohne sichtbare Antwort blieben 1 von 4 dringenden Gesuchen (Vorwoche: 0 von 3) und "
        "2 von 5 Fragen (Vorwoche: 3 von 6)."
    )
    assert network == (
        "10 Beiträge (25\u00a0%) antworteten auf andere und 3 Konten schrieben hier zum ersten Mal."
    )


def test_english_says_the_same() -> None:
    said = sentences(digest(), TOPICS, "en")
    assert said[0] == "20 accounts wrote 40 posts, 25% more than the week before."
    assert said[4] == "No group of accounts gave reason for a warning."


def test_there_are_no_percentages_below_twenty_cases() -> None:
    few = digest(talk=Talk(19, 9, 4, 0), talk_before=Talk(10, 5, 1, 0))
    assert not re.search("%", " ".join(sentences(few, TOPICS, "de")))


def test_the_place_named_most_is_compared_with_the_week_before() -> None:
    place = Place("Altona", 9, 4, 3, 2, (0,) * 14)
    said = sentences(digest(places=(place,)), TOPICS, "de")[3]
    assert said.startswith(
        "Am häufigsten ging es um Altona (9 Beiträge, 5 mehr als in der Vorwoche)"
    )


def test_without_a_gap_no_topic_is_named() -> None:
    said = sentences(digest(topics={"essen": Balance(1, 2)}), TOPICS, "de")[1]
    assert said.endswith("zu keinem Thema wurde mehr gesucht als angeboten.")


@pytest.mark.parametrize(
    ("verdict", "end"),
    [(None, "entschieden ist noch nichts"), ("dismiss", "darüber ist entschieden")],
)
def test_a_warning_says_whether_people_have_decided(verdict: str | None, end: str) -> None:
    said = sentences(digest(groups=(group(verdict=verdict),)), TOPICS, "de")[4]
    assert said == f"Eine Gruppe mit 12 Konten handelte auffällig gleich; {end}."


def test_groups_under_watch_and_communities_are_no_warning() -> None:
    week = digest(groups=(group("watch"),), communities=4)
    assert sentences(week, TOPICS, "de")[4] == (
        "Keine Gruppe von Konten gab Anlass zu einer Warnung, 1 weitere bleibt unter Beobachtung; "
        "4 Gruppen handelten gemeinsam, wie es Gemeinschaften tun."
    )


def test_what_was_not_looked_for_is_not_called_absent() -> None:
    said = " ".join(sentences(digest(tagged=0, detected=False), TOPICS, "de"))
    assert "hhhilft tag" in said
    assert "hhhilft detect" in said
    assert "Keine Gruppe" not in said
    assert "Auf 9" not in said


def test_an_empty_week_is_one_friendly_sentence() -> None:
    empty = digests.digest(talk=Talk(0, 0, 0, 0))
    assert len(sentences(empty, TOPICS, "de")) == 1


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nobody_is_called_a_bot_or_a_fake(lang: str) -> None:
    week = digest(groups=(group(), group("watch")), communities=2)
    said = " ".join(sentences(week, TOPICS, lang))
    assert not re.search(r"\b(bots?|fakes?|verdächtige?)\b", said, re.IGNORECASE)

"""The week in numbers."""

from datetime import UTC, datetime

import pytest

from data.digest_reads import Quote
from data.page_reads.balance import Balance
from monitor.digest.summary import QUOTES, without_names
from tests.monitor.digest import digests

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)


def test_the_topic_with_the_widest_gap_comes_first() -> None:
    topics = {"a": Balance(5, 4), "b": Balance(9, 1), "c": Balance(0, 3), "d": Balance(0, 0)}
    assert [each.key for each in digests.digest(topics=topics).topics] == ["b", "a", "c"]


def test_a_debate_is_neither_need_nor_offer() -> None:
    topics = {"politik": Balance(5, 4), "essen": Balance(1, 1)}
    assert [each.key for each in digests.digest(topics=topics).topics] == ["essen"]


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("@ana@norden.social Wer hat Decken? https://a.example/x", "Wer hat Decken?"),
        ("Ruf an: 040 123 45 67, oder mail an ana@post.example", "Ruf an: , oder mail an"),
        ("Decken gesucht in #Altona #HHhilft", "Decken gesucht in #Altona"),
        ("In #Altona fehlen 120 Decken", "In #Altona fehlen 120 Decken"),
        ("#HHhilft", ""),
    ],
)
def test_a_quote_has_no_handles_links_or_numbers(said: str, printed: str) -> None:
    assert without_names(said) == printed


def test_a_long_quote_is_cut_at_a_word() -> None:
    quote = without_names("Decken " * 60)
    assert len(quote) < 180
    assert quote.endswith("Decken …")


def test_a_quote_holds_nothing_that_turns_or_covers_the_words_around_it() -> None:
    said = "Brauchen\u202e Betten\x00 e" + "\u0301" * 60
    assert without_names(said) == "Brauchen Betten e\u0301\u0301\u0301"


def test_a_hundred_thousand_letters_without_a_blank_are_cut_at_once() -> None:
    assert without_names("x." * 50_000) == ("x." * 50_000)[:170] + " …"


def test_quotes_are_few_and_of_different_topics() -> None:
    said = ["essen"] * 6 + ["dolmetschen", "kinder"]
    quotes = tuple(
        Quote(AT, f"Text {number}", "de", False, (topic,), ()) for number, topic in enumerate(said)
    )
    digest = digests.digest(quotes=quotes)
    assert [each.topics[0] for each in digest.quotes] == [
        "essen",
        "dolmetschen",
        "kinder",
    ]
    assert digest.quotes_left == len(said) - QUOTES


def test_a_week_with_invented_posts_says_so() -> None:
    assert digests.digest(by_source={"sample": 40}).sample
    assert not digests.digest().sample

"""The digest's page."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from data.changes import change_since
from data.decisions import Decision
from data.digest_reads import Community, Net, Quote, Talk
from data.page_reads.balance import Place
from monitor.digest.document import document
from monitor.digest.render import render
from tests.monitor.digest.digests import TOPICS, digest, group

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
NASTY = "<script>alert(1)</script>"


def full() -> str:
    week = digest(
        quotes=(Quote(AT, f"نحتاج بطانيات {NASTY}", "ar", True, ("essen",), ("Altona",)),),
        places=(Place(NASTY, 9, 4, 3, 2, (0,) * 14),),
        net=Net(
            (Community(12, {("place", NASTY): 9}),), {("place", NASTY): 9, ("place", "x"): 9}, 3
        ),
        groups=(group(),),
    )
    return render(week, "HHhilft", TOPICS, "de")


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_stands_alone() -> None:
    tags = _Page(full()).tags
    assert not [tag for tag, _ in tags if tag in ("script", "link", "img", "iframe")]
    assert not [attrs for _, attrs in tags if {"src", "href", "onload"} & set(attrs)]
    assert "url(" not in full()


def test_the_encoding_is_said_within_the_first_kilobyte_where_browsers_look_for_it() -> None:
    assert b'<meta charset="utf-8">' in full().encode()[:1024]


def test_paper_and_small_screens_keep_their_rules() -> None:
    assert "@media print" in full()
    assert "@media (max-width: 480px)" in full()


def test_what_people_wrote_is_text_and_never_markup() -> None:
    assert NASTY not in full()
    assert full().count("&lt;script&gt;") == 4  # the place is in the sentences, too


def test_every_heading_of_a_table_has_its_scope_and_headings_do_not_jump() -> None:
    tags = _Page(full()).tags
    assert {attrs.get("scope") for tag, attrs in tags if tag == "th"} == {"col", "row"}
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level - before <= 1 for before, level in pairwise(levels))


def test_languages_and_directions_are_marked() -> None:
    tags = _Page(full()).tags
    assert ("html", "de") in [(tag, attrs.get("lang")) for tag, attrs in tags]
    [quote] = [attrs for _, attrs in tags if attrs.get("dir")]
    assert (quote["lang"], quote["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_empty_week_has_a_page_too(lang: str) -> None:
    week = digest(talk=Talk(0, 0, 0, 0), topics={}, by_source={})
    assert len(render(week, "HHhilft", TOPICS, lang)) > 1000
    assert document(week, TOPICS, lang)["posts"] == {"count": 0, "before": 32}


def test_invented_posts_are_called_invented() -> None:
    assert "erfunden" in render(digest(by_source={"sample": 40}), "HHhilft", TOPICS, "de")
    assert "erfunden" not in render(digest(), "HHhilft", TOPICS, "de")


def test_a_decision_is_told_with_its_day_but_not_by_whom_and_what_changed_since() -> None:
    made = Decision(1, AT, "Eva Beispiel", "cluster", "g1", "dismiss", "Chor von Ana", None)
    change = change_since({"level": "alert", "kinds": ["text", "link"], "accounts": 7},
                          12, ("text", "link"), "alert")  # fmt: skip
    week = digest(groups=(group(verdict="dismiss", decision=made, change=change),))
    page = render(week, "HHhilft", TOPICS, "de")
    assert "von Menschen verworfen (18. November 2026)." in page
    assert "Seit der Entscheidung verändert: 12 statt 7 Konten." in page
    assert "entschieden ist noch nichts" in page
    assert "Eva" not in page
    assert "Ana" not in page
    (told,) = document(week, TOPICS, "en")["warnings"]
    assert told["changed"] == "Changed since the decision: 12 accounts instead of 7."

"""Bedarf & Angebot: the table of gaps, its file, and the calls page by page."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine, select

from data.page_reads import balance
from data.page_reads.calls import open_in_turn
from data.page_reads.narrowed import Narrowing
from data.tables import posts
from data.writes import LabelRow, TagRow, upsert_posts, write_tags
from tests import make
from tests.dashboard import world
from tests.dashboard.browser import reader, served
from tests.dashboard.conftest import open_page, texts

MANY = 23
SINCE = Narrowing(world.NOW - 14 * world.DAY, world.NOW)


@pytest.fixture
def waiting(full: Engine) -> Engine:
    """The small world with more unanswered calls than one page shows."""
    _call_for_rice(full, [f"Suche {number} Säcke Reis." for number in range(MANY)])
    return full


def _call_for_rice(engine: Engine, words: list[str]) -> None:
    with engine.begin() as connection:
        lot = [
            make.post(
                f"rice{number}",
                text=text,
                created_at=world.NOW - 5 * world.DAY + number * timedelta(minutes=1),
            )
            for number, text in enumerate(words)
        ]
        upsert_posts(connection, lot, "sample", world.NOW)
        labels = [LabelRow("intent", "gesuch", 0.9), LabelRow("topic", "essen", 0.9)]
        write_tags(
            connection,
            [
                TagRow(number, "de", False, 0.1, [], labels)
                for number in connection.scalars(
                    select(posts.c.id).where(posts.c.native_id.like("rice%"))
                )
            ],
            "test",
            world.NOW,
        )


def test_calls_come_ten_a_page_oldest_first_and_the_address_leads_on(
    waiting: Engine, demo: Dash
) -> None:
    first, second = (_said(demo, f"?thema=essen{page}") for page in ("", "&seite=2"))
    assert "23 Gesuche ohne Antwort: Essen & Lebensmittel" in first
    assert [f"Suche {each} Säcke" in first for each in range(11)] == [True] * 10 + [False]
    assert "Suche 10 Säcke" in second
    assert "1 bis 10 von 23" in first
    assert "11 bis 20 von 23" in second
    links = _links(demo, "?thema=essen&seite=2")
    assert "?thema=essen#gesuche" in links
    assert "?thema=essen&seite=3#gesuche" in links


@pytest.mark.parametrize("page", ["9", "0", "-1", "zwei", "9" * 400])
def test_a_page_that_there_is_not_shows_the_nearest_one(
    waiting: Engine, demo: Dash, page: str
) -> None:
    assert "von 23" in _said(demo, f"?thema=essen&seite={page}")


def test_calls_in_the_same_words_stand_once_in_the_line_and_it_ends_somewhere(
    engine: Engine,
) -> None:
    _call_for_rice(engine, ["Suche Reis.", "suche  REIS.", "Suche Nudeln."])
    with engine.connect() as connection:
        turn = open_in_turn(connection, SINCE)
        first = open_in_turn(connection, SINCE, most=2)
    assert (len(turn.posts), turn.whole) == (2, True)
    assert (first.posts, first.whole) == (turn.posts[:1], False)


def test_the_table_counts_a_post_of_two_bezirke_once_in_all(engine: Engine) -> None:
    post = make.post("both", text="Suche Betten.", created_at=world.NOW - world.HOUR)
    said = ("intent:gesuch", "topic:unterkunft", "place:Altona", "place:Wandsbek")
    with engine.begin() as connection:
        upsert_posts(connection, [post], "sample", world.NOW)
        number = connection.scalar(select(posts.c.id))
        rows = [LabelRow(*each.split(":"), score=0.9) for each in said]  # type: ignore[misc]
        write_tags(connection, [TagRow(number, "de", False, 0.1, [], rows)], "test", world.NOW)
        cells = balance.by_topic_and_bezirk(connection, SINCE)
        assert balance.by_topic(connection, SINCE) == {"unterkunft": balance.Balance(1, 0)}
    assert sum(each.needs for each in cells.values()) == 2


def test_a_cell_of_the_table_leads_to_the_calls_behind_it_and_keeps_other_filters(
    demo: Dash,
) -> None:
    links = _links(demo, "?tage=28&thema=sachspenden&ort=Altona")
    wanted = "?tage=28&thema=unterkunft&ort=Altona#gesuche"
    assert wanted in links
    assert "Brauchen heute Abend zwei Betten" in _said(demo, "?tage=28&thema=unterkunft&ort=Altona")
    assert "/csv/bedarf?tage=28" in links


def test_the_file_says_the_same_as_the_table(as_role: Callable[[str], FlaskClient]) -> None:
    answer = as_role("coordinator").get("/csv/bedarf?thema=essen&ort=Harburg")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {(row["topic"], row["bezirk"]): int(row["gap"]) for row in rows} == {
        ("unterkunft", "Altona"): 1,
        ("unterkunft", "Wandsbek"): -1,
        ("unterkunft", ""): 1,
        ("sachspenden", "Altona"): 2,
        ("sachspenden", ""): -1,
    }


def test_a_person_reaches_the_calls_behind_a_number_by_a_click(
    chromium: Browser, demo: Dash
) -> None:
    with served(demo) as base:
        visit = reader(chromium, base, viewport={"width": 1366, "height": 900})
        visit.open("/bedarf")
        table, calls = (visit.page.locator(each).bounding_box() for each in (".matrix", "#gesuche"))
        assert table is not None
        assert calls is not None
        assert calls["x"] > table["x"] + table["width"]
        assert calls["width"] > 400
        visit.page.click(".matrix a.gap-cell:has-text('+1')")
        visit.page.wait_for_selector("a.gap-cell[aria-current]")
        assert visit.page.evaluate("document.activeElement.id") == "gesuche"
        assert "Unterkunft & Wohnen, Altona" in visit.page.inner_text("#gesuche h2")
        assert visit.troubles == []


def _content(demo: Dash, search: str) -> Any:
    answer = open_page(demo.server.test_client(), "/bedarf", search)
    assert answer.status_code == 200
    return answer.get_json()["response"]["_pages_content"]["children"]


def _said(demo: Dash, search: str) -> str:
    return " ".join(texts(_content(demo, search)).split())


def _links(demo: Dash, search: str) -> set[str]:
    """List where the page leads to."""
    found: set[str] = set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            props = part.get("props", {})
            if "href" in props:
                found.add(props["href"])
            walk(props.get("children"))
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(_content(demo, search))
    return found

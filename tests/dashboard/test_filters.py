"""The filters in the address that all pages share."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import Engine, select

from dashboard.filters import (
    ALL,
    NETWORK,
    TIME,
    TOPIC,
    Filters,
    address,
    narrowing,
    places_of,
    read_filters,
)
from dashboard.here import Here
from data.config import Config
from data.page_reads.narrowed import Narrowing, narrowed
from data.tables import posts
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts


@pytest.fixture
def at(config: Config) -> Here:
    return Here(lang="de", now=world.NOW, config=config)


def test_what_the_address_chooses_is_read() -> None:
    given = {"tage": "28", "netz": "mastodon", "ort": "Altona", "dringend": "ja", "lang": "en"}
    found = read_filters(given, ALL)
    assert found.chosen == {"tage": "28", "netz": "mastodon", "ort": "Altona", "dringend": "ja"}


@pytest.mark.parametrize(
    "given",
    [
        {"tage": "3"},
        {"tage": "²"},
        {"tage": ["7", "28"]},
        {"von": "gestern"},
        {"von": "0001-01-01"},
        {"bis": "9999-12-31"},
        {"netz": "'; DROP TABLE posts"},
        {"thema": "<script>"},
        {"ort": "Atlantis"},
        {"sprache": "xx"},
        {"dringend": "nein"},
        {"absicht": "x" * 100_000},
    ],
)
def test_what_no_field_can_have_is_passed_over(given: dict[str, Any]) -> None:
    assert read_filters(given, ALL).chosen == {}


def test_a_page_reads_only_the_fields_that_it_has() -> None:
    given = {"tage": "7", "von": "2026-11-01", "netz": "x", "thema": "essen"}
    assert read_filters(given, (NETWORK, TOPIC)).chosen == {"netz": "x", "thema": "essen"}


def test_days_of_ones_own_count_before_a_number_of_days_and_in_either_order(at: Here) -> None:
    found = read_filters({"tage": "7", "von": "20261105", "bis": "2026-11-02"}, (TIME,))
    assert (found.first, found.last) == (date(2026, 11, 2), date(2026, 11, 5))
    assert found.chosen == {"von": "2026-11-05", "bis": "2026-11-02"}
    to = narrowing(at, found, days=14)
    assert to.start == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert to.end == datetime(2026, 11, 5, 23, tzinfo=UTC)


def test_a_number_of_days_begins_at_local_midnight_and_counts_today(at: Here) -> None:
    today = narrowing(at, _chosen(tage="1"))
    assert (today.start, today.end) == (datetime(2026, 11, 17, 23, tzinfo=UTC), world.NOW)
    usual = narrowing(at, _chosen(), days=14)
    assert usual.start == datetime(2026, 11, 4, 23, tzinfo=UTC)
    assert narrowing(at, _chosen()) == Narrowing()


def test_a_bezirk_stands_for_all_that_lies_in_it() -> None:
    assert {"Altona", "Ottensen", "Blankenese"} <= set(places_of("Altona"))
    assert places_of("Ottensen") == ("Ottensen",)
    assert places_of("Atlantis") == ()


def test_an_address_is_written_as_it_is_read() -> None:
    values = {"ort": "Groß Borstel", "netz": "x"}
    assert address("/suche", values) == "/suche?ort=Gro%C3%9F+Borstel&netz=x"
    assert address("/suche", {}) == "/suche"


@pytest.mark.parametrize(
    ("to", "found"),
    [
        (Narrowing(topic="sachspenden"), {"coats", "answer", "before"}),
        (Narrowing(topic="sachspenden", intent="angebot"), {"answer"}),
        (Narrowing(places=("Altona", "Wandsbek")), {"sleep", "coats", "room", "before"}),
        (Narrowing(urgent=True), {"sleep", "bad"}),
        (Narrowing(start=world.NOW - 3 * world.HOUR), {"sleep", "bad", "gone"}),
        (Narrowing(end=world.NOW - 20 * world.DAY), {"long ago"}),
        (Narrowing(network="x"), set()),
        (Narrowing(lang="en"), set()),
    ],
)
def test_posts_are_narrowed_in_either_database(
    engine: Engine, to: Narrowing, found: set[str]
) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        query = select(posts.c.native_id).where(*narrowed(to))
        assert set(connection.scalars(query)) == found


def test_the_needs_are_narrowed_by_the_address_and_each_filter_can_be_taken_away(
    demo: Dash,
) -> None:
    content = _content(demo, "/bedarf", "?tage=1&thema=unterkunft&netz=mastodon")
    said = " ".join(texts(content).split())
    assert "Heute: 2 Gesuche." in said
    assert "heute – diese Eingrenzung aufheben" in said
    assert "Unterkunft & Wohnen – diese Eingrenzung aufheben" in said
    assert {
        "/bedarf?netz=mastodon&thema=unterkunft",
        "/bedarf?tage=1&thema=unterkunft",
        "/bedarf?netz=mastodon&tage=1",
        "/bedarf",
    } <= {_sorted(each) for each in _addresses(content)}
    nothing = texts(_content(demo, "/bedarf", "?tage=1&netz=x"))
    assert "Heute: Niemand sucht etwas." in nothing


def test_the_form_keeps_what_is_chosen(demo: Dash) -> None:
    fields = {
        each["props"]["name"]: each["props"]["value"]
        for each in _parts(_content(demo, "/bedarf", "?ort=Wilstorf&von=2026-11-03"))
        if each.get("namespace") == "dashboard" and "name" in each["props"]
    }
    assert fields == {
        **dict.fromkeys(("tage", "bis", "netz", "thema", "sprache", "dringend"), ""),
        "ort": "Wilstorf",
        "von": "2026-11-03",
    }


def _content(app: Dash, path: str, search: str) -> Any:
    answer = open_page(app.server.test_client(), path, search)
    return answer.get_json()["response"]["_pages_content"]["children"]


def _chosen(**given: str) -> Filters:
    return read_filters(given, ALL)


def _sorted(link: str) -> str:
    path, mark, values = link.partition("?")
    if not mark:
        return path
    return f"{path}?{'&'.join(sorted(values.split('&')))}"


def _addresses(content: object) -> list[str]:
    return [
        each["props"]["href"] for each in _parts(content) if "href" in (each.get("props") or {})
    ]


def _parts(part: object) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part, *(each for value in part.values() for each in _parts(value))]
    if isinstance(part, list):
        return [each for value in part for each in _parts(value)]
    return []

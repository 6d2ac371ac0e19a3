"""The page of places, its panel, its file, and the small map on the overview."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.app import create_app
from dashboard.place_view import View, read_view
from data.config import Config
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts

Login = Callable[[str], FlaskClient]


def test_the_page_says_how_many_posts_name_a_place_and_how_many_none(demo: Dash) -> None:
    said = _said(demo)
    assert "In den letzten 7 Tagen nennen 3 Beiträge einen Ort in Hamburg" in said
    assert ", 2 mehr als in der Vorwoche. 13 nennen keinen." in said
    assert "Am meisten fehlt in Altona: 2 Gesuche, 0 Angebote" in said
    assert "von Hand gezeichnet und nicht maßstäblich" in said


def test_a_chosen_place_shows_needs_offers_topics_calls_and_neighbours(demo: Dash) -> None:
    said = _said(demo, "?ort=Altona&tage=14")
    for each in (
        "Beiträge 3 (",
        "3 Gesuche mehr als Angebote",
        "Kleidung & Sachspenden 2 Beiträge (2 Gesuche, 0 Angebote)",
        "Brauchen heute Abend zwei Betten in Altona!",
        "In der Nähe Osdorf – 0 Beiträge",
    ):
        assert each in said, each
    assert "Suchen Winterjacken in Altona." not in said  # somebody answered


def test_a_bezirk_counts_what_is_said_of_its_stadtteile(demo: Dash) -> None:
    said = _said(demo, "?ebene=bezirk&ort=Altona")
    assert "Bezirk mit 14 Stadtteilen; Beiträge über sie zählen mit." in said
    assert "2 Orte im Einzelnen" in said
    assert "nennen ihn selbst und keinen seiner Stadtteile" in _said(demo, "?ort=Altona")


def test_a_place_of_which_nothing_is_said_says_so_and_names_its_neighbours(demo: Dash) -> None:
    said = _said(demo, "?ort=Cranz")
    assert "In den letzten 7 Tagen nennt ihn kein Beitrag." in said
    assert "In der Nähe Neuenfelde" in said


def test_the_page_is_narrowed_by_its_address(demo: Dash) -> None:
    assert "nennt 1 Beitrag einen Ort" in _said(demo, "?thema=sachspenden")
    nowhere = _said(demo, "?netz=bluesky")
    assert "nennen 0 Beiträge einen Ort in Hamburg." in nowhere
    assert "hat in dieser Zeit noch kein Beitrag einen Ort genannt" in nowhere
    assert "nennen 4 Beiträge einen Ort" in _said(demo, "?tage=14&sprache=de")


def test_a_store_younger_than_the_stretch_is_not_compared(config: Config, store: Engine) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    said = _said(app)
    assert "nennen 0 Beiträge einen Ort in Hamburg." in said
    assert "Dazu hat in dieser Zeit noch kein Beitrag einen Ort genannt." in said


@pytest.mark.parametrize(
    "address",
    [
        {"ort": "Atlantis", "tage": "8", "ebene": "land", "alle": "1"},
        {"ort": "<script>", "tage": "²", "ebene": ["bezirk", "bezirk"]},
        {"ort": "x" * 100_000, "tage": ["7", "28"]},
        {"ort": ["Altona"]},
        {},
    ],
)
def test_what_the_address_cannot_mean_is_passed_over(address: dict[str, Any]) -> None:
    view = read_view(address)
    assert (view.level, view.days, view.chosen, view.whole) == ("stadtteil", 7, "", False)
    assert view.query == ""


def test_a_link_keeps_what_else_is_chosen() -> None:
    view = read_view({"tage": "14", "thema": "essen", "ort": "Groß Flottbek"})
    assert view.link("karte", chosen="") == "?tage=14&thema=essen#karte"
    assert view.link("ort", chosen="St. Pauli") == "?tage=14&ort=St.+Pauli&thema=essen#ort"
    assert isinstance(read_view({"ebene": "bezirk", "ort": "Horn"}), View)
    assert read_view({"ebene": "bezirk", "ort": "Horn"}).chosen == ""


def test_a_viewer_sees_figures_of_places_and_nobody_s_words(as_role: Login) -> None:
    client = as_role("viewer")
    answer = open_page(client, "/orte", "?ort=Altona").text
    assert "Gesuche mehr als Angebote" in answer
    assert "zwei Betten" not in answer
    assert "/bedarf" not in answer
    assert 'href="/orte"' in client.get("/").text
    assert client.get("/csv/orte").status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "press", "admin"])
def test_who_sees_people_sees_the_open_needs_of_a_place(as_role: Login, role: str) -> None:
    assert "zwei Betten" in open_page(as_role(role), "/orte", "?ort=Altona").text


def test_the_file_says_what_the_table_says(demo: Dash) -> None:
    client = demo.server.test_client()
    lines = client.get("/csv/orte").data.decode("utf-8-sig").split("\r\n")
    assert lines == [
        "place,bezirk,posts,posts_before,needs,offers",
        "Altona,Altona,2,1,2,0",
        "Wandsbek,Wandsbek,1,0,0,1",
        "",
    ]
    narrowed = client.get("/csv/orte?tage=14&thema=sachspenden&ebene=bezirk").data.decode("utf-8")
    assert "Altona,Altona,2,0,2,0\r\n" in narrowed


def test_the_overview_shows_the_map_as_one_link_and_leads_to_each_place(demo: Dash) -> None:
    answer = open_page(demo.server.test_client(), "/").get_json()
    said = " ".join(texts(answer["response"]["_pages_content"]["children"]).split())
    assert "Alle Orte auf der Karte" in said
    assert '"href": "/orte?ort=Altona"' in str(answer).replace("'", '"')


def test_the_page_speaks_english(demo: Dash) -> None:
    client = demo.server.test_client()
    client.get("/?lang=en")
    answer = open_page(client, "/orte", "?ort=Altona")
    said = " ".join(texts(answer.get_json()["response"]["_pages_content"]["children"]).split())
    assert "In the last 7 days 3 posts name a place in Hamburg" in said
    assert "A district. These posts name it" in said


def test_the_page_is_built_from_either_database(config: Config, engine: Engine) -> None:
    world.fill(engine)
    app = create_app(config, engine, demo=True, now=lambda: world.NOW)
    for search in ("", "?ort=Altona", "?ebene=bezirk&ort=Altona&tage=28&thema=unterkunft"):
        assert "Orte" in _said(app, search)


def _said(app: Dash, search: str = "") -> str:
    answer = open_page(app.server.test_client(), "/orte", search)
    assert answer.status_code == 200
    return " ".join(texts(answer.get_json()["response"]["_pages_content"]["children"]).split())

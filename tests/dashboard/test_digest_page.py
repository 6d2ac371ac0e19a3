"""The page of the weekly digest, and its files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from data.config import Config
from data.digest_files import digest_file, read_digest, written_weeks
from data.page_reads.quoted import still_there
from data.records import from_iso
from data.writes import delete_posts, upsert_posts
from monitor import steps
from tests import make
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts

Login = Callable[[str], FlaskClient]
WEEK = "2026-W47"
CALL = "Brauchen heute Abend zwei Betten in Altona!"


@pytest.fixture
def written(config: Config, full: Engine) -> Path:
    """The digest of the world's week, as the worker writes it."""
    steps.digest(full, config, WEEK, None, world.NOW)
    return config.digest_folder


def test_the_page_shows_the_newest_week(as_role: Login, written: Path) -> None:
    said = _page(as_role("press"))
    assert "Wochenbericht, 16. bis 22. November 2026" in said
    assert "Beispieldaten: Alle Konten, Beiträge und Einrichtungen" in said
    assert CALL in said
    assert "Warnung: 3 Konten" in said
    assert "Was dagegen spricht" in said
    links = str(open_page(as_role("press"), "/wochenbericht").get_json())
    assert "/warnungen/w1" in links
    assert "/wochenbericht/html?woche=2026-W47" in links


def test_who_reads_it_in_another_language_is_told_why_its_sentences_are_not_in_it(
    as_role: Login, written: Path
) -> None:
    client = as_role("press")
    assert "festgehalten" not in _page(client)
    client.get("/wochenbericht?lang=en")
    assert "are kept in German, as they were written at the time" in _page(client)


def test_a_viewer_sees_figures_and_neither_calls_nor_warnings_nor_files(
    as_role: Login, written: Path
) -> None:
    client = as_role("viewer")
    answer = str(open_page(client, "/wochenbericht").get_json())  # its text escapes slashes
    said = _page(client)
    assert "Die Woche in Kürze" in said
    assert "Datenquellen" in said
    for each in (CALL, "/warnungen/", "Größte Gemeinschaften", "/wochenbericht/html"):
        assert each not in answer
    for ending in ("html", "json"):
        assert client.get(f"/wochenbericht/{ending}").status_code == 403


def test_before_the_first_digest_the_page_says_how_to_make_one(as_role: Login) -> None:
    said = _page(as_role("viewer"))
    assert "Noch gibt es keinen Wochenbericht." in said
    assert "hhhilft digest --week 2026-W46" in said


def test_of_a_week_without_a_digest_the_page_says_how_to_make_it(
    as_role: Login, written: Path
) -> None:
    said = _page(as_role("press"), "?woche=2020-W01")
    assert "Für die Woche 2020-W01 gibt es keinen Bericht." in said
    assert "hhhilft digest --week 2020-W01" in said
    assert "KW 47/2026" in said


@pytest.mark.parametrize(
    "search", ["?woche=../../etc", "?woche=2026-W47.html", "?woche=²026-W47", "?woche=a&woche=b"]
)
def test_an_address_that_names_no_week_shows_the_newest_and_gives_no_other_file(
    as_role: Login, written: Path, search: str
) -> None:
    client = as_role("press")
    assert "16. bis 22. November 2026" in _page(client, search)
    if "&" not in search:
        assert client.get(f"/wochenbericht/html{search}").status_code == 404


def test_a_broken_file_is_told(as_role: Login, written: Path) -> None:
    digest_file(written, WEEK, "json").write_text("{", "utf-8")
    client = as_role("press")
    assert f"Der Bericht der Woche {WEEK} lässt sich nicht lesen." in _page(client)
    assert client.get("/wochenbericht/json").status_code == 404


def test_the_files_are_the_ones_that_were_written(as_role: Login, written: Path) -> None:
    client = as_role("coordinator")
    page = client.get(f"/wochenbericht/html?woche={WEEK}")
    assert page.data == digest_file(written, WEEK, "html").read_bytes()
    policy = page.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    document = client.get(f"/wochenbericht/json?woche={WEEK}")
    assert document.get_json() == read_digest(written, WEEK)
    assert document.headers["Content-Disposition"].startswith("attachment")


def test_a_call_that_was_deleted_since_is_shown_no_more_nor_is_a_file_that_quotes_it(
    as_role: Login, full: Engine, written: Path
) -> None:
    client = as_role("press")
    with full.begin() as connection:
        delete_posts(connection, "mastodon", ["sleep"], world.NOW)
    assert CALL not in open_page(client, "/wochenbericht").text
    assert "wurde inzwischen gelöscht oder geändert" in _page(client)
    for ending in ("html", "json"):
        answer = client.get(f"/wochenbericht/{ending}")
        assert answer.status_code == 410
        assert CALL not in answer.text


def test_a_quotation_is_there_as_long_as_a_post_of_its_moment_says_it(engine: Engine) -> None:
    told = make.post("a", created_at=world.NOW, text="Wer hat ein Bett? https://x.example 040123")
    with engine.begin() as connection:
        upsert_posts(connection, [told], "file", world.NOW)
        quotes = [
            (world.NOW, "Wer hat ein Bett? …"),
            (world.NOW, "Wer hat eine Leiter?"),
            (world.NOW + world.HOUR, "Wer hat ein Bett?"),
        ]
        assert still_there(connection, quotes) == [True, False, False]
        delete_posts(connection, "mastodon", ["a"], world.NOW)
        assert still_there(connection, quotes) == [False, False, False]


def test_a_quotation_is_there_also_without_what_a_digest_takes_out_of_it(engine: Engine) -> None:
    told = make.post("a", created_at=world.NOW, text="Wer hat\u202e ein Be\u200ftt\u2066?")
    with engine.begin() as connection:
        upsert_posts(connection, [told], "file", world.NOW)
        quotes = [(world.NOW, "Wer hat ein Be\u200ftt?"), (world.NOW, "Wer hat\u202e ein")]
        assert still_there(connection, quotes) == [True, True]


def test_weeks_are_listed_newest_first_and_other_files_are_none(tmp_path: Path) -> None:
    assert written_weeks(tmp_path / "nowhere") == []
    for name in ("hhhilft-2026-W09.json", "hhhilft-2025-W52.json", ".hhhilft-2026-W10.json.x", "a"):
        (tmp_path / name).write_text("{}")
    assert written_weeks(tmp_path) == ["2026-W09", "2025-W52"]
    assert read_digest(tmp_path, "2026-W09") is None


def test_hostile_words_in_a_file_are_shown_as_words(
    as_role: Login, full: Engine, written: Path
) -> None:
    path = digest_file(written, WEEK, "json")
    made = json.loads(path.read_text("utf-8"))
    made["sentences"] = [world.HOSTILE]
    made["lang"] = '"><script>'
    path.write_text(json.dumps(made), "utf-8")
    answer = open_page(as_role("press"), "/wochenbericht")
    assert answer.status_code == 200
    assert from_iso(made["from"]) < from_iso(made["to"])


def test_the_demo_reads_in_both_languages(demo: Dash, written: Path) -> None:
    client = demo.server.test_client()
    client.get("/wochenbericht?lang=en")
    said = _page(client)
    assert "Weekly digest, 16 to 22 November 2026" in said
    assert "Warning: 3 accounts" in said


def _page(client: FlaskClient, search: str = "") -> str:
    answer = open_page(client, "/wochenbericht", search)
    return texts(answer.get_json()["response"]["_pages_content"]["children"])

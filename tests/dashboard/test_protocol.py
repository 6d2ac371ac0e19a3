"""The page of everything that people decided."""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine

from dashboard.app import create_app
from dashboard.protocol_entries import KINDS, VERDICTS
from dashboard.words import words
from data import decisions
from data.config import Config
from data.decisions import verdicts
from data.labelling import Labelling
from data.page_reads.protocol import Wanted, entries, people
from data.writes import delete_posts
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts

Login = Callable[[str], FlaskClient]
WORDS = "Zwei Betten, so steht es da."


def fill_protocol(connection: Connection, now: datetime) -> None:
    """Let people decide about a warning, accounts, a post and a login."""
    first = decisions.decide(
        connection, "ute", "cluster", "w1", "confirm", "Gleiche Texte.", None, now - world.DAY
    )
    decisions.decide(
        connection, "bob", "cluster", "w1", "dismiss", "Eine Absprache.", first, now - world.HOUR
    )
    for key in ("mastodon:ana", "mastodon:ben"):
        decisions.decide(
            connection, "bob", "account", key, "institution", "=Verein()", None, now - world.HOUR
        )
    read = decisions.mark_of("Brauchen heute Abend zwei Betten in Altona!")
    said = Labelling("de", ("essen",), ("gesuch",), urgent=False, places=())
    decisions.correct(connection, "ute", "mastodon:sleep", said, WORDS, read, None, now)


@pytest.fixture
def filled(full: Engine) -> Engine:
    with full.begin() as connection:
        fill_protocol(connection, world.NOW)
    return full


def test_every_kind_and_verdict_there_is_has_its_words() -> None:
    known = {each for each in vars(verdicts).values() if isinstance(each, tuple)}
    made = {each for group in known for each in group} - set(verdicts.SUBJECT_KINDS)
    assert made <= set(VERDICTS)
    assert set(verdicts.SUBJECT_KINDS) <= set(KINDS)
    for lang in ("de", "en"):
        assert all(f"entry.{each}" in words(lang) for each in VERDICTS)
        assert all(f"subject.{each}" in words(lang) for each in KINDS)


def test_entries_are_read_newest_first_and_page_by_page(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        fill_protocol(connection, world.NOW)
        newest = entries(connection, Wanted(), None, 2)
        older = entries(connection, Wanted(), newest[-1].id, 50)
        assert people(connection) == ["bob", "eva", "ina", "ute"]
    assert [each.verdict for each in newest] == ["correct", "institution"]
    assert [each.verdict for each in older[:3]] == ["institution", "dismiss", "confirm"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(who="ute"), ["correct", "confirm"]),
        (Wanted(who="bob", kind="account"), ["institution", "institution"]),
        (Wanted(verdict="dismiss"), ["dismiss"]),
        (Wanted(start=world.NOW - 2 * world.HOUR, kind="cluster"), ["dismiss"]),
        (Wanted(end=world.NOW - 3 * world.HOUR), ["confirm"]),
        (Wanted(who="ute", kind="account"), []),
    ],
)
def test_entries_are_narrowed(engine: Engine, wanted: Wanted, found: list[str]) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        fill_protocol(connection, world.NOW)
        assert [each.verdict for each in entries(connection, wanted, None, 50)] == found


def test_of_a_deleted_post_neither_words_nor_key_are_shown(as_role: Login, filled: Engine) -> None:
    client = as_role("admin")
    assert WORDS in _page(client)
    assert "mastodon:sleep" not in client.get("/csv/protokoll").text  # keys may name who wrote
    with filled.begin() as connection:
        delete_posts(connection, "mastodon", ["sleep"], world.NOW)
    said = open_page(client, "/protokoll").text
    assert "ein gelöschter Beitrag" in _page(client)
    assert "Die Begründung wird nicht mehr gezeigt" in _page(client)
    file = client.get("/csv/protokoll").text
    for shown in (said, file):
        assert WORDS not in shown
        assert "mastodon:sleep" not in shown
        assert "mastodon%3Asleep" not in shown


def test_a_naming_taken_back_is_called_so_and_a_question_opened_again_is_not(
    as_role: Login, filled: Engine
) -> None:
    with filled.begin() as connection:
        named = decisions.history(connection, "account", "mastodon:ana")[-1].id
        decisions.decide(
            connection, "ute", "account", "mastodon:ana", "reopen", "", named, world.NOW
        )
        seen: int | None = None
        for verdict in ("answered", "reopen"):
            seen = decisions.handle_question(
                connection, "ute", "mastodon:form", verdict, "Dort.", seen, world.NOW
            ).seen
    client = as_role("press")
    assert "Benennung zurückgenommen" in _rows(client, "?art=account")
    assert "Wieder geöffnet" not in _rows(client, "?art=account")
    assert "Wieder geöffnet" in _rows(client, "?art=question")


def test_who_does_not_want_to_be_named_is_not_named(as_role: Login, filled: Engine) -> None:
    client = as_role("admin")
    for shown in (open_page(client, "/protokoll").text, client.get("/csv/protokoll").text):
        assert "hidden" not in shown.replace("overflow: hidden", "")
    assert "ein Konto, das nicht genannt werden möchte" in _page(client)


@pytest.mark.parametrize(("role", "reads"), [("viewer", 0), ("coordinator", 0), ("press", 1)])
def test_press_reads_the_protocol_and_only_an_admin_takes_it_away(
    as_role: Login, filled: Engine, role: str, reads: int
) -> None:
    client = as_role(role)
    assert ("Eine Absprache." in _page(client)) is bool(reads)
    assert client.get("/csv/protokoll").status_code == 403
    assert "/csv/protokoll" not in str(open_page(client, "/protokoll").get_json())


def test_the_address_narrows_page_and_file_alike(as_role: Login, filled: Engine) -> None:
    client = as_role("admin")
    said = _page(client, "?art=cluster&was=dismiss&wer=bob&tage=7")
    assert "Eine Absprache." in said
    assert "Gleiche Texte." not in said
    file = io.StringIO(client.get("/csv/protokoll?art=account&wer=bob").data.decode("utf-8-sig"))
    rows = list(csv.DictReader(file))
    links = str(open_page(client, "/protokoll", "?wer=bob").get_json())  # .text escapes slashes
    assert "/warnungen/w1" in links
    assert "/konten/" in links
    assert [each["verdict"] for each in rows] == ["institution", "institution"]
    assert rows[0]["reason"] == "'=Verein()"


def test_older_entries_are_one_link_away(as_role: Login, full: Engine) -> None:
    with full.begin() as connection:
        for number in range(60):
            decisions.decide(
                connection, "ute", "cluster", "w1", "note", f"Nummer {number}.", None, world.NOW
            )
    client = as_role("press")
    first = open_page(client, "/protokoll").get_json()["response"]["_pages_content"]["children"]
    assert "Nummer 59." in texts(first)
    assert "Nummer 9." not in texts(first)
    assert "Ältere Einträge" in texts(first)
    with full.connect() as connection:
        last = entries(connection, Wanted(), None, 50)[-1].id
    rest = _page(client, f"?vor={last}")
    assert "Nummer 9." in rest
    assert "Nummer 10." not in rest
    assert "Zu den neuesten" in rest


@pytest.mark.parametrize(
    "search",
    ["?vor=x", "?vor=-1", "?vor=" + "9" * 400, "?vor=²", "?wer=%00", "?wer=a&wer=b", "?art=<b>",
     "?was=drop&von=heute", "?tage=999999", "?von=2026-13-40"],
)  # fmt: skip
def test_a_broken_address_shows_a_page_all_the_same(demo: Dash, search: str) -> None:
    answer = open_page(demo.server.test_client(), "/protokoll", search)
    assert answer.status_code == 200


def test_nothing_decided_is_one_friendly_sentence(config: Config, store: Engine) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    said = open_page(app.server.test_client(), "/protokoll").get_json()
    assert "Noch hat hier niemand etwas entschieden." in texts(
        said["response"]["_pages_content"]["children"]
    )


def _page(client: FlaskClient, search: str = "") -> str:
    answer = open_page(client, "/protokoll", search)
    return texts(answer.get_json()["response"]["_pages_content"]["children"])


def _rows(client: FlaskClient, search: str) -> str:
    """Give what was done, entry by entry, without the form above."""
    return _page(client, search).partition("Einträge, die neuesten zuerst")[2]

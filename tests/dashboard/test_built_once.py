"""What is built once for all of a role is what each of them would have got alone."""

import gzip
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from dashboard import built_once
from dashboard.pages import queue, review, warning
from data import decisions
from data.decisions import ROLES
from data.tables import clusters
from data.writes.rollups import keep_rollups
from tests.dashboard import world
from tests.dashboard.conftest import PASSWORD, open_page, texts
from tests.dashboard.test_access_matrix import PAGES

Login = Callable[[str], FlaskClient]
OTHERS = {role: f"zweite_{role}" for role in ROLES}  # a second person of each role
QUESTION = "mastodon:form"
TAKEN = "?stand=uebernommen"


@pytest.fixture(autouse=True)
def _two_of_each_role(full: Engine) -> None:
    with full.begin() as connection:
        for role, name in OTHERS.items():
            decisions.add_user(connection, name, role, PASSWORD, world.NOW)
    keep_rollups(full)


@pytest.mark.parametrize(
    ("page", "path", "role"),
    [
        (review, "/konten", "press"),
        (warning, "/warnungen/w1", "press"),
        (queue, "/fragen", "coordinator"),
    ],
)
def test_what_all_of_a_role_see_alike_is_built_once_until_somebody_decides(
    page: ModuleType,
    path: str,
    role: str,
    as_role: Login,
    full: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built = _counted(page, monkeypatch)
    for name in (role, OTHERS[role], role, "admin"):
        _open(as_role(name), path)
    assert len(built) == 2  # once for each role
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w2", "confirm", "Ja.", None, world.NOW)
    _open(as_role(role), path)
    assert len(built) == 3


def test_who_has_taken_a_question_sees_so_and_nobody_else_sees_theirs(
    as_role: Login, full: Engine
) -> None:
    one, other, admin = (as_role(who) for who in ("coordinator", OTHERS["coordinator"], "admin"))
    _handle(full, "coordinator", "take")
    for _ in range(2):  # the second time from what was kept
        assert "Sie haben übernommen" in _said(one, TAKEN)
        for else_ in (other, admin):
            assert "Sie haben übernommen" not in _said(else_, TAKEN)
            assert "Übernommen von coordinator" in _said(else_, TAKEN)
        assert {_said(each, "") for each in (one, other)} == {_said(admin, "")}
    _handle(full, "coordinator", "give_back")
    for each in (other, one, admin):
        assert "Wo gebe ich das Formular ab?" in _said(each, "")
        assert "Wo gebe ich das Formular ab?" not in _said(each, TAKEN)


def test_taken_questions_are_built_once_for_those_who_never_took_any(
    as_role: Login, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _handle(full, "eva", "take")
    built = _counted(queue, monkeypatch)
    for name in ("coordinator", OTHERS["coordinator"]):
        _open(as_role(name), "/fragen", TAKEN)
    assert len(built) == 1


def test_a_kept_page_comes_with_the_mark_of_what_it_was_built_of(
    as_role: Login, full: Engine
) -> None:
    client = as_role("press")
    marks = [_mark(client) for _ in range(2)]
    assert marks[0] == marks[1]
    with full.begin() as connection:
        connection.execute(update(clusters).values(level="watch"))  # by a round that goes on still
    assert _mark(client) == marks[0] != client.get("/neues?seite=/warnungen").text
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w2", "confirm", "Ja.", None, world.NOW)
    assert _mark(client) == client.get("/neues?seite=/warnungen").text


@pytest.mark.parametrize("role", ROLES)
def test_what_is_kept_is_what_each_person_of_each_role_would_get_alone(
    as_role: Login, full: Engine, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _handle(full, "coordinator", "take")
    with full.begin() as connection:
        for name, warned in (("press", "w1"), (OTHERS["press"], "w2")):
            decisions.decide(connection, name, "cluster", warned, "confirm", "Ja.", None, world.NOW)
    people = [as_role(role), as_role(OTHERS[role])]
    for address in (*PAGES, f"/fragen{TAKEN}", "/fragen?stand=beantwortet", "/fragen?stand=netz"):
        path, mark, search = address.partition("?")
        kept = [_open(each, path, mark + search) for each in people * 2]
        with monkeypatch.context() as alone:
            alone.setattr(built_once, "_key", lambda: None)
            assert kept == [_open(each, path, mark + search) for each in people] * 2, address


def _mark(client: FlaskClient) -> str:
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"
    return str(open_page(client, "/warnungen").headers["X-News"])


def _counted(page: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that the page is built."""
    built: list[str] = []
    show = page.show

    def counted(*asked: Any) -> Any:
        built.append("built")
        return show(*asked)

    monkeypatch.setattr(page, "show", counted)
    return built


def _handle(engine: Engine, who: str, verdict: str) -> None:
    with engine.begin() as connection:
        seen = decisions.standings(connection, None).get(QUESTION, decisions.Standing("open")).seen
        decisions.handle_question(connection, who, QUESTION, verdict, "", seen, world.NOW)


def _said(client: FlaskClient, search: str) -> str:
    return texts(_open(client, "/fragen", search)["_pages_content"]["children"])


def _open(client: FlaskClient, path: str, search: str = "") -> Any:
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"  # what is kept is kept packed
    answer = open_page(client, path, search)
    assert answer.status_code == 200
    body = answer.get_data()
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return json.loads(gzip.decompress(body) if packed else body)["response"]

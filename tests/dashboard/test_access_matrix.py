"""Who may open and do what: every page, file and action of the app, for every role, cell by cell.

The tables are written by hand, from what each role is for; a test holds them complete, so that
nothing is added without saying who may use it.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import dash
import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.routing import Rule

from dashboard.words import words
from data.config import Config
from data.decisions import ROLES
from monitor import steps
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts, token_of

Login = Callable[[str], FlaskClient]

EVERYBODY = frozenset(ROLES)
PEOPLE = frozenset(("coordinator", "press", "admin"))
DECIDING = frozenset(("press", "admin"))
ADMINS = frozenset(("admin",))

PAGES = {  # the address, with a value for its variable; who sees more than "not for you"
    "/": EVERYBODY,
    "/bedarf": PEOPLE,
    "/orte": EVERYBODY,
    "/netzwerk": PEOPLE,
    "/fragen": PEOPLE,
    "/fragen/frage?post=mastodon%3Aform": PEOPLE,
    "/fragen/anlaufstellen": PEOPLE,
    "/warnungen": PEOPLE,
    "/warnungen/w1": PEOPLE,
    "/konten": DECIDING,
    "/konten/5": DECIDING,
    "/sperrliste": DECIDING,
    "/suche?worte=winterjacken": PEOPLE,
    "/beitrag?post=mastodon%3Acoats": PEOPLE,
    "/datenquellen": EVERYBODY,
    "/wochenbericht": EVERYBODY,
    "/protokoll": DECIDING,
    "/verwaltung": ADMINS,
    "/verwaltung/zugang?name=press": ADMINS,
    "/nix": EVERYBODY,
}
FILES = {
    "/csv/themen": EVERYBODY,
    "/csv/tage": EVERYBODY,
    "/csv/orte": EVERYBODY,
    "/csv/bedarf": PEOPLE,
    "/csv/netzwerk": PEOPLE,
    "/csv/konten": DECIDING,
    "/csv/sperrliste": DECIDING,
    "/csv/fragen": PEOPLE,
    "/csv/protokoll": ADMINS,
    "/csv/suche": PEOPLE,
    "/wochenbericht/html": PEOPLE,
    "/wochenbericht/json": PEOPLE,
    "/neues?seite=/": EVERYBODY,
}
ACTIONS = {  # by what the answer fills first
    "_pages_content.children": EVERYBODY,  # draws a page, which asks for the role by itself
    "empty-told.children": PEOPLE,
    "empty-reload.href": EVERYBODY,
    "decide-told.children": DECIDING,
    "account-told.children": DECIDING,
    "check-told.children": PEOPLE,
    "queue-told.children": PEOPLE,
    "question-told.children": PEOPLE,
    "adding-told.children": ADMINS,
    "person-told.children": ADMINS,
}
FOR_NOBODY = (  # for those who are not logged in yet, or for everybody
    "/login",
    "/login/oidc",
    "/login/oidc/back",
    "/logout",
    "/datenschutz",
    "/barrierefreiheit",
    "/transparenz",
)
_NAMED = {"pathname": "/", "search": ""}  # what a page always says
_DASH = ("/assets/", "/_", "/<path:path>")


@pytest.fixture(autouse=True)
def _a_digest_is_written(config: Config, full: Engine) -> None:
    steps.digest(full, config, None, None, world.NOW)


def test_every_page_file_and_action_has_its_row(app: Dash) -> None:
    app.server.test_client().get("/login")
    wanted = {_shape(each["path_template"] or each["path"]) for each in _registry()}
    assert {_shape(path.partition("?")[0]) for path in PAGES} >= wanted - {"/404"}
    rules = {str(rule) for rule in _own_rules(app)}
    assert rules == {*(path.partition("?")[0] for path in FILES), *FOR_NOBODY}
    assert {key for key, _ in _actions(app)} == set(ACTIONS)


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_those_who_need_it_alone(as_role: Login, role: str) -> None:
    client = as_role(role)
    for address, allowed in PAGES.items():
        path, _, search = address.partition("?")
        drawn = open_page(client, path, f"?{search}" if search else "").get_json()["response"]
        refused = words("de")["forbidden.sentence"] in texts(drawn["_pages_content"]["children"])
        assert refused is (role not in allowed), (role, address)


@pytest.mark.parametrize("role", ROLES)
def test_each_file_is_given_to_those_who_need_it_alone(as_role: Login, role: str) -> None:
    client = as_role(role)
    for address, allowed in FILES.items():
        expected = 200 if role in allowed else 403
        assert client.get(address).status_code == expected, (role, address)


@pytest.mark.parametrize("role", ROLES)
def test_each_action_answers_those_who_need_it_alone(app: Dash, as_role: Login, role: str) -> None:
    client = as_role(role)
    token = token_of(client)
    for key, asked in _actions(app):
        status = _send(client, asked, token)
        if role in ACTIONS[key]:
            assert status in (200, 204), (role, key)
        else:
            assert status == 403, (role, key)


def test_no_action_answers_without_the_page_s_token_or_without_login(
    app: Dash, as_role: Login
) -> None:
    admin, stranger = as_role("admin"), app.server.test_client()
    for key, asked in _actions(app):
        assert _send(admin, asked, "forged") == 400, key
        assert _send(admin, asked, "") == 400, key
        assert _send(stranger, asked, token_of(stranger)) == 401, key


def test_no_file_is_given_without_login(app: Dash) -> None:
    for address in FILES:
        assert app.server.test_client().get(address).status_code == 302, address


def _actions(app: Dash) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each callback: what it fills first, and a request for it as nobody's page sends it."""
    app.server.test_client().get("/login")
    for output, told in app.callback_map.items():
        if "callback" not in told:  # Dash's own, which the browser answers by itself
            continue
        named = output.strip(".").split("...")
        pairs = [dict(zip(("id", "property"), each.rsplit(".", 1), strict=True)) for each in named]
        fills = [_of_one(each) for each in pairs]
        inputs = [
            {**_of_one(each), "value": _NAMED.get(each["property"])} for each in told["inputs"]
        ]
        first = fills[0]["id"]
        yield (
            f"{first['type'] if isinstance(first, dict) else first}.{fills[0]['property']}",
            {
                "output": output,
                "outputs": fills if output.startswith("..") else fills[0],
                "inputs": inputs,
                "state": [{**_of_one(each), "value": None} for each in told["state"]],
                "changedPropIds": [f"{_as_text(inputs[0]['id'])}.{inputs[0]['property']}"],
            },
        )


def _of_one(part: dict[str, Any]) -> dict[str, Any]:
    """Name the part of one item of a list, where an action stands beside each."""
    if not str(part["id"]).startswith("{"):
        return part
    named = {key: "x" if value == ["MATCH"] else value for key, value in _json(part["id"]).items()}
    return {**part, "id": named}


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def _as_text(name: str | dict[str, Any]) -> str:
    """Write an id as Dash does."""
    if isinstance(name, str):
        return name
    return json.dumps(name, separators=(",", ":"), sort_keys=True)


def _send(client: FlaskClient, asked: dict[str, Any], token: str) -> int:
    answer = client.post("/_dash-update-component", json=asked, headers={"X-CSRFToken": token})
    return answer.status_code


def _own_rules(app: Dash) -> Iterator[Rule]:
    for rule in app.server.url_map.iter_rules():
        if str(rule) != "/" and not str(rule).startswith(_DASH):
            yield rule


def _registry() -> list[dict[str, Any]]:
    return list(dash.page_registry.values())


def _shape(path: str) -> str:
    """Return an address of which the variable part is `*`."""
    parts = path.split("/")
    return "/".join(parts[:2] + ["*"] * (len(parts) - 2))

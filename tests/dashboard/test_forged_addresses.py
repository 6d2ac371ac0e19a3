"""Addresses that no page leads to: whatever stands in them, people see a friendly page."""

from collections.abc import Callable, Iterable
from urllib.parse import quote, urlencode

import dash
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.app import create_app
from data import decisions
from data.config import Config
from monitor import steps
from tests.dashboard import world
from tests.dashboard.conftest import PASSWORD, call, token_of

Ask = Callable[[str, str], None]

NAMES = (  # what a page, a file, the frame or the login reads out of an address
    *("absicht", "alle", "art", "bis", "dringend", "ebene", "folge", "konto", "lang", "nach"),
    *("name", "netz", "next", "ort", "post", "seite", "sprache", "stand", "tage", "thema", "von"),
    *("vor", "warnung", "was", "wer", "woche", "worte"),
    *("account", "warning", "self", "pathname", "layout", "", "[]", "__proto__"),  # nothing does
)
VALUES = (
    *("", "-1", "²", "1", "9" * 400, "1.5", "<script>alert(1)</script>", "{at.config}", "%", "ja"),
    *("a\x00b", "mastodon:\x00", "\ud800", "\u202e", "\r\nSet-Cookie: x=1", "a" * 10_000),
    *("' OR 1=1 --", '" OR "', "NEAR(", "*", '#"', "../../etc/passwd", "//evil.example"),
    *("0001-01-01", "9999-12-31", "2026-W99", "Altona"),
)
FILES = (
    *("/csv/themen", "/csv/tage", "/csv/orte", "/csv/netzwerk", "/csv/konten", "/csv/sperrliste"),
    *("/csv/fragen", "/csv/protokoll", "/csv/suche", "/wochenbericht/html", "/wochenbericht/json"),
    *("/", "/datenschutz", "/barrierefreiheit", "/transparenz", "/login"),
)
FOLDERS = ("/warnungen/", "/konten/", "/fragen/", "/wochenbericht/", "/verwaltung/", "/")
_CONTENT = ["_pages_content.children", "_pages_store.data"]


@pytest.fixture
def admin(engine: Engine, config: Config) -> FlaskClient:
    """An admin's browser over the small world, in either database."""
    world.fill(engine)
    steps.digest(engine, config, "2026-W47", None, world.NOW)
    with engine.begin() as connection:
        decisions.add_user(connection, "admin", "admin", PASSWORD, world.NOW)
    app = create_app(config, engine, now=lambda: world.NOW)
    client = app.server.test_client()
    form = {"name": "admin", "password": PASSWORD, "csrf_token": token_of(client)}
    assert client.post("/login", data=form).status_code == 302
    return client


@pytest.fixture
def opens(admin: FlaskClient) -> Ask:
    """Ask for the content of a page as a browser does; it has to be there, with a heading."""
    token = token_of(admin)

    def ask(path: str, search: str) -> None:
        where = {"id": "_pages_location"}
        inputs = [
            {**where, "property": "pathname", "value": path},
            {**where, "property": "search", "value": search},
        ]
        answer = call(admin, _CONTENT, inputs, token=token)
        asked = (path[:80], search[:200])
        assert answer.status_code == 200, asked
        assert '"type":"H1"' in answer.text, asked

    return ask


def test_no_value_of_any_name_breaks_a_page(opens: Ask) -> None:
    for value in VALUES:
        for path in _paths():
            opens(path, _search((name, value) for name in NAMES))


def test_what_is_named_several_times_breaks_no_page(opens: Ask) -> None:
    for path in _paths():
        opens(path, _search((name, value) for name in NAMES for value in ("1", "<b>")))


def test_an_address_that_is_none_breaks_no_page(opens: Ask) -> None:
    for path in ("/", "/suche", "/konten/3", "/nix"):
        for search in ("nix", "?", "?&&&=", "?=", "?a=%", "?%00=%00", "?" + "a" * 10_000):
            opens(path, search)


@pytest.mark.parametrize("value", [None, 7, True, ["?ort=Altona"], {"ort": "Altona"}])
def test_an_address_that_is_no_text_is_refused_quietly(
    admin: FlaskClient, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    where, token = {"id": "_pages_location"}, token_of(admin)
    for path, search in ((value, ""), ("/", value), (value, value)):
        inputs = [
            {**where, "property": "pathname", "value": path},
            {**where, "property": "search", "value": search},
        ]
        assert call(admin, _CONTENT, inputs, token=token).status_code == 400
    assert caplog.records == []


def test_a_callback_that_no_page_sends_is_refused_quietly(
    admin: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    where, token = {"id": "_pages_location"}, token_of(admin)
    whole = {
        "output": f"..{'...'.join(_CONTENT)}..",
        "outputs": [
            dict(zip(("id", "property"), each.split("."), strict=True)) for each in _CONTENT
        ],
        "inputs": [{**where, "property": each, "value": "/"} for each in ("pathname", "search")],
        "changedPropIds": ["_pages_location.pathname"],
    }
    odd = {
        "output": ["nix.children", 7, None, ["x"]],
        "outputs": [7, [], [7], {"id": "x"}, None],
        "inputs": [7, [], [7, 7], whole["inputs"][:1], {}],
        "state": [7, [7], whole["inputs"]],
        "changedPropIds": [7, [7], {}],
    }
    bodies = [{**whole, name: value} for name, values in odd.items() for value in values]
    for body in (None, [], 7, "x", {}, *bodies):
        answer = admin.post("/_dash-update-component", json=body, headers={"X-CSRFToken": token})
        assert answer.status_code == 400, body
    answer = admin.post("/_dash-update-component", json=whole, headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    assert caplog.records == []


def test_whatever_stands_after_the_slash_a_page_says_that_it_does_not_know_it(opens: Ask) -> None:
    for folder in FOLDERS:
        for value in VALUES:
            opens(folder + value, "")
            opens(folder + quote(value, errors="surrogatepass"), "")


def test_the_server_itself_answers_any_address(admin: FlaskClient) -> None:
    for value in VALUES:
        named = _search((name, value[:500]) for name in NAMES)
        unknown = [folder + quote(value, errors="surrogatepass") for folder in FOLDERS]
        for path in (*FILES, *unknown):
            assert admin.get(path + named).status_code < 500, (path[:80], value[:80])


def test_nobody_logs_in_by_a_forged_name_and_nothing_breaks(admin: FlaskClient) -> None:
    names = ("a\x00b", "\ud800", "admin\u202e", "{at.config}", "' OR 1=1 --", "a" * 10_000)
    for number, value in enumerate(names):
        form = {"name": value, "password": value, "csrf_token": token_of(admin)}
        sent = urlencode(form, errors="surrogatepass")
        answer = admin.post(
            "/login",
            data=sent,
            content_type="application/x-www-form-urlencoded",
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},  # each may try some times only
        )
        assert answer.status_code == 401, value[:80]


_TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(VALUES), st.integers().map(str))
_SEARCHES = st.lists(st.tuples(st.sampled_from(NAMES), _TEXTS), max_size=8)


def test_no_mixture_breaks_a_page(opens: Ask) -> None:
    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    @given(number=st.integers(0, 999), pairs=_SEARCHES)
    def holds(number: int, pairs: list[tuple[str, str]]) -> None:
        paths = _paths()
        opens(paths[number % len(paths)], _search(pairs))

    holds()


def _search(pairs: Iterable[tuple[str, str]]) -> str:
    return "?" + urlencode([*pairs], errors="surrogatepass")


def _paths() -> list[str]:
    """List the pages' addresses, with a value where they have a variable."""
    found = (each["path_template"] or each["path"] for each in dash.page_registry.values())
    return [each.replace("<warning>", "w1").replace("<account>", "3") for each in found]

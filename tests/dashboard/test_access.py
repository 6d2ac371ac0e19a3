from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.access import check_demo, check_exposure
from dashboard.app import create_app
from data import decisions
from data.config import Config, DashboardConfig
from data.errors import ConfigError
from tests.dashboard import world
from tests.dashboard.conftest import PASSWORD, call, open_page, texts, token_of

Login = Callable[[str], FlaskClient]


def test_who_is_not_logged_in_gets_the_login_and_nothing_else(app: Dash) -> None:
    client = app.server.test_client()
    for path in ("/", "/netzwerk", "/warnungen/w1", "/csv/netzwerk"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.location.startswith("/login"), path
    for path in ("/_dash-layout", "/_dash-dependencies"):
        assert client.get(path).status_code == 401, path
    assert call(client, ["x.y"], []).status_code == 401


def test_the_login_leads_on_to_where_one_wanted_to_go(app: Dash) -> None:
    client = app.server.test_client()
    data = {"name": "press", "password": PASSWORD, "csrf_token": token_of(client)}
    answer = client.post("/login?next=/warnungen/w1", data=data)
    assert answer.location == "/warnungen/w1"


def test_the_login_leads_on_to_the_very_post(app: Dash) -> None:
    answer = app.server.test_client().get("/beitrag?post=mastodon%3Acoats&lang=en")
    wanted = parse_qs(urlsplit(answer.location).query)["next"]
    assert wanted == ["/beitrag?post=mastodon%3Acoats&lang=en"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil", ""])
def test_the_login_never_leads_to_another_site(app: Dash, elsewhere: str) -> None:
    client = app.server.test_client()
    data = {"name": "press", "password": PASSWORD, "csrf_token": token_of(client)}
    answer = client.post("/login", query_string={"next": elsewhere}, data=data)
    assert answer.location == "/"


def test_a_wrong_password_is_refused_in_words_that_do_not_say_which_was_wrong(app: Dash) -> None:
    client = app.server.test_client()
    for name in ("press", "nobody"):
        data = {"name": name, "password": "falsch falsch", "csrf_token": token_of(client)}
        answer = client.post("/login", data=data)
        assert answer.status_code == 401
        assert "Name oder Passwort stimmt nicht." in answer.text


def test_the_eleventh_try_within_a_minute_is_refused(app: Dash) -> None:
    client = app.server.test_client()
    data = {"name": "press", "password": "falsch falsch", "csrf_token": token_of(client)}
    answers = [client.post("/login", data=data).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


def test_a_forged_request_is_refused(as_role: Login) -> None:
    client = as_role("press")
    button = [{"id": "empty-load", "property": "n_clicks", "value": 1}]
    outputs = ["empty-told.children", "empty-load.disabled"]
    assert call(client, outputs, button, token="forged").status_code == 400
    assert client.post("/logout").status_code == 400
    assert call(client, outputs, button).status_code == 200


@pytest.mark.parametrize(
    ("role", "path", "allowed"),
    [
        ("viewer", "/", True),
        ("viewer", "/datenquellen", True),
        ("viewer", "/netzwerk", False),
        ("viewer", "/warnungen", False),
        ("viewer", "/warnungen/w1", False),
        ("coordinator", "/netzwerk", True),
        ("coordinator", "/warnungen/w1", True),
        ("press", "/warnungen/w1", True),
        ("admin", "/warnungen/w1", True),
        ("viewer", "/konten", False),
        ("coordinator", "/konten", False),
        ("coordinator", "/konten/5", False),
        ("coordinator", "/sperrliste", False),
        ("press", "/konten", True),
        ("press", "/konten/5", True),
        ("admin", "/sperrliste", True),
        ("viewer", "/beitrag", False),
        ("coordinator", "/beitrag", True),
    ],
)
def test_a_page_opens_for_the_roles_that_need_it(
    as_role: Login, role: str, path: str, allowed: bool
) -> None:
    client = as_role(role)
    said = texts(open_page(client, path).get_json()["response"]["_pages_content"]["children"])
    assert ("Ihr Zugang ist dafür nicht vorgesehen." in said) is not allowed


def test_a_viewer_sees_figures_and_nobody_s_words(as_role: Login) -> None:
    client = as_role("viewer")
    answer = open_page(client, "/").text
    assert "Winterjacken" not in answer
    assert "Winterjacken" not in open_page(client, "/beitrag", "?post=mastodon%3Acoats").text
    assert "/netzwerk" not in client.get("/").text
    assert client.get("/csv/netzwerk").status_code == 403
    assert client.get("/csv/themen").status_code == 200


@pytest.mark.parametrize("role", ["viewer", "coordinator"])
def test_who_may_not_decide_is_refused_also_without_the_form(
    as_role: Login, full: Engine, role: str
) -> None:
    answer = _decide(as_role(role), "Weil ich es sage.")
    assert answer.status_code == 403
    with full.connect() as connection:
        assert decisions.history(connection, "cluster", "w1") == []


def test_a_decision_is_written_with_who_and_why(as_role: Login, full: Engine) -> None:
    answer = _decide(as_role("press"), "  Dieselben Texte, neue Konten.  ")
    assert answer.get_json()["response"]["decide-told"]["children"] == "Bestätigt. Danke."
    with full.connect() as connection:
        made = decisions.history(connection, "cluster", "w1")
    assert [(each.who, each.verdict, each.reason) for each in made] == [
        ("press", "confirm", "Dieselben Texte, neue Konten.")
    ]


def test_a_decision_without_a_reason_is_not_written(as_role: Login, full: Engine) -> None:
    told = _decide(as_role("press"), "  ").get_json()["response"]["decide-told"]["children"]
    assert told == "Bitte zuerst eine Begründung schreiben."
    with full.connect() as connection:
        assert decisions.history(connection, "cluster", "w1") == []


def test_who_decides_past_another_is_told_and_sees_their_decision(
    as_role: Login, full: Engine
) -> None:
    with full.begin() as connection:
        decisions.decide(
            connection, "admin", "cluster", "w1", "dismiss", "Eine Absprache.", None, world.NOW
        )
    said = _decide(as_role("press"), "Neue Konten.").get_json()["response"]
    assert said["decide-told"]["children"].startswith("Inzwischen hat admin entschieden.")
    assert "Eine Absprache." in texts(said["decide-history"]["children"])
    assert said["decide-reason"]["value"] == "Neue Konten."
    with full.connect() as connection:
        assert [each.who for each in decisions.history(connection, "cluster", "w1")] == ["admin"]


def test_a_session_ends_after_twelve_hours(config: Config, full: Engine) -> None:
    clock: list[datetime] = [world.NOW]
    app = create_app(config, full, now=lambda: clock[0])
    client = app.server.test_client()
    data = {"name": "press", "password": PASSWORD, "csrf_token": token_of(client)}
    client.post("/login", data=data)
    clock[0] += timedelta(hours=11, minutes=59)
    assert client.get("/").status_code == 200
    clock[0] += timedelta(minutes=2)
    assert client.get("/").status_code == 302


def test_a_new_password_ends_open_sessions(as_role: Login, full: Engine) -> None:
    client = as_role("press")
    with full.begin() as connection:
        seen = decisions.history(connection, "user", "press")[-1].id
        by = decisions.By("admin", world.NOW, seen=seen)
        decisions.set_password(connection, "press", "ein ganz anderes", by)
    assert client.get("/").status_code == 302


def test_who_logs_out_is_out(as_role: Login) -> None:
    client = as_role("press")
    client.post("/logout", data={"csrf_token": token_of(client)})
    assert client.get("/").status_code == 302


def test_cookies_are_kept_from_scripts_and_other_sites(app: Dash) -> None:
    answer = app.server.test_client().get("/login", base_url="https://monitor.example")
    cookies = {each.split("=")[0]: each for each in answer.headers.getlist("Set-Cookie")}
    assert all("Secure" in each for each in cookies.values())
    assert "HttpOnly" in cookies["hhhilft"]
    assert "SameSite=Lax" in cookies["hhhilft"]
    assert "SameSite=Strict" in cookies["_csrf_token"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_the_content_policy_allows_nothing_inline(as_role: Login) -> None:
    client = as_role("press")
    for path in ("/", "/login", "/csv/themen", "/assets/app.js"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy


def test_the_demo_asks_for_no_login_and_only_runs_on_this_machine(demo: Dash) -> None:
    answer = demo.server.test_client().get("/")
    assert answer.status_code == 200
    assert "Erfundene Beispieldaten." in answer.text
    check_demo(_on("127.0.0.1"))
    with pytest.raises(ConfigError, match="keine Anmeldung"):
        check_demo(_on("0.0.0.0"))


def test_the_pages_do_not_listen_beyond_this_machine_without_users_and_a_key(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HHHILFT_SECRET_KEY", raising=False)
    for host in ("127.0.0.1", "::1", "localhost"):
        check_exposure(_on(host), store)
    with pytest.raises(ConfigError, match="hhhilft user add"):
        check_exposure(_on("0.0.0.0"), store)
    with store.begin() as connection:
        decisions.add_user(connection, "ina", "admin", PASSWORD, world.NOW)
    with pytest.raises(ConfigError, match="HHHILFT_SECRET_KEY"):
        check_exposure(_on("192.168.1.5"), store)
    monkeypatch.setenv("HHHILFT_SECRET_KEY", "x" * 64)
    check_exposure(_on("192.168.1.5"), store)


def _on(host: str) -> Config:
    config = Config(folder=None)  # type: ignore[arg-type]
    return replace(config, dashboard=DashboardConfig(host=host))


def _decide(client: FlaskClient, reason: str) -> Any:
    client.get("/warnungen/w1")
    return call(
        client,
        [
            "decide-told.children",
            "decide-history.children",
            "decide-seen.data",
            "decide-reason.value",
            "decide-next.children",
            "warning-state.children",
        ],
        [
            {"id": "decide-confirm", "property": "n_clicks", "value": 1},
            {"id": "decide-dismiss", "property": "n_clicks"},
            {"id": "decide-note", "property": "n_clicks"},
        ],
        [
            {"id": "decide-reason", "property": "value", "value": reason},
            {"id": "decide-seen", "property": "data", "value": None},
            {"id": "decide-subject", "property": "data", "value": "w1"},
        ],
    )

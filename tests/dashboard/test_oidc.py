"""Logging in by an OpenID Connect provider: who gets in, as what, and what is never believed."""

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import Dash
from flask.testing import FlaskClient
from joserfc.jwk import ECKey
from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.access import check_exposure
from dashboard.app import create_app
from data import decisions
from data.config import Config, DashboardConfig, OidcConfig
from data.decisions import By, User
from data.errors import ConfigError
from tests.dashboard import world
from tests.dashboard.browser import reader, served
from tests.dashboard.conftest import PASSWORD, open_page, texts, token_of
from tests.dashboard.oidc_provider import CLIENT, SECRET, Provider, new_key, provider
from tests.monitor.instance import Answer

ROLES = {"sehen": "viewer", "team": "coordinator", "presse": "press", "leitung": "admin"}
NOW = int(world.NOW.timestamp())
UNTRUSTED, DOWN = "ließ sich nicht bestätigen", "antwortet gerade nicht"


@pytest.fixture
def at_work() -> Iterator[Provider]:
    with provider(NOW) as made:
        yield made


@pytest.fixture
def clock() -> list[datetime]:
    return [world.NOW]


@pytest.fixture
def settings(config: Config, at_work: Provider, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("HHHILFT_OIDC_SECRET", SECRET)
    oidc = OidcConfig(at_work.issuer, CLIENT, "Behördenkonto", roles=ROLES, timeout_seconds=1)
    return replace(config, oidc=oidc)


@pytest.fixture
def app(settings: Config, full: Engine, clock: list[datetime]) -> Dash:
    return create_app(settings, full, now=lambda: clock[0])


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


@pytest.mark.parametrize(("group", "role"), ROLES.items())
def test_who_comes_from_the_provider_gets_the_role_of_their_group(
    client: FlaskClient, at_work: Provider, full: Engine, group: str, role: str
) -> None:
    at_work.person["groups"] = [group, "kantine"]
    assert _log_in(client, at_work) is None
    user = _user(full, "ina")
    assert (user.role, user.issuer, user.last_login) == (role, at_work.issuer, world.NOW)
    drawn = open_page(client, "/verwaltung").get_json()["response"]["_pages_content"]["children"]
    assert ("Ihr Zugang ist dafür nicht vorgesehen." in texts(drawn)) is (role != "admin")
    with full.connect() as connection:
        made = decisions.history(connection, "user", "ina")
    assert [(each.who, each.verdict) for each in made] == [("hhhilft", "add")]


def test_of_several_groups_the_highest_counts_and_a_single_group_need_not_be_a_list(
    client: FlaskClient, at_work: Provider, full: Engine
) -> None:
    at_work.person["groups"] = ["sehen", "leitung", "team"]
    assert _log_in(client, at_work) is None
    assert _user(full, "ina").role == "admin"
    at_work.person["groups"] = "team"
    assert _log_in(_out(client), at_work) is None
    assert _user(full, "ina").role == "coordinator"


def test_a_signature_by_an_elliptic_curve_counts_too(
    client: FlaskClient, at_work: Provider
) -> None:
    at_work.key, at_work.alg = ECKey.generate_key("P-256", {"kid": "curve"}), "ES256"
    assert _log_in(client, at_work) is None


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    client: FlaskClient, at_work: Provider
) -> None:
    at_work.described["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert _log_in(client, at_work) is None
    assert at_work.server is not None
    assert "Authorization" not in at_work.server.headers[-2]
    assert at_work.server.sent[-1]["client_secret"] == SECRET


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": [CLIENT, "another"]},  # which of them it is for would be told by azp
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": NOW - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": NOW + 3600},
        {"nbf": NOW + 3600},
        {"at_hash": "of another token"},
        {"sub": ""},
        {"sub": 4711},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_of_which_one_claim_is_wrong_lets_nobody_in(
    client: FlaskClient, at_work: Provider, full: Engine, claims: dict[str, object]
) -> None:
    at_work.claims = claims
    assert UNTRUSTED in str(_log_in(client, at_work))
    assert client.get("/").status_code == 302
    with full.connect() as connection:
        assert decisions.find_user(connection, "ina") is None


def test_a_token_for_several_of_which_we_are_meant_lets_in(
    client: FlaskClient, at_work: Provider
) -> None:
    at_work.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert _log_in(client, at_work) is None


@pytest.mark.parametrize("alg", ["none", "HS256", "RS512", "PS256"])
def test_no_other_signature_is_believed_whatever_the_provider_announces(
    client: FlaskClient, at_work: Provider, alg: str
) -> None:
    at_work.alg = alg
    at_work.described["id_token_signing_alg_values_supported"] = ["RS256", alg]
    assert UNTRUSTED in str(_log_in(client, at_work))
    assert client.get("/").status_code == 302


def test_a_token_signed_by_somebody_else_s_key_lets_nobody_in(
    client: FlaskClient, at_work: Provider
) -> None:
    known = at_work.key.as_dict(private=False)
    at_work.key = new_key("first")
    at_work.faults["/keys"] = Answer({"keys": [known]})
    assert UNTRUSTED in str(_log_in(client, at_work))


@pytest.mark.parametrize("kid", ["second", "first"])
def test_new_keys_of_the_provider_are_fetched_when_a_token_needs_them(
    client: FlaskClient, at_work: Provider, kid: str
) -> None:
    assert _log_in(client, at_work) is None
    at_work.key = new_key(kid)
    assert _log_in(_out(client), at_work) is None
    assert _log_in(_out(client), at_work) is None
    assert _asked(at_work).count("/keys") == 2
    assert _asked(at_work).count("/.well-known/openid-configuration") == 1


def test_who_has_no_group_that_counts_is_told_what_to_do_and_kept_nowhere(
    client: FlaskClient, at_work: Provider, full: Engine
) -> None:
    for groups in (["kantine"], [], None, {"presse": True}, [["presse"]]):
        at_work.person["groups"] = groups
        assert "es in eine aufzunehmen" in str(_log_in(client, at_work)), groups
    with full.connect() as connection:
        assert decisions.find_user(connection, "ina") is None


def test_a_group_that_is_taken_away_ends_access_and_open_sessions_at_the_next_login(
    app: Dash, client: FlaskClient, at_work: Provider
) -> None:
    assert _log_in(client, at_work) is None
    at_work.person["groups"] = []
    assert "keiner Gruppe" in str(_log_in(app.server.test_client(), at_work))
    assert client.get("/").status_code == 302


def test_another_group_changes_the_role_ends_open_sessions_and_stands_in_the_protocol(
    app: Dash, client: FlaskClient, at_work: Provider, full: Engine
) -> None:
    at_work.person["groups"] = ["leitung"]
    assert _log_in(client, at_work) is None
    at_work.person["groups"] = ["sehen"]
    assert _log_in(app.server.test_client(), at_work) is None
    assert client.get("/").status_code == 302
    with full.connect() as connection:
        made = decisions.history(connection, "user", "ina")
    assert [(each.verdict, (each.basis or {})["role"]) for each in made] == [
        ("add", "admin"),
        ("role", "viewer"),
    ]


def test_who_is_closed_here_stays_out_whatever_the_provider_says(
    client: FlaskClient, at_work: Provider, full: Engine
) -> None:
    assert _log_in(client, at_work) is None
    with full.begin() as connection:
        decisions.disable_user(connection, "ina", _seen(full, "ina"))
    assert client.get("/").status_code == 302
    at_work.person["groups"] = ["leitung"]
    assert "ist hier geschlossen" in str(_log_in(client, at_work))
    assert _user(full, "ina").role == "press"
    with full.begin() as connection:
        decisions.enable_user(connection, "ina", _seen(full, "ina"))
    assert _log_in(client, at_work) is None


@pytest.mark.parametrize("name", ["admin", "ＡＤＭＩＮ", " Admin ", "hhhilft"])
def test_a_name_that_is_taken_here_is_never_taken_over(
    client: FlaskClient, at_work: Provider, full: Engine, name: str
) -> None:
    at_work.person |= {"preferred_username": name, "groups": ["sehen"]}
    assert "hat hier schon jemand anderes" in str(_log_in(client, at_work))
    assert (_user(full, "admin").role, _user(full, "admin").issuer) == ("admin", None)
    assert client.get("/").status_code == 302


def test_people_are_known_by_their_number_whatever_they_call_themselves(
    client: FlaskClient, at_work: Provider, full: Engine
) -> None:
    assert _log_in(client, at_work) is None
    at_work.person["preferred_username"] = "Ina Neu"
    assert _log_in(_out(client), at_work) is None
    with full.connect() as connection:
        assert decisions.find_user(connection, "ina neu") is None
    at_work.person |= {"sub": "4712", "preferred_username": "Ina", "groups": ["leitung"]}
    assert "hat hier schon jemand anderes" in str(_log_in(_out(client), at_work))
    assert _user(full, "ina").role == "press"


@pytest.mark.parametrize("name", ["x" * 65, "ina\u202ega", "ina\nmeier"])
def test_a_name_that_cannot_be_shown_is_refused(
    client: FlaskClient, at_work: Provider, name: str
) -> None:
    at_work.person["preferred_username"] = name
    assert "sichtbare Zeichen" in str(_log_in(client, at_work))


def test_who_comes_from_the_provider_has_no_password_and_gets_none(
    client: FlaskClient, at_work: Provider, full: Engine
) -> None:
    assert _log_in(client, at_work) is None
    _out(client)
    for password in ("", "!", PASSWORD):
        data = {"name": "ina", "password": password, "csrf_token": token_of(client)}
        assert client.post("/login", data=data).status_code == 401
    for change in (
        lambda connection, by: decisions.set_password(connection, "ina", PASSWORD, by),
        lambda connection, by: decisions.set_role(connection, "ina", "admin", by),
    ):
        with full.begin() as connection, pytest.raises(decisions.UserError, match="dort geändert"):
            change(connection, _seen(full, "ina"))
    assert _user(full, "ina").role == "press"


def test_an_answer_is_good_for_once(client: FlaskClient, at_work: Provider) -> None:
    back = at_work.log_in(client.get("/login/oidc").location)
    assert _problem(client, back) is None
    assert "gilt nicht mehr" in str(_problem(_out(client), back))
    assert client.get("/").status_code == 302


def test_an_answer_without_a_question_or_with_another_state_lets_nobody_in(
    app: Dash, client: FlaskClient, at_work: Provider
) -> None:
    assert "gilt nicht mehr" in str(_problem(client, "/login/oidc/back?code=x&state=y"))
    back = at_work.log_in(client.get("/login/oidc").location)
    assert "gilt nicht mehr" in str(_problem(app.server.test_client(), back))
    assert "gilt nicht mehr" in str(_problem(client, back + "x"))
    assert "/token" not in _asked(at_work)


def test_an_answer_that_comes_after_ten_minutes_is_too_late(
    client: FlaskClient, at_work: Provider, clock: list[datetime]
) -> None:
    back = at_work.log_in(client.get("/login/oidc").location)
    clock[0] += timedelta(minutes=10, seconds=1)
    assert "gilt nicht mehr" in str(_problem(client, back))


@pytest.mark.parametrize("checks_pkce", [True, False])
def test_a_code_of_another_login_lets_nobody_in(
    app: Dash, client: FlaskClient, at_work: Provider, checks_pkce: bool
) -> None:
    at_work.checks_pkce = checks_pkce
    stolen = parse_qs(urlsplit(_led_back(app.server.test_client(), at_work)).query)["code"][0]
    state = parse_qs(urlsplit(_led_back(client, at_work)).query)["state"][0]
    told = _problem(client, f"/login/oidc/back?code={stolen}&state={state}")
    assert UNTRUSTED in str(told)
    assert "PKCE" not in str(told)
    assert client.get("/").status_code == 302


def test_what_the_provider_says_of_an_error_is_not_shown(
    client: FlaskClient, at_work: Provider
) -> None:
    state = parse_qs(urlsplit(_led_back(client, at_work)).query)["state"][0]
    said = "error=access_denied&error_description=<script>alert(1)</script>"
    told = str(_problem(client, f"/login/oidc/back?state={state}&{said}"))
    assert "hat Sie nicht angemeldet" in told
    assert "alert" not in told


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Answer(b"", 503), (DOWN,)),
        (Answer(b"{}", pause=30), (DOWN,)),
        (Answer(b'{"a": "' + b"x" * 5_000, drip=0.1), (DOWN,)),
        (Answer(b" " * 1_000_001), (DOWN,)),
        (Answer(b"<html>"), (DOWN, UNTRUSTED)),
        (Answer([]), (UNTRUSTED,)),
        (Answer({"keys": [{"kty": "RSA"}, 7], "id_token": 7}), (UNTRUSTED,)),
        (Answer(b"", 302, {"Location": "https://elsewhere.example/"}), (DOWN, UNTRUSTED)),
    ],
    ids=["broken", "slow", "dripping", "endless", "no JSON", "list", "wrong", "elsewhere"],
)
def test_a_provider_that_does_not_answer_as_it_should_is_told_in_a_plain_sentence(
    client: FlaskClient, at_work: Provider, path: str, fault: Answer, said: tuple[str, ...]
) -> None:
    at_work.faults[path] = fault
    told = str(_log_in(client, at_work))
    assert any(each in told for each in said)
    assert client.get("/").status_code == 302
    del at_work.faults[path]
    assert _log_in(client, at_work) is None


def test_a_provider_that_is_down_is_told_and_passwords_still_work(
    settings: Config, full: Engine
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    settings = replace(settings, oidc=replace(settings.oidc, issuer=address))
    client = create_app(settings, full, now=lambda: world.NOW).server.test_client()
    assert DOWN in str(_problem(client, "/login/oidc?next=/warnungen"))
    data = {"name": "press", "password": PASSWORD, "csrf_token": token_of(client)}
    assert client.post("/login?next=/warnungen", data=data).location == "/warnungen"


def test_a_provider_that_calls_itself_otherwise_is_not_used(
    client: FlaskClient, at_work: Provider
) -> None:
    at_work.described["issuer"] = "https://evil.example"
    assert UNTRUSTED in str(_log_in(client, at_work))


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/warnungen/w1", "/warnungen/w1"),
        ("/beitrag?post=mastodon%3Acoats", "/beitrag?post=mastodon%3Acoats"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil", "/"),
        ("/\t/evil.example", "/"),
        ("/" + "x" * 2_000, "/"),
    ],
)
def test_the_login_leads_on_to_own_pages_alone(
    client: FlaskClient, at_work: Provider, wanted: str, led_to: str
) -> None:
    led = client.get("/login/oidc", query_string={"next": wanted}).location
    assert client.get(at_work.log_in(led)).location == led_to


def test_the_eleventh_try_within_a_minute_is_refused(client: FlaskClient) -> None:
    for path in ("/login/oidc", "/login/oidc/back"):
        assert [client.get(path).status_code for _ in range(11)] == [302] * 10 + [429]


def test_a_session_from_the_provider_ends_after_twelve_hours_and_with_the_provider(
    settings: Config, full: Engine, client: FlaskClient, at_work: Provider, clock: list[datetime]
) -> None:
    assert _log_in(client, at_work) is None
    other = create_app(
        replace(settings, oidc=OidcConfig()), full, now=lambda: world.NOW
    ).server.test_client()
    other.application.secret_key = client.application.secret_key
    cookie = client.get_cookie("hhhilft")
    assert cookie is not None
    other.set_cookie("hhhilft", cookie.value)
    assert other.get("/").status_code == 302
    clock[0] += timedelta(hours=11, minutes=59)
    assert client.get("/").status_code == 200
    clock[0] += timedelta(minutes=2)
    assert client.get("/").status_code == 302


def test_the_login_before_leaves_nothing_in_the_session_after(
    client: FlaskClient, at_work: Provider
) -> None:
    back = _led_back(client, at_work)
    client.get(back)
    with client.session_transaction() as session:
        assert {"oidc", "problem"}.isdisjoint(session)


def test_logging_out_ends_our_session_and_says_that_the_provider_s_goes_on(
    client: FlaskClient, at_work: Provider
) -> None:
    assert _log_in(client, at_work) is None
    answer = client.post("/logout", data={"csrf_token": token_of(client)}, follow_redirects=True)
    assert "Bei Behördenkonto sind Sie es vielleicht noch nicht" in answer.text
    assert client.get("/").status_code == 302


def test_without_a_provider_or_in_the_demo_its_addresses_lead_nowhere(
    config: Config, settings: Config, full: Engine
) -> None:
    for app in (create_app(config, full), create_app(settings, full, demo=True)):
        client = app.server.test_client()
        assert [client.get(f"/login/oidc{each}").status_code for each in ("", "/back")] == [404] * 2
    without = create_app(config, full).server.test_client()
    assert "anmelden</a>" not in without.get("/login").text


def test_the_settings_ask_for_what_is_missing(
    settings: Config, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HHHILFT_OIDC_SECRET")
    with pytest.raises(ConfigError, match="HHHILFT_OIDC_SECRET"):
        create_app(settings, full)
    monkeypatch.setitem(sys.modules, "authlib", None)
    with pytest.raises(ConfigError) as refused:
        create_app(settings, full)
    assert "pip install '.[oidc]'" in refused.value.de
    assert "pip install '.[oidc]'" in refused.value.en


def test_without_authlib_the_pages_work_as_long_as_no_provider_is_named(
    config: Config, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith(("authlib", "joserfc"))]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "dashboard.oidc", raising=False)
    client = create_app(config, full, now=lambda: world.NOW).server.test_client()
    assert [client.get(f"/login/oidc{each}").status_code for each in ("", "/back")] == [404] * 2
    data = {"name": "press", "password": PASSWORD, "csrf_token": token_of(client)}
    assert client.post("/login", data=data).location == "/"


def test_a_provider_counts_as_users_where_others_can_reach_the_pages(
    settings: Config, store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    beyond = replace(settings, dashboard=DashboardConfig(host="0.0.0.0"))
    monkeypatch.delenv("HHHILFT_SECRET_KEY", raising=False)
    with pytest.raises(ConfigError, match="HHHILFT_SECRET_KEY"):
        check_exposure(beyond, store)
    monkeypatch.setenv("HHHILFT_SECRET_KEY", "x" * 64)
    check_exposure(beyond, store)
    with pytest.raises(ConfigError, match="hhhilft user add"):
        check_exposure(replace(beyond, oidc=OidcConfig()), store)


def test_the_privacy_page_says_what_is_kept_of_who_comes_from_the_provider(
    client: FlaskClient,
) -> None:
    assert "unter welcher Nummer sie dort bekannt sind" in client.get("/datenschutz").text


@pytest.mark.parametrize("width", [1366, 360])
def test_a_person_goes_to_the_provider_and_comes_back_logged_in(
    chromium: Browser, settings: Config, full: Engine, at_work: Provider, width: int
) -> None:
    at_work.person |= {"groups": ["leitung"], "preferred_username": "Zoe"}
    app = create_app(settings, full, now=lambda: world.NOW)
    with served(app) as base:
        visit = reader(chromium, base, viewport={"width": width, "height": 800})
        visit.open("/verwaltung/zugang?name=zoe")
        assert (visit.findings(), visit.refused(), visit.sideways()) == ([], [], False)
        visit.page.click("text=Mit Behördenkonto anmelden")
        visit.page.wait_for_selector("h1:has-text('Zugang von zoe')")
        assert "meldet sich über" in visit.page.inner_text(".managing")
        assert not visit.page.is_visible("#person-role-go")
        assert not visit.page.is_visible("#person-role")
        assert (visit.findings(), visit.refused(), visit.sideways()) == ([], [], False)
        assert [each for each in visit.troubles if at_work.issuer not in each] == []


def _log_in(client: FlaskClient, at_work: Provider) -> str | None:
    """Go through a whole login; None where it let in, else the sentence that was shown."""
    answer = client.get("/login/oidc")
    if urlsplit(answer.location).path != "/login":  # it led to the provider
        answer = client.get(at_work.log_in(answer.location))
    return _told(client, answer.location)


def _led_back(client: FlaskClient, at_work: Provider) -> str:
    return at_work.log_in(client.get("/login/oidc").location)


def _problem(client: FlaskClient, address: str) -> str | None:
    return _told(client, client.get(address).location)


def _told(client: FlaskClient, location: str) -> str | None:
    if not location.startswith("/login"):
        assert client.get("/").status_code == 200
        return None
    page = client.get(location)
    assert page.status_code == 401
    assert 'role="alert"' not in client.get(location).text  # it is said once
    return page.text.partition('role="alert">')[2].partition("</p>")[0]


def _out(client: FlaskClient) -> FlaskClient:
    client.post("/logout", data={"csrf_token": token_of(client)})
    return client


def _user(store: Engine, name: str) -> User:
    with store.connect() as connection:
        found = decisions.find_user(connection, name)
    assert found is not None
    return found


def _seen(store: Engine, name: str) -> By:
    with store.connect() as connection:
        return By("admin", world.NOW, seen=decisions.history(connection, "user", name)[-1].id)


def _asked(at_work: Provider) -> list[str]:
    assert at_work.server is not None
    return [path for path, _ in at_work.server.asked]

"""The pages on which an admin says who may log in."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from data import decisions
from data.config import Config, MastodonConfig, StoreConfig
from data.settings_shown import secrets_in_force, settings_in_force
from tests.dashboard import world
from tests.dashboard.conftest import PASSWORD, call, open_page, texts, token_of

Login = Callable[[str], FlaskClient]
MADE = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")
OUT = (
    *("told.children", "facts.children", "history.children", "seen.data", "reason.value"),
    *("disable-go.hidden", "enable-go.hidden"),
)
BUTTONS = ("role", "password", "disable", "enable")


def test_an_added_person_logs_in_with_the_password_that_is_shown_once(
    as_role: Login, app: Dash, full: Engine
) -> None:
    client = as_role("admin")
    said = _add(client, "Zoe", "coordinator", "Neu im Team.").get_json()["response"]
    told = texts(said["adding-told"]["children"])
    assert "Das Passwort von zoe:" in told
    assert "zoe" in texts(said["adding-people"]["children"])
    [password] = MADE.findall(told)
    assert password not in open_page(client, "/verwaltung").text
    assert password not in open_page(client, "/verwaltung/zugang", "?name=zoe").text
    assert _log_in(app, "zoe", password).status_code == 302
    (made,) = _made(full, "zoe")
    assert (made.who, made.verdict, made.reason) == ("admin", "add", "Neu im Team.")
    assert made.basis == {"role": "coordinator", "disabled": False}


def test_a_role_password_closing_and_opening_are_written_with_who_and_why(
    as_role: Login, app: Dash, full: Engine
) -> None:
    client = as_role("admin")
    for what in BUTTONS:
        said = _change(client, full, what, "press", "coordinator", "Urlaub.").get_json()
        assert said["response"]["person-reason"]["value"] == ""
    made = _made(full, "press")[1:]
    assert [each.verdict for each in made] == list(BUTTONS)
    assert {(each.who, each.reason) for each in made} == {("admin", "Urlaub.")}
    assert _log_in(app, "press", PASSWORD).status_code == 401  # there is a new one
    with full.connect() as connection:
        user = decisions.find_user(connection, "press")
    assert user is not None
    assert (user.role, user.disabled) == ("coordinator", False)


def test_a_new_password_is_shown_once_and_works(as_role: Login, app: Dash, full: Engine) -> None:
    said = _change(as_role("admin"), full, "password", "press").get_json()["response"]
    [password] = MADE.findall(texts(said["person-told"]["children"]))
    assert _log_in(app, "press", password).status_code == 302
    assert password not in str(_made(full, "press"))


@pytest.mark.parametrize("what", ["role", "disable"])
def test_the_last_admin_stays_one(as_role: Login, full: Engine, what: str) -> None:
    client = as_role("admin")
    said = _change(client, full, what, "admin", "press").get_json()["response"]
    assert "die letzte Person" in said["person-told"]["children"]
    assert open_page(client, "/verwaltung").status_code == 200
    assert len(_made(full, "admin")) == 1


def test_who_changes_a_login_past_another_is_told_and_sees_their_change(
    as_role: Login, full: Engine
) -> None:
    client = as_role("admin")
    with full.begin() as connection:
        seen = decisions.history(connection, "user", "press")[-1].id
        by = decisions.By("ida", world.NOW, "Versehen.", seen)
        decisions.set_role(connection, "press", "viewer", by)
    said = _change(client, full, "role", "press", "admin", "Ach.", seen=seen).get_json()["response"]
    assert said["person-told"]["children"].startswith("Inzwischen hat ida diesen Zugang geändert.")
    assert "Versehen." in texts(said["person-history"]["children"])
    assert said["person-reason"]["value"] == "Ach."
    assert [each.who for each in _made(full, "press")] == ["hhhilft", "ida"]


@pytest.mark.parametrize("role", ["viewer", "coordinator", "press"])
def test_who_is_no_admin_is_refused_also_without_the_forms(
    as_role: Login, full: Engine, role: str
) -> None:
    client = as_role(role)
    assert _add(client, "zoe", "admin", "").status_code == 403
    assert _change(client, full, "role", role, "admin").status_code == 403
    for path in ("/verwaltung", "/verwaltung/zugang"):
        said = texts(open_page(client, path).get_json()["response"]["_pages_content"]["children"])
        assert "Ihr Zugang ist dafür nicht vorgesehen." in said
    with full.connect() as connection:
        assert len(decisions.list_users(connection)) == 4


def test_nobody_manages_without_login_or_with_a_forged_token(
    app: Dash, as_role: Login, full: Engine
) -> None:
    assert _add(app.server.test_client(), "zoe", "admin", "").status_code == 401
    assert _add(as_role("admin"), "zoe", "admin", "", token="forged").status_code == 400
    assert _change(as_role("admin"), full, "disable", "press", token="x").status_code == 400


@pytest.mark.parametrize(
    ("name", "role", "told"),
    [
        ("press", "viewer", "Den Namen press gibt es schon."),
        ("", "viewer", "Ein Name hat 1 bis 64"),
        ("x" * 65, "viewer", "Ein Name hat 1 bis 64"),
        ("a\u202eb", "viewer", "sichtbare Zeichen"),
        ("zoe", "king", "Die Rolle king gibt es nicht."),
        (["zoe"], {"a": 1}, "gibt es nicht"),
    ],
)
def test_what_cannot_be_added_is_told_in_a_sentence(
    as_role: Login, full: Engine, name: Any, role: Any, told: str
) -> None:
    said = _add(as_role("admin"), name, role, "").get_json()["response"]
    assert told in said["adding-told"]["children"]
    with full.connect() as connection:
        assert len(decisions.list_users(connection)) == 4


@pytest.mark.parametrize("search", ["", "?name=", "?name=nobody", "?name=a&name=b", "?name=%00"])
def test_an_address_without_a_person_says_so(as_role: Login, search: str) -> None:
    answer = open_page(as_role("admin"), "/verwaltung/zugang", search)
    assert "Diesen Namen gibt es nicht." in answer.get_data(as_text=True)


def test_settings_are_shown_without_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HHHILFT_SECRET_KEY", "ganz geheim")
    monkeypatch.setenv("HHHILFT_MASTODON_TOKEN_NORDEN_SOCIAL", "auch geheim")
    monkeypatch.delenv("HHHILFT_MASTODON_TOKEN_MASTODON_SOCIAL", raising=False)
    config = Config(
        folder=tmp_path,
        store=StoreConfig("postgresql+psycopg://ina:geheim@db.example/hhhilft"),
        mastodon=MastodonConfig(interval_minutes=7),
    )
    shown = settings_in_force(config)
    assert "geheim" not in str(shown)
    assert "db.example" in str(shown["store"])
    own = [each.key for each in shown["mastodon"] if not each.usual]
    assert own == ["interval_minutes"]
    found = {each.name: each.is_set for each in secrets_in_force(config)}
    assert found == {
        "HHHILFT_SECRET_KEY": True,
        "HHHILFT_MASTODON_TOKEN_NORDEN_SOCIAL": True,
        "HHHILFT_MASTODON_TOKEN_MASTODON_SOCIAL": False,
    }
    assert "geheim" not in str(secrets_in_force(config))


def test_a_secret_in_a_file_that_others_can_read_is_told_as_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    path.write_text("geheim")
    path.chmod(0o644)
    monkeypatch.delenv("HHHILFT_SECRET_KEY", raising=False)
    monkeypatch.setenv("HHHILFT_SECRET_KEY_FILE", str(path))
    key = secrets_in_force(Config(folder=tmp_path))[0]
    assert not key.is_set
    assert key.trouble is not None
    assert "chmod 600" in key.trouble.text("de")


def test_the_page_says_who_may_log_in_and_what_is_set(as_role: Login) -> None:
    client = as_role("admin")
    said = texts(
        open_page(client, "/verwaltung").get_json()["response"]["_pages_content"]["children"]
    )
    assert "4 Personen dürfen sich anmelden, eine davon darf verwalten." in said
    assert "[mastodon]" in said
    assert "HHHILFT_SECRET_KEY" in said


def _add(client: FlaskClient, name: Any, role: Any, reason: str, token: str | None = None) -> Any:
    client.get("/verwaltung")
    return call(
        client,
        ["adding-told.children", "adding-people.children", "adding-name.value",
         "adding-reason.value"],
        [{"id": "adding-go", "property": "n_clicks", "value": 1}],
        [
            {"id": f"adding-{field}", "property": "value", "value": value}
            for field, value in (("name", name), ("role", role), ("reason", reason))
        ],
        token,
    )  # fmt: skip


def _change(
    client: FlaskClient,
    engine: Engine,
    what: str,
    name: str,
    role: str = "press",
    reason: str = "",
    *,
    token: str | None = None,
    seen: int | None = None,
) -> Any:
    client.get("/verwaltung/zugang")
    seen = seen or _made(engine, name)[-1].id
    buttons = [
        {
            "id": f"person-{each}-go",
            "property": "n_clicks",
            **({"value": 1} if each == what else {}),
        }
        for each in BUTTONS
    ]
    state = [
        {"id": "person-name", "property": "data", "value": name},
        {"id": "person-seen", "property": "data", "value": seen},
        {"id": "person-role", "property": "value", "value": role},
        {"id": "person-reason", "property": "value", "value": reason},
    ]
    return call(client, [f"person-{each}" for each in OUT], buttons, state, token)


def _made(engine: Engine, name: str) -> list[decisions.Decision]:
    with engine.connect() as connection:
        return decisions.history(connection, "user", name)


def _log_in(app: Dash, name: str, password: str) -> Any:
    client = app.server.test_client()
    data = {"name": name, "password": password, "csrf_token": token_of(client)}
    return client.post("/login", data=data)

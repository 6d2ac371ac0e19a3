"""`hhhilft status` and `hhhilft doctor` on the command line."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from data.errors import RecordError
from data.quarantine import Rejected
from data.writes import (
    Cursor,
    add_coverage,
    finish_run,
    put_in_quarantine,
    start_run,
    store_raw,
    upsert_posts,
)
from monitor.commands import doctor_, status_
from monitor.commands.doctor_ import command as doctor
from monitor.commands.status_ import command as status
from nlp.embed import installed
from tests.make import NOW, post
from tests.monitor.instance import Answer, instance

HERE = "https://hier.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def environment(store_url: str) -> dict[str, str]:
    return {"HHHILFT_STORE_URL": store_url, "HHHILFT_LANG": "de"}


@pytest.fixture
def limited(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a store with a post, a gap, an unreadable item, and a source that wants a pause."""
    monkeypatch.setattr(status_, "this_moment", lambda: NOW)
    with engine.begin() as connection:
        upsert_posts(connection, [post("p1")], "mastodon", NOW)
        add_coverage(connection, "mastodon", HERE, NOW - 5 * HOUR, NOW - 4 * HOUR)
        add_coverage(connection, "mastodon", HERE, NOW - 2 * HOUR, NOW - HOUR)
        broken = Rejected(None, RecordError("time_missing"), "{}")
        put_in_quarantine(connection, "mastodon", HERE, [broken], "mastodon-1", NOW)
        run = start_run(connection, "collect", "mastodon", HERE, NOW - HOUR)
        soon = NOW + timedelta(minutes=5)
        finish_run(connection, run, "limited", NOW - HOUR, detail="429", next_try=soon)


def run(command: Any, environment: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, env=environment)


def test_an_empty_store_is_told_with_how_to_begin(environment: dict[str, str]) -> None:
    told = run(status, environment)
    assert told.exit_code == 0
    assert "Noch keine Runde. Beginnen: hhhilft collect" in told.stdout
    assert "0 Beiträge" in told.stdout
    document = json.loads(run(status, environment, "--json").stdout)
    assert (document["sources"], document["jobs"], document["counts"]["posts"]) == ([], [], 0)


@pytest.mark.usefixtures("limited")
def test_status_tells_state_gap_quarantine_and_next_try(environment: dict[str, str]) -> None:
    told = run(status, environment).stdout
    assert f"mastodon {HERE}: bittet um eine Pause" in told
    assert "nächster Versuch in 5 Minuten" in told
    assert "Lücke: " in told
    assert "1 unlesbar" in told
    assert "1 Beiträge" in told
    english = run(status, environment, "--lang", "en").stdout
    assert "asks for a pause" in english
    assert "1 posts" in english


@pytest.mark.usefixtures("limited")
def test_status_as_json_names_the_gap_by_its_ends(environment: dict[str, str]) -> None:
    [source] = json.loads(run(status, environment, "--json").stdout)["sources"]
    assert (source["source"], source["origin"], source["state"]) == ("mastodon", HERE, "limited")
    [(start, end)] = source["gaps"]
    assert start == (NOW - 4 * HOUR).isoformat().replace("+00:00", "Z")
    assert end == (NOW - 2 * HOUR).isoformat().replace("+00:00", "Z")
    assert source["quarantined"] == 1


def settings(folder: Path, origin: str) -> str:
    path = folder / "hhhilft.toml"
    path.write_text(f'[mastodon]\ninstances = ["{origin}"]\n', "utf-8")
    return str(path)


def findings(result: Result) -> dict[str, bool | None]:
    return {each["what"]: each["good"] for each in json.loads(result.stdout)}


def test_doctor_finds_nothing_wrong_where_all_is_well(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with instance(lambda _path, _query: Answer({})) as here:
        path = settings(tmp_path, here.origin)
        looked = run(doctor, environment, "--config", path, "--json")
    names = ("python", "settings", "store", "login", "disk", "counts", here.origin)
    well = dict.fromkeys(names, True)
    assert findings(looked) == {**well, "about": None, "encoder": installed() or None}
    assert looked.exit_code == 0


def test_doctor_exits_1_and_says_what_to_do_where_an_instance_is_away(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = settings(tmp_path, "http://127.0.0.1:1")
    looked = run(doctor, environment, "--config", path)
    assert looked.exit_code == 1
    assert "✗ http://127.0.0.1:1 ist von hier nicht zu erreichen" in looked.stdout
    assert "Netz und Firewall prüfen" in looked.stdout


def test_doctor_says_whether_the_login_by_a_provider_can_work(
    environment: dict[str, str], tmp_path: Path
) -> None:
    said: dict[str, Any] = {}
    with instance(lambda _path, _query: Answer(said)) as here:
        path = settings(tmp_path, here.origin)
        oidc = f'[oidc]\nissuer = "{here.origin}"\nclient_id = "x"\nname = "Amt"\n'
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(oidc + 'roles = { team = "press" }\n')
        looked = run(doctor, environment, "--config", path)
        assert "✗ [oidc] braucht das Geheimnis" in looked.stdout
        environment["HHHILFT_OIDC_SECRET"] = "geheim"
        said |= {"issuer": "https://evil.example"}
        looked = run(doctor, environment, "--config", path)
        assert "nennt sich aber 'https://evil.example'" in looked.stdout
        said |= {"issuer": here.origin, "authorization_endpoint": "http://evil.example"}
        looked = run(doctor, environment, "--config", path)
        assert "authorization_endpoint, token_endpoint, jwks_uri" in looked.stdout
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            said[name] = f"{here.origin}/{name}"
        said["id_token_signing_alg_values_supported"] = ["HS256"]
        looked = run(doctor, environment, "--config", path)
        assert "unterschreibt weder mit RS256 noch mit ES256" in looked.stdout
        said["id_token_signing_alg_values_supported"] = ["ES256"]
        looked = run(doctor, environment, "--config", path)
        assert f"✓ Anmeldung über Amt: {here.origin} ist eingerichtet" in looked.stdout
        assert "geheim" not in looked.stdout
    looked = run(doctor, environment, "--config", path)
    assert looked.exit_code == 1
    assert f"✗ {here.origin} " in looked.stdout


def test_doctor_names_a_full_disk(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_, "LEAST_FREE", 1 << 62)
    looked = run(doctor, environment, "--config", settings(tmp_path, "http://127.0.0.1:1"))
    assert "Platz schaffen" in looked.stdout


def test_pages_beyond_this_machine_need_users_and_a_key(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "hhhilft.toml"
    path.write_text('[mastodon]\nenabled = false\n[dashboard]\nhost = "0.0.0.0"\n', "utf-8")
    looked = run(doctor, environment, "--config", str(path), "--json")
    assert findings(looked)["login"] is False


@pytest.mark.parametrize(
    "case",
    [
        (None, None, False, "HHHILFT_INSTAGRAM_TOKEN in der Umgebung setzen"),
        ("x", None, None, "wann er endet, ist nicht bekannt"),
        ("x", "2026-12-01T12:00:00Z", True, "gültig bis 1. Dezember 2026, 13:00 Uhr"),
        ("x", "2026-11-30T12:00:00Z", False, "gilt nur noch bis 30. November 2026, 13:00 Uhr"),
        ("x", "2026-11-16T11:00:00Z", False, "ist am 16. November 2026, 12:00 Uhr abgelaufen"),
    ],
)
def test_doctor_says_of_a_token_whether_it_is_there_and_when_it_ends(
    environment: dict[str, str],
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str | None, str | None, bool | None, str],
) -> None:
    token, ends, good, said = case
    monkeypatch.setattr(doctor_, "this_moment", lambda: NOW)
    monkeypatch.delenv("HHHILFT_INSTAGRAM_TOKEN", raising=False)
    path = tmp_path / "hhhilft.toml"
    server = "http://127.0.0.1:1"
    path.write_text(f'[instagram]\nuser = "42"\nserver = "{server}"\n', "utf-8")
    origin = f"{server}/42"
    with engine.begin() as connection:
        told = [Cursor("token ends", ends)] if ends else []
        store_raw(connection, "instagram", origin, [], told, NOW)
    env = environment | ({"HHHILFT_INSTAGRAM_TOKEN": token} if token else {})
    looked = run(doctor, env, "--config", str(path), "--json")
    [found] = [each for each in json.loads(looked.stdout) if each["what"] == f"token {origin}"]
    assert found["good"] is good
    assert said in found["de"]


def test_doctor_says_once_that_the_token_of_x_is_missing(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HHHILFT_X_TOKEN", raising=False)
    path = tmp_path / "hhhilft.toml"
    here = 'server = "http://127.0.0.1:1"\n'
    path.write_text(f"[mastodon]\nenabled = false\n[x]\nmonthly_posts = 15000\n{here}", "utf-8")
    looked = run(doctor, environment, "--config", str(path), "--lang", "en")
    assert looked.stdout.count("set HHHILFT_X_TOKEN in the environment") == 1
    assert "✓ x: " in looked.stdout  # its budget


def test_a_newer_store_is_named_and_not_upgraded(
    environment: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    path = settings(tmp_path, "http://127.0.0.1:1")
    looked = run(doctor, environment, "--config", path, "--json")
    assert (looked.exit_code, findings(looked)["store"]) == (1, False)
    assert "neueren Version" in looked.stdout


def test_upgrade_with_json_prints_one_document(environment: dict[str, str], tmp_path: Path) -> None:
    path = settings(tmp_path, "http://127.0.0.1:1")
    looked = run(doctor, environment, "--config", path, "--upgrade", "--json")
    assert findings(looked)["store"] is True
    assert "auf dem Stand dieser Version" in looked.stderr


def test_what_testing_needs_is_looked_at_alone(environment: dict[str, str]) -> None:
    looked = run(doctor, environment, "--testing", "--json")
    assert set(findings(looked)) == {"chromium", "postgresql"}
    assert looked.exit_code == 0

"""`hhhilft collect`: what it prints, and how it ends."""

import json
from pathlib import Path

from click.testing import CliRunner

from monitor.cli import cli
from tests.monitor.instance import Answer, Timeline, instance
from tests.monitor.test_mastodon_collect import status


def run(tmp_path: Path, mastodon: str, *arguments: str) -> tuple[int, str, str]:
    settings = tmp_path / "hhhilft.toml"
    settings.write_text(f"[mastodon]\ntimeout_seconds = 1\n{mastodon}\n", "utf-8")
    done = CliRunner().invoke(cli, ["collect", *arguments, "--config", str(settings)])
    return done.exit_code, done.stdout, done.stderr


def test_it_answers_in_json_lines_one_an_origin(tmp_path: Path) -> None:
    with instance(Timeline([status(1)])) as here, instance(lambda *_: Answer({}, 403)) as shut:
        code, out, _ = run(tmp_path, f'instances = ["{here.origin}", "{shut.origin}"]', "--json")
    well, ill = (json.loads(line) for line in out.splitlines())
    assert code == 0
    assert (well["source"], well["origin"], well["state"]) == ("mastodon", here.origin, "ok")
    assert (well["fetched"], well["new"], well["gaps"]) == (1, 1, 0)
    assert well["next_try"].endswith("Z")
    assert ill["state"] == "denied"
    assert "HHHILFT_MASTODON_TOKEN_" in ill["detail"]["en"]


def test_it_says_in_german_and_english_how_a_source_does_and_what_to_do(tmp_path: Path) -> None:
    with instance(lambda *_: Answer({"error": "Nur für Mitglieder"}, 401)) as here:
        _, german, _ = run(tmp_path, f'instances = ["{here.origin}"]', "--lang", "de")
        _, english, _ = run(tmp_path, f'instances = ["{here.origin}"]', "--lang", "en")
    assert f"mastodon {here.origin}: verweigert" in german
    assert "Einen Zugangsschlüssel dieses Servers" in german
    assert "401 Nur für Mitglieder" in german
    assert f"mastodon {here.origin}: access denied" in english
    assert "Put an access token of this server" in english


def test_without_a_source_to_ask_it_fails_and_names_the_setting(tmp_path: Path) -> None:
    code, _, err = run(tmp_path, "enabled = false")
    assert code == 1
    assert "[mastodon] enabled" in err


def test_an_unknown_source_is_wrong_use(tmp_path: Path) -> None:
    code, _, err = run(tmp_path, "", "myspace")
    assert code == 2
    assert "mastodon" in err

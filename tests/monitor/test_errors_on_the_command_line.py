"""What goes wrong is one sentence in the chosen language, exit code 1, and no traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli import cli
from monitor.faults import in_words


def hhhilft(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HHHILFT_")}
    return subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_error_speaks_the_language_of_the_settings(tmp_path: Path) -> None:
    settings = tmp_path / "hhhilft.toml"
    settings.write_text('[watch]\nlang = "en"\n')
    told = hhhilft(tmp_path, "tag", "--posts", "nichts.jsonl")
    assert told.returncode == 1
    assert told.stderr == (
        "nichts.jsonl cannot be opened: No such file or directory. "
        "Check the path and its permissions.\n"
    )
    settings.write_text('[watch]\nlang = "en"\nfoo = 1\n')
    assert "line 3: there is no setting" in hhhilft(tmp_path, "status").stderr


def test_lang_may_stand_before_the_command_and_german_is_german(tmp_path: Path) -> None:
    english = hhhilft(tmp_path, "--lang", "en", "tag", "--posts", "nichts.jsonl")
    assert "cannot be opened" in english.stderr
    german = hhhilft(tmp_path, "tag", "--posts", "nichts.jsonl")
    assert german.stderr == (
        "nichts.jsonl lässt sich nicht öffnen: das gibt es nicht. Pfad und Rechte prüfen.\n"
    )


def test_a_damaged_or_incomplete_store_is_a_sentence(sqlite_template: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    store.write_bytes(sqlite_template.read_bytes())
    with sqlite3.connect(store) as connection:
        connection.execute("DROP TABLE runs")
    told = hhhilft(tmp_path, "status", "--lang", "en", HHHILFT_STORE_URL=f"sqlite:///{store}")
    assert told.returncode == 1
    assert told.stderr.startswith("The database does not answer as it should: no such table: runs")
    assert "Traceback" not in told.stderr


def test_an_address_with_a_broken_port_is_refused_in_words(tmp_path: Path) -> None:
    url = "postgresql+psycopg://u@host:abc/x"
    told = hhhilft(tmp_path, "status", HHHILFT_STORE_URL=url)
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert "ist keine Adresse einer Datenbank" in told.stderr


def test_a_full_disk_is_told_and_a_programmers_mistake_keeps_its_traceback() -> None:
    full = in_words(OSError(28, "No space left on device"))
    assert full is not None
    assert "kein Platz mehr" in full.de
    assert in_words(KeyError("x")) is None
    assert in_words(BrokenPipeError(32, "Broken pipe")) is None


@pytest.mark.parametrize("lang", ["de", "en"])
def test_init_writes_the_language_that_was_asked_for(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "hhhilft.toml"
    made = CliRunner().invoke(cli, ["init", "--config", str(path), "--lang", lang])
    assert made.exit_code == 0
    assert f'lang = "{lang}"' in path.read_text("utf-8")


def test_init_says_in_the_language_asked_for_that_the_file_exists(tmp_path: Path) -> None:
    (tmp_path / "hhhilft.toml").touch()
    told = hhhilft(tmp_path, "init", "--lang", "en")
    assert (told.returncode, told.stderr[:42]) == (1, "hhhilft.toml exists and stays as it is. To")


def test_lang_holds_for_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HHHILFT_LANG", raising=False)
    monkeypatch.setenv("HHHILFT_STORE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    for arguments in (["status", "--lang", "en"], ["--lang", "en", "status"]):
        assert "Sources" in CliRunner().invoke(cli, arguments).stdout
        assert "HHHILFT_LANG" not in os.environ

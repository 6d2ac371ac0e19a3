"""`hhhilft digest` on the command line."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.commands.digest_ import command


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> dict[str, str]:
    store = shutil.copy(sqlite_template, tmp_path / "store.db")
    return {"HHHILFT_STORE_URL": f"sqlite:///{store}", "HHHILFT_LANG": "de"}


def hhhilft_digest(store: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, env=store)


@pytest.mark.parametrize("week", ["47", "2026-47", "2999-W01"])
def test_a_wrong_week_is_wrong_use_and_the_right_form_is_shown(
    sqlite_store: dict[str, str], week: str
) -> None:
    refused = hhhilft_digest(sqlite_store, "--week", week)
    assert refused.exit_code == 2
    assert "--week 20" in refused.output


def test_json_is_one_document_and_writes_no_file(
    sqlite_store: dict[str, str], tmp_path: Path
) -> None:
    folder = str(tmp_path / "digest")
    told = hhhilft_digest(sqlite_store, "--week", "2026-W40", "--folder", folder, "--json")
    document = json.loads(told.output)
    assert (document["week"], document["posts"]["count"]) == ("2026-W40", 0)
    assert not (tmp_path / "digest").exists()


def test_the_written_files_are_named(sqlite_store: dict[str, str], tmp_path: Path) -> None:
    told = hhhilft_digest(sqlite_store, "--week", "2026-W40", "--folder", str(tmp_path))
    assert told.output.splitlines() == [
        f"Geschrieben: {tmp_path / f'hhhilft-2026-W40.{ending}'}" for ending in ("html", "json")
    ]

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.cli import cli


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HHHILFT_STORE_URL", raising=False)


def user(*arguments: str, password: str = "") -> Result:
    return CliRunner().invoke(cli, ["user", *arguments], input=f"{password}\n")


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(user("list", "--json").output)
    return found


def test_a_person_is_added_changed_and_disabled() -> None:
    assert "hhhilft user add" in user("list").output
    assert user("add", "Ana", "--role", "press", password="lang genug 1").exit_code == 0
    assert user("role", "ana", "admin").exit_code == 0
    assert user("password", "ana", password="lang genug 2").exit_code == 0
    assert listed() == [{"name": "ana", "role": "admin", "disabled": False}]
    assert user("disable", "ana").exit_code == 0
    assert listed()[0]["disabled"] is True
    assert "gesperrt" in user("list").output


@pytest.mark.parametrize(
    ("arguments", "password"),
    [
        (("add", "ben"), "kurz"),
        (("add", "ana"), "lang genug 1"),  # there is one already
        (("role", "nobody", "admin"), ""),
        (("password", "nobody"), "lang genug 1"),
        (("disable", "nobody"), ""),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    arguments: tuple[str, ...], password: str
) -> None:
    user("add", "ana", password="lang genug 1")
    refused = user(*arguments, password=password)
    assert refused.exit_code == 1
    assert refused.exception is not None
    assert str(refused.exception).endswith(".") or "hhhilft" in str(refused.exception)
    assert [each["name"] for each in listed()] == ["ana"]


def test_an_unknown_role_is_wrong_use() -> None:
    assert user("add", "ana", "--role", "king", password="lang genug 1").exit_code == 2

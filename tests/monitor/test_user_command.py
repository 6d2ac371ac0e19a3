import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from data.decisions import history
from data.engine import open_store
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
    assert user("role", "ana", "coordinator").exit_code == 0
    assert user("password", "ana", password="lang genug 2").exit_code == 0
    assert listed() == [{"name": "ana", "role": "coordinator", "disabled": False}]
    assert user("disable", "ana").exit_code == 0
    assert listed()[0]["disabled"] is True
    assert "gesperrt" in user("list").output
    assert user("enable", "ana").exit_code == 0
    assert listed()[0]["disabled"] is False


def test_the_protocol_says_who_did_it_and_why(tmp_path: Path) -> None:
    user("add", "ana", "--who", "ina", password="lang genug 1")
    user("role", "ana", "press", "--who", "ben", "--reason", "Vertretung im Mai.")
    with open_store(f"sqlite:///{tmp_path}/var/hhhilft.db").connect() as connection:
        made = history(connection, "user", "ana")
    assert [(each.who, each.verdict, each.reason) for each in made] == [
        ("ina", "add", ""),
        ("ben", "role", "Vertretung im Mai."),
    ]


def test_the_last_who_may_manage_is_kept(tmp_path: Path) -> None:
    user("add", "ana", "--role", "admin", password="lang genug 1")
    for arguments in (("role", "ana", "viewer"), ("disable", "ana")):
        refused = user(*arguments)
        assert refused.exit_code == 1
        assert "die letzte Person" in str(refused.exception)
    assert listed() == [{"name": "ana", "role": "admin", "disabled": False}]


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

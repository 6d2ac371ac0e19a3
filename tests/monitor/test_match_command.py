"""`hhhilft match`: files, and the store."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from data.config import Config
from data.tables import matches, posts
from data.writes import upsert_posts
from monitor import steps
from monitor.commands.match_ import command
from tests import make

NEED = "Suche dringend einen Kinderwagen in Altona"
OFFER = "Verschenke Kinderwagen, abzuholen in Ottensen"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments])


def file(tmp_path: Path, *texts: str) -> str:
    path = tmp_path / "posts.jsonl"
    lines = [
        json.dumps(
            {
                "network": "mastodon",
                "id": f"p{at}",
                "created_at": "2026-03-03T09:00:00Z",
                "text": text,
                "account": {"id": f"a{at}"},
            }
        )
        for at, text in enumerate(texts)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def documents(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_match_of_a_file_says_why_in_words(tmp_path: Path) -> None:
    (found,) = documents(run("--posts", file(tmp_path, NEED, OFFER), "--json"))
    assert (found["need"], found["offer"]) == ("mastodon:p0", "mastodon:p1")
    assert found["item"] == "kinderwagen"
    assert 0 < found["score"] <= 1
    assert "Beides: Kinderwagen." in [each["text"] for each in found["reasons"]]


def test_people_are_told_in_sentences_of_their_language(tmp_path: Path) -> None:
    path = file(tmp_path, NEED, OFFER)
    said = run("--posts", path, "--lang", "en").stdout
    assert "Needs: 1, offers: 1. 1 needs have a fitting offer." in said
    assert "Both: Pram." in said
    assert "Gesuche: 1, Angebote: 1." in run("--posts", path).stdout


def test_what_each_post_seeks_or_offers_is_listed_on_wish(tmp_path: Path) -> None:
    found = documents(run("--posts", file(tmp_path, NEED, OFFER), "--wishes", "--json"))
    sides = {(each["id"], each["side"]) for each in found if each["item"] == "kinderwagen"}
    assert sides == {("mastodon:p0", "need"), ("mastodon:p1", "offer")}


def test_a_file_without_any_post_fails_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("kaputt\n")
    result = run("--posts", str(path), "--json")
    assert result.exit_code == 1
    assert "kein Beitrag war lesbar" in str(result.exception)


@pytest.mark.parametrize(
    "wrong", [("--wishes",), ("--at", "2026-03-03"), ("--posts", "x", "--at", "gestern")]
)
def test_wrong_use_is_told(wrong: tuple[str, ...]) -> None:
    assert run(*wrong).exit_code == 2


def test_the_step_matches_the_store_and_again_with_the_same_result(
    engine: Engine, tmp_path: Path
) -> None:
    config = Config(tmp_path)
    later = make.NOW + timedelta(hours=1)
    said = [make.post("n", "ana", text=NEED), make.post("o", "ben", text=OFFER)]
    with engine.begin() as connection:
        upsert_posts(connection, said, "test", make.NOW)
    steps.tag(engine, config)
    first = steps.match(engine, config, later)
    assert first == {"needs": 1, "offers": 1, "answered": 1, "matches": 1}
    assert steps.match(engine, config, later) == first
    with engine.connect() as connection:
        numbers = dict(connection.execute(select(posts.c.native_id, posts.c.id)).all())  # type: ignore[arg-type]
        (row,) = connection.execute(select(matches)).all()
    assert (row.need, row.offer, row.item) == (numbers["n"], numbers["o"], "kinderwagen")

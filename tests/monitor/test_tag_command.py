"""`hhhilft tag`: files as the contract says, and the store."""

import gzip
import json
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from data.config import Config
from data.tables import labels, tags
from data.writes import upsert_posts
from monitor import steps
from monitor.commands.tag_ import command
from nlp import pipeline
from nlp.tagged import Tagged
from tests import make

TEXT = "Suche dringend für heute Nacht einen Schlafplatz in Altona"


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(command, [*arguments], input=given)


def documents(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_file_is_answered_line_by_line_as_the_contract_says(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps({"id": "a1", "text": TEXT}) + "\n", encoding="utf-8")
    (found,) = documents(run("--posts", str(file), "--json"))
    assert list(found) == ["id", "lang", "topics", "intents", "urgent", "places"]
    assert found["id"] == "a1"
    assert found["lang"] == "de"
    assert found["topics"][0]["topic"] == "unterkunft"
    assert "Schlafplatz" in found["topics"][0]["evidence"]
    assert found["intents"][0]["intent"] == "gesuch"
    assert found["urgent"]["value"] is True
    assert found["places"] == [{"place": "Altona", "bezirk": "Altona", "evidence": "Altona"}]


def test_packed_files_and_standard_input_are_read(tmp_path: Path) -> None:
    line = json.dumps({"id": 7, "text": TEXT})
    packed = tmp_path / "posts.gz"
    packed.write_bytes(gzip.compress(line.encode()))
    assert [each["id"] for each in documents(run("--posts", str(packed), "--json"))] == ["7"]
    assert [each["id"] for each in documents(run("--posts", "-", "--json", given=line))] == ["7"]


def test_unreadable_lines_are_told_and_the_others_tagged(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text('{"id": 1, "text": "Moin"}\nkaputt\n{"id": 2}\n{"id": 3, "te')
    result = run("--posts", str(file), "--json")
    assert result.exit_code == 0
    assert [each["id"] for each in documents(result)] == ["1"]
    for line in ("Zeile 2", "Zeile 3", "Zeile 4"):
        assert line in result.stderr


@pytest.mark.parametrize("content", ["", "\n", "nichts davon\nist JSON\n"])
def test_a_file_without_any_post_fails_with_a_sentence(content: str, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text(content)
    result = run("--posts", str(file), "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "kein Beitrag war lesbar" in str(result.exception)


def test_a_coortweet_file_gives_its_ids_with_nothing_said(tmp_path: Path) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(
        "object_id,account_id,content_id,timestamp_share\nhttps://a.de,u1,c1,1700000000\n"
    )
    (found,) = documents(run("--posts", str(file), "--json"))
    assert found["topics"] == []


def test_many_new_posts_are_tagged_fast_and_then_thoroughly_bit_by_bit(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "MANY", 3)
    thorough, fast = Mock(version="thorough", tag=tagged), Mock(version="fast", tag=tagged)
    monkeypatch.setattr(steps, "_tagger", lambda: thorough)
    monkeypatch.setattr(steps, "_fast_tagger", lambda: fast)
    with engine.begin() as connection:
        posts = [make.post(f"p{number}", text=TEXT) for number in range(4)]
        upsert_posts(connection, posts, "test", make.NOW)
    config = Config(tmp_path)
    counts, versions = [], []
    for _ in range(4):
        counts.append(steps.tag(engine, config))
        with engine.connect() as connection:
            versions.append(sorted(connection.scalars(select(tags.c.tagger))))
    assert counts == [4, 3, 1, 0]
    assert versions[0] == ["fast"] * 4
    assert versions[1] == ["fast", *["thorough"] * 3]
    assert versions[2] == versions[3] == ["thorough"] * 4


def tagged(texts: list[str]) -> list[Tagged]:
    return [Tagged("de", [], [], False, 0.0, (), []) for _ in texts]


def test_a_process_loads_its_tagger_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = Mock()
    monkeypatch.setattr(pipeline, "load", loaded)
    steps._tagger.cache_clear()
    try:
        assert steps._tagger() is steps._tagger()
        loaded.assert_called_once_with()
    finally:
        steps._tagger.cache_clear()


def test_the_step_tags_what_is_new_and_only_that(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post("p1", text=TEXT)], "test", make.NOW)
    config = Config(tmp_path)
    assert steps.tag(engine, config) == 1
    assert steps.tag(engine, config) == 0
    with engine.connect() as connection:
        (tag,) = connection.execute(select(tags)).all()
        found = {(row.kind, row.label) for row in connection.execute(select(labels))}
    assert (tag.lang, tag.urgent) == ("de", True)
    assert found >= {("topic", "unterkunft"), ("intent", "gesuch"), ("place", "Altona")}
    with engine.begin() as connection:
        changed = make.post("p1", text="Danke!", edited_at=make.NOW + make.MINUTE)
        upsert_posts(connection, [changed], "test", make.NOW + make.MINUTE)
    assert steps.tag(engine, config) == 1

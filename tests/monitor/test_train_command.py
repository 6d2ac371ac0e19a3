"""`hhhilft train` and `hhhilft evaluate` with what people corrected in the store."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

pytest.importorskip("sklearn", reason="scikit-learn (extra train) is not installed")

from data import decisions
from data.corpus import FOLDER
from data.engine import has_store, open_store
from data.labelling import Labelling
from data.writes import LabelRow, TagRow, upsert_posts, write_tags
from monitor.cli import cli
from tests import make
from tests.make import NOW

SAID = Labelling("de", ("essen",), ("gesuch",), False, ())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A hundred labelled posts in two parts."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for part in ("posts", "posts_2"):
        lines = (FOLDER / f"{part}.jsonl").read_text("utf-8").splitlines()[:50]
        (folder / f"{part}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the store would be; there is none yet."""
    url = f"sqlite:///{tmp_path / 'var' / 'store.db'}"
    monkeypatch.setenv("HHHILFT_STORE_URL", url)
    return url


def test_training_learns_from_what_people_corrected_and_says_how_much(
    corpus: Path, store: str, tmp_path: Path
) -> None:
    _correct(open_store(store), 12)
    told = _json("train", corpus, "--out", str(tmp_path / "with"))
    assert (told["posts"], told["parts"], told["corrections"]) == (100, 2, 12)
    told = _json("train", corpus, "--out", str(tmp_path / "without"), "--no-corrections")
    assert told["corrections"] == 0
    assert (tmp_path / "with").read_bytes() != (tmp_path / "without").read_bytes()
    said = _run("train", corpus, "--out", str(tmp_path / "with"))
    assert "Berichtigungen von Menschen: 12" in said.output


def test_without_a_store_training_makes_none_and_learns_from_the_labelled_posts_alone(
    corpus: Path, store: str, tmp_path: Path
) -> None:
    assert _json("train", corpus, "--out", str(tmp_path / "model"))["corrections"] == 0
    assert not has_store(store)
    assert not (tmp_path / "var").exists()
    asked = _run("train", corpus, "--corrections", "--out", str(tmp_path / "model"))
    assert asked.exit_code == 1
    assert "--no-corrections" in str(asked.exception)


def test_evaluating_says_what_the_corrections_change(corpus: Path, store: str) -> None:
    assert _json("evaluate", corpus)["corrections"] is None
    _correct(open_store(store), 12)
    told = _json("evaluate", corpus)["corrections"]
    assert told["posts"] == 12
    assert told["had"]["topics"] == {"right": 0, "posts": 12, "f1": 0.0}
    assert told["had"]["intents"]["right"] == 12
    assert told["learned"]["topics"]["posts"] == 12
    assert "Corrected by people: 12 posts" in _run("evaluate", corpus).output


def test_the_tagger_as_installed_is_scored_on_posts_of_ones_own_tier_by_tier(
    corpus: Path, store: str
) -> None:
    (corpus / "posts_2.jsonl").unlink()  # one part is enough
    told = _json("evaluate", corpus, "--as-is")
    assert set(told) >= {"linear", "rules"}
    assert told["rules"]["posts"] == told["rules"]["all"]
    assert told["linear"]["all"]["topics"]["f1"] > told["rules"]["all"]["topics"]["f1"] > 0
    assert told["rules"]["all"]["lang"]["precision"] == told["linear"]["all"]["lang"]["precision"]
    said = _run("evaluate", corpus, "--as-is").output
    assert "rules alone (--rules)" in said
    assert not has_store(store)


def test_the_tagger_as_installed_is_not_scored_on_the_posts_it_learned_from(store: str) -> None:
    refused = CliRunner().invoke(cli, ["evaluate", "--as-is"])
    assert refused.exit_code == 2
    assert "learned" in refused.output


def test_a_folder_without_labelled_posts_is_named(tmp_path: Path, store: str) -> None:
    refused = _run("evaluate", tmp_path, "--as-is")
    assert str(tmp_path) in str(refused.exception)
    assert "posts*.jsonl" in str(refused.exception)


def test_a_store_is_there_only_with_its_tables(engine: Engine, empty_url: str) -> None:
    assert has_store(engine.url.render_as_string(hide_password=False))
    assert not has_store(empty_url)


def _correct(engine: Engine, count: int) -> None:
    """Let a person say of posts that the tagger took for politics that they are about food."""
    texts = [f"Quarzbrumm Nummer {number} gesucht" for number in range(count)]
    posts = [make.post(f"p{number}", text=text) for number, text in enumerate(texts)]
    labels = [LabelRow("topic", "politik", 0.6), LabelRow("intent", "gesuch", 0.9)]
    with engine.begin() as connection:
        upsert_posts(connection, posts, "sample", NOW)
        rows = [TagRow(1 + number, "de", False, 0.1, (), labels) for number in range(count)]
        write_tags(connection, rows, "v1", NOW)
        for post in posts:
            read = decisions.mark_of(post.text)
            decisions.correct(connection, "ana", post.key, SAID, "", read, None, NOW)
    engine.dispose()


def _run(command: str, corpus: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, [command, "--corpus", str(corpus), *more])


def _json(command: str, corpus: Path, *more: str) -> dict[str, Any]:
    done = _run(command, corpus, "--json", *more)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.output)
    return told

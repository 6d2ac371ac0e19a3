"""A large file is read by a process of its own: nothing else may be other than without it."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.config import Config
from data.errors import SourceError
from data.records import post_to_json
from data.tables import posts
from monitor import steps
from monitor.sources.files.batches import Batch, read_beside, read_here
from tests.make import NOW, account, post

ROOT = Path(__file__).parent.parent.parent


def write_file(path: Path, count: int, **known: Any) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            by = account(f"a{number % 700}", followers=7)
            file.write(json.dumps(post_to_json(post(f"p{number}", by, **known))) + "\n")
    return path


def told(batches: Iterable[Batch]) -> list[object]:
    """Return all that batches tell; two errors are never equal, their words may be."""
    return [
        (
            batch._replace(rejected=[], share=None),
            [(each.line, each.error.code, each.error.detail, each.body) for each in batch.rejected],
        )
        for batch in batches
    ]


def test_a_process_of_its_own_reads_what_this_one_would(tmp_path: Path) -> None:
    path = write_file(tmp_path / "posts", 12_000, links=("https://x.org",), edited_at=NOW)
    with path.open("ab") as file:
        file.write(b'kaputt {\n{"network": "myspace"}\n"D\xe4cher"\n')
        file.write(b'{"id": null}\n' * 600 + b'{"network": "mast')
    batches = told(read_here(path))
    assert [len(batch.posts) for batch, _ in batches] == [5_000, 5_000, 2_000, 0]  # type: ignore[misc]
    assert told(read_beside(path)) == batches


def test_each_account_is_one_row_for_all_its_posts_of_a_batch(tmp_path: Path) -> None:
    path = write_file(tmp_path / "posts", 4_000)
    for read in (read_here, read_beside):
        [batch] = read(path)
        assert len({id(row[2]) for row in batch.posts}) == 700


def test_a_file_that_is_not_there_is_told_in_the_same_words(tmp_path: Path) -> None:
    words = []
    for read in (read_here, read_beside):
        with pytest.raises(SourceError) as raised:
            list(read(tmp_path / "none"))
        words.append((raised.value.de, raised.value.en))
    assert words[0] == words[1]


def test_a_reader_that_is_killed_is_told_with_what_to_do(tmp_path: Path) -> None:
    batches = read_beside(write_file(tmp_path / "posts", 30_000))
    next(batches)
    [reader] = multiprocessing.active_children()
    reader.kill()
    with pytest.raises(SourceError, match="Noch einmal importieren"):
        list(batches)


def test_no_reader_is_left_where_nobody_reads_on(tmp_path: Path) -> None:
    batches = read_beside(write_file(tmp_path / "posts", 30_000))
    next(batches)
    batches.close()
    assert multiprocessing.active_children() == []


def test_the_reader_ends_where_the_import_is_killed(tmp_path: Path) -> None:
    path = write_file(tmp_path / "posts", 30_000)
    code = (
        "import multiprocessing, os, signal, sys\n"
        "from monitor.sources.files.batches import read_beside\n"
        "next(batches := read_beside(sys.argv[1]))\n"
        "print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    while Path(f"/proc/{done.stdout.strip()}/exe").exists():
        time.sleep(0.02)


def test_a_large_file_is_imported_once(engine: Engine, tmp_path: Path) -> None:
    path = write_file(tmp_path / "posts", 6_000, text="Wir brauchen Decken. " * 60)
    assert path.stat().st_size > 8_000_000
    first, second = (
        steps.import_files(engine, Config(folder=Path()), [path], NOW)[0] for _ in range(2)
    )
    assert (first.format, first.new, first.quarantined) == ("jsonl", 6_000, 0)
    assert (second.new, second.known, second.updated) == (0, 6_000, 0)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(posts)) == 6_000

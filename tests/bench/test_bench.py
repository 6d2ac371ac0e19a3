"""The measuring itself: what it feeds and what it counts."""

import json
import sys
from pathlib import Path

import pytest

from bench.child import run
from bench.import_posts import write_posts
from bench.markdown import table
from data.records import post_from_json


def test_every_written_post_is_one_that_the_import_reads(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    write_posts(path, 50)
    posts = [post_from_json(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    assert len({post.key for post in posts}) == 50


def test_the_peak_of_a_process_is_its_own() -> None:
    small = run([sys.executable, "-c", "print(1)"])
    large = run([sys.executable, "-c", "x = bytearray(200 * 2**20); print(len(x))"])
    assert small.output == "1\n"
    assert large.peak_mb - small.peak_mb > 100


def test_what_a_process_starts_itself_is_measured_with_it_and_apart() -> None:
    works = "x = bytearray(100 * 2**20); print(sum(range(2 * 10**7)))"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {works!r}])"
    cost = run([sys.executable, "-c", starts])
    assert 0 < cost.beside_seconds < cost.cpu_seconds
    assert cost.together_mb > 100


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_table_has_text_first_and_figures_after() -> None:
    assert table(["a", "b"], [["x", "1"]]).splitlines() == [
        "| a | b |",
        "| --- | ---: |",
        "| x | 1 |",
    ]

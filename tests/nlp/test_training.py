"""Training: the same posts give the same file, and held-out parts say what probabilities mean."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn (extra train) is not installed")

from data.corpus import read_corpus
from nlp.crossval import cross_validate
from nlp.learn import examples_of
from nlp.linear import Linear, likely
from nlp.training import calibrate, likelihoods, read_plan, train


@pytest.fixture(scope="module")
def posts() -> list[dict[str, Any]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    for post in read_corpus():
        parts.setdefault(post["part"], []).append(post)
    return [post for part in ("posts", "posts_2") for post in parts[part][:100]]


def test_the_same_posts_give_the_same_bytes(posts: list[dict[str, Any]], tmp_path: Path) -> None:
    plan = read_plan()
    for name in ("one", "two"):
        train(examples_of(posts), plan).write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_runs_says_the_same_as_what_was_trained(posts: list[dict[str, Any]]) -> None:
    examples = examples_of(posts)
    weights = train(examples, read_plan())
    expected = likelihoods(weights, examples)
    model = Linear(weights)
    from nlp.words import split

    text = "Decken gesucht Kinderwagen"
    single = examples_of([{**posts[0], "text": text}])
    (judged,) = model.judge([split(text)], single.rules)
    assert np.allclose(likely(judged.odds), likelihoods(weights, single)[0], atol=1e-4)
    assert expected.shape == (len(posts), len(weights.labels))


def test_odds_that_say_nothing_become_the_share_of_the_label() -> None:
    plan = dataclasses.replace(read_plan(), per_label=())
    truth = np.zeros((1_000, 22), dtype=bool)
    truth[:100] = True
    found = calibrate(np.random.default_rng(1).normal(0, 1e-3, truth.shape), truth, plan)
    topics = found.shift[:15]
    assert 1 / (1 + np.exp(-topics)) == pytest.approx(np.full(15, 0.1), abs=0.02)


def test_each_part_is_judged_by_a_model_of_the_others(posts: list[dict[str, Any]]) -> None:
    report = cross_validate(posts, read_plan())
    assert dict(report.posts) == {"posts": 100, "posts_2": 100}
    assert set(report.model) == {"posts", "posts_2", "all"}
    assert 0.3 < report.model["all"]["topics"].micro.f1 < 1
    assert report.model["all"]["places"] == report.rules["all"]["places"]
    assert sum(each.labels for each in report.calibration["topics"]) == 200 * 15
    assert set(report.learning) == {0.25, 0.5, 1.0}

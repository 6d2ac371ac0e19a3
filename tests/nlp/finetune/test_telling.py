"""The tables of posts held out: each part by thresholds of the others, the surest intent given."""

import numpy as np

from nlp.examples import LABELS
from nlp.finetune.held_out import HeldOut, columns, f1, figures_of, judge
from nlp.finetune.telling import tables

POSTS = 240


def _held_out() -> HeldOut:
    draw = np.random.default_rng(3)
    truth = draw.random((POSTS, len(LABELS))) < 0.3
    sure = np.where(truth, 3.0, -3.0) + draw.normal(0, 1, truth.shape)
    return HeldOut(
        draw.normal(0, 1, truth.shape), sure, truth, np.repeat(["posts", "posts_2", "posts_3"], 80)
    )


def test_the_model_that_knows_more_is_heard_more() -> None:
    figures = figures_of(_held_out())
    assert figures["linear"]["topics"] < 0.6
    assert figures["combined"]["topics"] > 0.97


def test_every_post_has_an_intent() -> None:
    assert judge(_held_out()).given[:, columns("intents")].any(axis=1).all()


def test_the_tables_name_each_part_and_label_once() -> None:
    told = tables(_held_out())
    assert told.count("| posts_2 | 80 |") == 1
    assert told.count("| all | 240 |") == 1
    assert all(told.count(f"| {label.partition(':')[2]} |") == 1 for label in LABELS)


def test_f1_counts_what_is_wrong_and_what_is_missed_alike() -> None:
    given = np.array([True, True, False, False])
    assert f1(given, np.array([True, False, True, False])) == 0.5
    assert f1(np.zeros(2, dtype=bool), np.zeros(2, dtype=bool)) == 1.0

"""Two models' log odds become one probability."""

import numpy as np

from nlp.combination import fit, of_file
from nlp.linear import likely

LABELS = ("topics:essen", "topics:recht", "intents:frage", "urgent:urgent")
DRAW = np.random.default_rng(5)
TRUE_ODDS = DRAW.normal(-1, 2, size=(4_000, 4))
TRUTH = DRAW.random(TRUE_ODDS.shape) < likely(TRUE_ODDS)
GOOD = TRUE_ODDS + DRAW.normal(0, 0.3, TRUE_ODDS.shape)
NOISE = DRAW.normal(0, 1, TRUE_ODDS.shape)


def test_the_model_that_knows_more_counts_more() -> None:
    found = fit(LABELS, NOISE, GOOD, TRUTH)
    assert (found.encoder > 0.7).all()
    assert (np.abs(found.linear) < 0.2).all()


def test_probabilities_mean_the_share_that_is_true() -> None:
    said = fit(LABELS, NOISE, GOOD / 3 + 1, TRUTH).likely(NOISE, GOOD / 3 + 1)
    for low in np.arange(0, 1, 0.2):
        met = (said >= low) & (said < low + 0.2)
        assert abs(said[met].mean() - TRUTH[met].mean()) < 0.06


def test_the_file_holds_the_combination() -> None:
    found = fit(LABELS, NOISE, GOOD, TRUTH)
    again = of_file(found.told())
    assert again.labels == LABELS
    assert np.allclose(again.likely(NOISE, GOOD), found.likely(NOISE, GOOD), atol=1e-4)
    assert np.allclose(again.thresholds, found.thresholds)

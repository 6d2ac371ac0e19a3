"""Trains the linear model from labelled posts. Needs scikit-learn (the extra `train`)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError
from nlp.cuts import best_cut
from nlp.examples import LABELS, Examples
from nlp.features import BUCKETS
from nlp.linear import Weights

TRAINING_FILE = Path(__file__).parent / "training.toml"
_FEWEST = 3  # posts of a label; with fewer it is never given
_NEVER = -4.0  # log odds of such a label
Odds = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of training.toml, which explains them."""

    seed: int
    strength: float
    rules_scale: float
    rarest: int
    fields: tuple[str, ...]
    per_label: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """One linear model before rounding: weights of buckets and of rules by label, and bias."""

    pieces: Odds
    rules: Odds
    bias: Odds


@dataclass(frozen=True, slots=True)
class Calibration:
    """From odds to probabilities (`slope`, `shift` by label), and from there to labels."""

    slope: Odds
    shift: Odds
    thresholds: Odds


def read_plan(path: Path = TRAINING_FILE) -> Plan:
    """Read the settings. Raises ModelError with the file and what is wrong."""
    try:
        with path.open("rb") as file:
            told = tomllib.load(file)
        return Plan(**{**told, **{key: tuple(told[key]) for key in ("fields", "per_label")}})
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            de=f"{path}: die Trainingseinstellungen sind nicht lesbar ({error}).",
            en=f"{path}: the settings of training cannot be read ({error}).",
        ) from error


def train(examples: Examples, plan: Plan) -> Weights:
    """Train on all posts; probabilities and thresholds come from parts held out in turn."""
    odds = held_out(examples, plan)
    calibration = calibrate(odds, examples.truth, plan)
    fitted = fit(examples, plan)
    pieces = fitted.pieces * calibration.slope
    scale = np.maximum(np.abs(pieces).max(axis=0), 1e-9) / 127
    return Weights(
        labels=LABELS,
        names=examples.names,
        fields=plan.fields,
        pieces=np.round(pieces / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        rules=(fitted.rules * calibration.slope).astype(np.float32),
        bias=(fitted.bias * calibration.slope + calibration.shift).astype(np.float32),
        thresholds=calibration.thresholds.astype(np.float32),
    )


def fit(examples: Examples, plan: Plan) -> Fit:
    """Fit one linear model a label; rare pieces weigh nothing, frequent ones little."""
    sparse, svm = _libraries()
    posts = examples.truth.shape[0]
    matrix = sparse.csr_matrix(
        (examples.values, examples.buckets, examples.ends), shape=(posts, BUCKETS)
    )
    matrix.sum_duplicates()
    seen = np.bincount(matrix.indices, minlength=BUCKETS)
    used = np.flatnonzero(seen >= plan.rarest)
    rarity = np.log((1 + posts) / (1 + seen[used]))
    table = sparse.hstack(
        [
            matrix[:, used] @ sparse.diags(rarity),
            sparse.csr_matrix(examples.rules.astype(np.float64) * plan.rules_scale),
        ]
    ).tocsr()
    pieces = np.zeros((BUCKETS, len(LABELS)))
    rules = np.zeros((examples.rules.shape[1], len(LABELS)))
    bias = np.full(len(LABELS), _NEVER)
    for label in range(len(LABELS)):
        wanted = examples.truth[:, label]
        if min(wanted.sum(), posts - wanted.sum()) < _FEWEST:
            continue
        machine = svm.LinearSVC(C=plan.strength, random_state=plan.seed)
        machine.fit(table, wanted)
        found = machine.coef_[0]
        pieces[used, label] = found[: len(used)] * rarity
        rules[:, label] = found[len(used) :] * plan.rules_scale
        bias[label] = machine.intercept_[0]
    return Fit(pieces, rules, bias)


def odds_of(fitted: Fit, examples: Examples) -> Odds:
    """Return what a fit says of posts: one row a post, one column a label."""
    sparse, _ = _libraries()
    matrix = sparse.csr_matrix(
        (examples.values, examples.buckets, examples.ends), shape=(len(examples.truth), BUCKETS)
    )
    odds: Odds = matrix @ fitted.pieces + examples.rules @ fitted.rules + fitted.bias
    return odds


def likelihoods(weights: Weights, examples: Examples) -> Odds:
    """Return the probabilities that a model gives posts: one row a post, one column a label."""
    pieces = weights.pieces.astype(np.float64) * weights.scale
    fitted = Fit(pieces, weights.rules.astype(np.float64), weights.bias.astype(np.float64))
    return _sigmoid(odds_of(fitted, examples))


def held_out(examples: Examples, plan: Plan) -> Odds:
    """Return the odds of each post by a fit on the other parts; with one part, by every fifth."""
    parts = examples.parts
    if len(set(parts)) < 2:
        parts = np.array([str(number % 5) for number in range(len(parts))])
    odds = np.zeros(examples.truth.shape)
    for part in sorted(set(parts)):
        out = parts == part
        odds[out] = odds_of(fit(examples.chosen(~out), plan), examples.chosen(out))
    return odds


def calibrate(odds: Odds, truth: Truth, plan: Plan) -> Calibration:
    """Fit Platt's curve for each field's labels together, then the thresholds of best F1."""
    slope, shift = np.ones(len(LABELS)), np.zeros(len(LABELS))
    thresholds = np.full(len(LABELS), 0.5)
    for field in ("topics", "intents", "urgent"):
        mine = [at for at, label in enumerate(LABELS) if label.startswith(f"{field}:")]
        a, b = _platt(odds[:, mine].ravel(), truth[:, mine].ravel())
        slope[mine], shift[mine] = a, b
        likely = _sigmoid(odds[:, mine] * a + b)
        thresholds[mine] = best_cut(likely, truth[:, mine])
        for column, at in enumerate(mine):
            if LABELS[at] in plan.per_label:
                thresholds[at] = best_cut(likely[:, column], truth[:, at])
    return Calibration(slope, shift, thresholds)


def _platt(odds: Odds, truth: Truth) -> tuple[float, float]:
    """Fit sigmoid(a·odds + b) by Newton's method, with Platt's smoothed targets."""
    yes, no = truth.sum(), (~truth).sum()
    wanted = np.where(truth, (yes + 1) / (yes + 2), 1 / (no + 2))
    design = np.stack([odds, np.ones_like(odds)], axis=1)
    found = np.array([1.0, 0.0])
    for _ in range(50):
        likely = _sigmoid(design @ found)
        gradient = design.T @ (likely - wanted)
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, gradient)
        found -= np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    if found[0] > 0:
        return float(found[0]), float(found[1])
    rate = (yes + 1) / (len(truth) + 2)  # the odds say nothing: all have the share of the label
    return 1e-6, float(np.log(rate / (1 - rate)))


def _sigmoid(odds: Odds) -> Odds:
    likely: Odds = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return likely


def _libraries() -> tuple[Any, Any]:
    try:
        from scipy import sparse
        from sklearn import svm
    except ImportError as error:
        raise ModelError(
            de="Zum Trainieren fehlt scikit-learn. pip install 'hhhilft-monitor[train]' holt es.",
            en="Training needs scikit-learn. pip install 'hhhilft-monitor[train]' gets it.",
        ) from error
    return sparse, svm

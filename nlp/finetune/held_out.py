"""How both models do, alone and together, on posts that neither had seen."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp import combination
from nlp.examples import LABELS


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What both models say of posts that neither had seen: log odds and truth, (posts, labels)."""

    linear: NDArray[np.float64]
    encoder: NDArray[np.float64]
    truth: NDArray[np.bool_]
    parts: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """Probabilities and labels given, (posts, labels)."""

    likely: NDArray[np.float64]
    given: NDArray[np.bool_]


def judge(found: HeldOut) -> Judged:
    """Judge each part by a combination and thresholds fitted on the other held-out parts.

    The surest intent is always given, as the program does.
    """
    judged = _judge(found, found.linear, found.encoder)
    intents = columns("intents")
    surest = judged.likely[:, intents].argmax(axis=1)
    judged.given[np.arange(len(surest)), np.array(intents)[surest]] = True
    return judged


def columns(field: str) -> list[int]:
    """Return where the labels of a field stand."""
    return [at for at, label in enumerate(LABELS) if label.startswith(f"{field}:")]


def f1(given: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Return the micro-F1; 1 where nothing was to find and nothing was given."""
    all_ = int(given.sum() + true.sum())
    return 2 * int((given & true).sum()) / all_ if all_ else 1.0


def figures_of(found: HeldOut) -> dict[str, dict[str, float]]:
    """Return the micro-F1 of each field: linear, encoder, combined, each with its thresholds."""
    nothing = np.zeros_like(found.linear)
    ways = {
        "linear": (found.linear, nothing),
        "encoder": (nothing, found.encoder),
        "combined": (found.linear, found.encoder),
    }
    scores = {}
    for name, odds in ways.items():
        given = _judge(found, *odds).given
        scores[name] = {
            field: round(f1(given[:, columns(field)], found.truth[:, columns(field)]), 4)
            for field in combination.FIELDS
        }
    return scores


def _judge(found: HeldOut, linear: NDArray[np.float64], encoder: NDArray[np.float64]) -> Judged:
    likely = np.zeros(found.truth.shape)
    given = np.zeros_like(found.truth)
    for part in sorted(set(found.parts)):
        out = found.parts == part
        fitted = combination.fit(LABELS, linear[~out], encoder[~out], found.truth[~out])
        likely[out] = fitted.likely(linear[out], encoder[out])
        given[out] = likely[out] >= fitted.thresholds
    return Judged(likely, given)

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


def figures_of(found: HeldOut) -> dict[str, dict[str, float]]:
    """Return the micro-F1 of each field: linear, encoder, combined.

    For each part the combination and all thresholds are fitted on the other held-out parts.
    """
    nothing = np.zeros_like(found.linear)
    ways = {
        "linear": (found.linear, nothing),
        "encoder": (nothing, found.encoder),
        "combined": (found.linear, found.encoder),
    }
    return {name: _f1(found, *odds) for name, odds in ways.items()}


def _f1(
    found: HeldOut, linear: NDArray[np.float64], encoder: NDArray[np.float64]
) -> dict[str, float]:
    given = np.zeros_like(found.truth)
    for part in sorted(set(found.parts)):
        out = found.parts == part
        fitted = combination.fit(LABELS, linear[~out], encoder[~out], found.truth[~out])
        given[out] = fitted.likely(linear[out], encoder[out]) >= fitted.thresholds
    scores = {}
    for field in combination.FIELDS:
        mine = [at for at, label in enumerate(LABELS) if label.startswith(f"{field}:")]
        both = (given[:, mine] & found.truth[:, mine]).sum()
        all_ = given[:, mine].sum() + found.truth[:, mine].sum()
        scores[field] = round(float(2 * both / max(1, all_)), 4)
    return scores

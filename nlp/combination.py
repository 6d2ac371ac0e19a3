"""Puts the linear model's and the encoder's log odds together into one probability a label.

For each field: linear · a + encoder · b + c, the same for its labels, fitted by logistic
regression on posts of authors that neither model had seen; then the threshold of best F1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.cuts import best_cut
from nlp.linear import likely

FIELDS = ("topics", "intents", "urgent")
Odds = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Combination:
    """One number a label each, in the order of `labels`."""

    labels: tuple[str, ...]
    linear: NDArray[np.float32]
    encoder: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    def likely(self, linear: NDArray[Any], encoder: NDArray[Any]) -> NDArray[np.float32]:
        """Return the probabilities; the log odds are one row a post, or one post's."""
        return likely(linear * self.linear + encoder * self.encoder + self.bias)

    def told(self) -> dict[str, Any]:
        """Give it for a file."""
        return {
            "labels": list(self.labels),
            **{
                name: [round(float(each), 5) for each in getattr(self, name)]
                for name in ("linear", "encoder", "bias", "thresholds")
            },
        }


def of_file(told: Mapping[str, Any]) -> Combination:
    """Take it from what `told` gave. Raises KeyError where something is missing."""
    return Combination(
        labels=tuple(told["labels"]),
        **{
            name: np.array(told[name], dtype=np.float32)
            for name in ("linear", "encoder", "bias", "thresholds")
        },
    )


def fit(
    labels: Sequence[str], linear: Odds, encoder: Odds, truth: NDArray[np.bool_]
) -> Combination:
    """Fit on held-out posts: log odds (posts, labels) of both models, and the true labels."""
    weights = np.zeros((4, len(labels)), dtype=np.float32)
    for field in FIELDS:
        mine = [at for at, label in enumerate(labels) if label.startswith(f"{field}:")]
        said = np.stack([linear[:, mine].ravel(), encoder[:, mine].ravel()], axis=1)
        a, b, c = _regress(said, truth[:, mine].ravel())
        odds = linear[:, mine] * a + encoder[:, mine] * b + c
        weights[:, mine] = np.array([[a], [b], [c], [best_cut(likely(odds), truth[:, mine])]])
    return Combination(tuple(labels), *weights)


def _regress(said: Odds, truth: NDArray[np.bool_]) -> Odds:
    """Logistic regression by Newton's method, hardly held back: two weights and a constant."""
    design = np.column_stack([said, np.ones(len(said))])
    found = np.zeros(3)
    for _ in range(50):
        sure = likely(design @ found)
        gradient = design.T @ (sure - truth) + 1e-3 * found
        curve = (design * (sure * (1 - sure))[:, None]).T @ design + 1e-3 * np.eye(3)
        step = np.linalg.solve(curve, gradient)
        found -= np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return found

"""The threshold on probabilities that gives the best F1."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_CUTS = np.round(np.arange(0.1, 0.8, 0.01), 2)


def best_cut(likely: NDArray[Any], truth: NDArray[np.bool_]) -> float:
    """Return it; of equal ones that nearest to a half."""

    def f1(cut: float) -> float:
        given = likely >= cut
        return float(2 * (given & truth).sum() / max(1, given.sum() + truth.sum()))

    return float(max(_CUTS, key=lambda cut: (round(f1(cut), 6), -abs(cut - 0.5))))

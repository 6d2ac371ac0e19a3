"""Moves circles apart that lie over each other, as little as possible and always the same way."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dashboard.charts.city.projection import Point

_ROUNDS = 30
_HOME = 0.06  # of the way back that a circle goes in each round, for most of the rounds
_LAST = 10  # rounds without, so that in the end none lies over another
_STEP = 0.8  # of an overlap that a round undoes; more would make circles jump to and fro
Numbers = npt.NDArray[np.float64]


def apart(homes: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Give each circle a place near its home; the larger of two gives way less."""
    if not homes:
        return []
    home = np.asarray(homes, dtype=np.float64).T
    home = home + np.arange(len(homes)) * np.array([[0.001], [0.0017]])  # none on the same spot
    size = np.asarray(radii, dtype=np.float64)
    needed = np.add.outer(size, size)
    np.fill_diagonal(needed, 0.0)
    weight = size**2
    gives = _STEP * weight[None, :] / np.add.outer(weight, weight)
    points = home.copy()
    for step in range(_ROUNDS):
        points += _push(points, needed, gives)
        if step < _ROUNDS - _LAST:
            points += (home - points) * _HOME
    return [(float(x), float(y)) for x, y in points.T]


def _push(points: Numbers, needed: Numbers, gives: Numbers) -> Numbers:
    """Say how far each circle moves away from those that it overlaps."""
    across = points[0][:, None] - points[0][None, :]
    down = points[1][:, None] - points[1][None, :]
    distance = np.sqrt(across * across + down * down)
    share = np.maximum(needed - distance, 0.0) * gives / np.maximum(distance, 1e-9)
    return np.stack(((across * share).sum(axis=1), (down * share).sum(axis=1)))

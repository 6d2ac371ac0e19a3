"""Moves circles apart that lie over each other or over a name, a little, always the same way."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dashboard.charts.city.projection import Point

_ROUNDS = 30
_HOME = 0.06  # of the way back that a circle goes in each round, for most of the rounds
_LAST = 10  # rounds without, so that in the end none lies over another
_STEP = 0.8  # of an overlap that a round undoes; more would make circles jump to and fro
Box = tuple[float, float, float, float]  # left, top, right, bottom
Numbers = npt.NDArray[np.float64]


def apart(homes: Sequence[Point], radii: Sequence[float], boxes: Sequence[Box] = ()) -> list[Point]:
    """Give each circle a place near its home and out of the boxes; larger ones give way less."""
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
        for each in boxes:
            points += _out_of(points, size, each)
    return [(float(x), float(y)) for x, y in points.T]


def _out_of(points: Numbers, size: Numbers, box: Box) -> Numbers:
    """Say how far each circle moves out of a box: the shortest way, from within it up or down."""
    left, top, right, bottom = box
    across = points[0] - np.clip(points[0], left, right)
    down = points[1] - np.clip(points[1], top, bottom)
    distance = np.sqrt(across * across + down * down)
    within = distance == 0
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    side = np.where(points[1] < middle, -1.0, 1.0)
    leave = np.where(within, side * (half + size - np.abs(points[1] - middle)), 0.0)
    share = np.where(within, 0.0, np.maximum(size - distance, 0.0) / np.maximum(distance, 1e-9))
    return np.stack((across * share, down * share + leave))


def _push(points: Numbers, needed: Numbers, gives: Numbers) -> Numbers:
    """Say how far each circle moves away from those that it overlaps."""
    across = points[0][:, None] - points[0][None, :]
    down = points[1][:, None] - points[1][None, :]
    distance = np.sqrt(across * across + down * down)
    share = np.maximum(needed - distance, 0.0) * gives / np.maximum(distance, 1e-9)
    return np.stack(((across * share).sum(axis=1), (down * share).sum(axis=1)))

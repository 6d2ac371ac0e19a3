"""Moves the signs of a network apart, so that each can be seen and reached.

A spring layout puts what is linked closely into one heap. Halfway between the layout and an even
spread the heap opens, and what was left of something stays left of it; then signs that still
overlap push each other away.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

EVEN = 0.6  # 0: as laid out; 1: evenly spread along each axis
ROUNDS = 30  # at most
CLOSE_ENOUGH = 1.0  # of two signs over each other
Points = npt.NDArray[np.float64]


def spread(
    xs: Sequence[float], ys: Sequence[float], sizes: Sequence[float], width: float, height: float
) -> list[tuple[float, float]]:
    """Give places from 0 to `width` and 0 to `height`, in the order given; the same each time."""
    if not xs:
        return []
    points = np.stack([_axis(xs) * width, _axis(ys) * height], axis=1)
    needed = np.add.outer(np.asarray(sizes), np.asarray(sizes)) + 2.0
    for _ in range(ROUNDS):
        points, worst = _pushed(points, needed)
        points = np.clip(points, 0.0, (width, height))
        if worst < CLOSE_ENOUGH:
            break
    return [(float(x), float(y)) for x, y in points]


def _axis(values: Sequence[float]) -> Points:
    """Mix a coordinate with its rank, both from 0 to 1."""
    given = np.asarray(values, dtype=np.float64)
    ranks = given.argsort(kind="stable").argsort(kind="stable") / max(len(given) - 1, 1)
    least, most = min(values), max(values)
    wide = most - least
    linear = (given - least) / wide if wide else np.full(len(given), 0.5)
    mixed: Points = EVEN * ranks + (1 - EVEN) * linear
    return mixed


def _pushed(points: Points, needed: Points) -> tuple[Points, float]:
    """Move each sign away from those it overlaps, by half of it; say how much it was at most."""
    apart = points[:, None, :] - points[None, :, :]
    distance = np.sqrt((apart**2).sum(axis=2))
    np.fill_diagonal(distance, np.inf)
    overlap = np.maximum(needed - distance, 0.0)
    step = (overlap / np.maximum(distance, 1e-6) * 0.5)[:, :, None] * apart
    same = distance < 1e-6  # signs on the very same place leave it in their order
    nudged: Points = points + 0.5 * step.sum(axis=1)
    nudged[:, 0] += same.sum(axis=1) * np.arange(len(points)) * 0.01
    return nudged, float(overlap.max())

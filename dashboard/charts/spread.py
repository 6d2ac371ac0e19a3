"""Moves the signs of a network apart, so that each can be seen and reached.

A spring layout puts what is linked closely into one heap. Halfway between the layout and an even
spread the heap opens, and what was left of something stays left of it; then signs that still
overlap push each other away.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

EVEN = 0.6  # 0: as laid out; 1: evenly spread along each axis
ROUNDS = 30  # at most
CLOSE_ENOUGH = 1.0  # of two signs over each other
Points = npt.NDArray[np.float64]


@lru_cache(maxsize=8)  # until the next detection draws the network, everybody sees the same
def spread(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    sizes: tuple[float, ...],
    width: float,
    height: float,
) -> tuple[tuple[float, float], ...]:
    """Give places from 0 to `width` and 0 to `height`, in the order given; the same each time."""
    if not xs:
        return ()
    points = np.stack([_axis(xs) * width, _axis(ys) * height], axis=1)
    needed = np.add.outer(np.asarray(sizes), np.asarray(sizes)) + 2.0
    for _ in range(ROUNDS):
        points, worst = _pushed(points, needed)
        points = np.clip(points, 0.0, (width, height))
        if worst < CLOSE_ENOUGH:
            break
    return tuple((float(x), float(y)) for x, y in points)


def _axis(values: tuple[float, ...]) -> Points:
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
    across, down = (each[:, None] - each[None, :] for each in points.T)
    squares = across * across + down * down
    over = squares < needed * needed
    np.fill_diagonal(over, val=False)
    one, other = np.nonzero(over)  # few of all pairs
    distance = np.sqrt(squares[one, other])
    overlap = needed[one, other] - distance
    share = overlap / np.maximum(distance, 1e-6) * 0.25  # half of it, and half of that by each
    count = len(points)
    nudged = points.copy()
    nudged[:, 0] += np.bincount(one, share * across[one, other], count)
    nudged[:, 1] += np.bincount(one, share * down[one, other], count)
    same = distance < 1e-6  # signs on the very same place leave it in their order
    nudged[:, 0] += np.bincount(one[same], minlength=count) * np.arange(count) * 0.01
    return nudged, float(overlap.max(initial=0.0))

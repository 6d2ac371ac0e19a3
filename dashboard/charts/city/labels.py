"""Where names stand: beside their circles, over no other circle and no other name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_SURE = 3  # names
_SPACE = 4.0  # between a circle and its name
_LETTER = 0.58  # of the size of the letters, how wide one is on average


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle with the name that belongs to it."""

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name, where its line begins, ends or has its middle (`anchor`, as SVG calls it)."""

    name: str
    x: float
    y: float
    anchor: str


Box = tuple[float, float, float, float]  # left, top, right, bottom
Numbers = npt.NDArray[np.float64]


def labels(
    circles: Sequence[Circle], most: int, size: float, paper: Box, chosen: str = ""
) -> list[Label]:
    """Place names in the order of `circles`, at most `most`; that of `chosen` comes first.

    The first _SURE names stand where they cover the least of other circles, all others only where
    they cover none. `size`: of the letters. `paper`: within which names stand.
    """
    rows = np.array([[each.x, each.y, each.radius] for each in circles], dtype=np.float64)
    placed: list[Label] = []
    taken: list[Box] = []
    order = sorted(range(len(circles)), key=lambda index: circles[index].name != chosen)
    for rank, index in enumerate(order):
        if len(placed) == most:
            break
        spots = [
            (_covered(box, rows, index), number, label, box)
            for number, (label, box) in enumerate(_spots(circles[index], size))
            if _within(box, paper) and not any(_meet(box, other) for other in taken)
        ]
        spots = [each for each in spots if rank < _SURE or not each[0]]
        if spots:
            _, _, label, box = min(spots, key=lambda each: each[:2])
            placed.append(label)
            taken.append(box)
    return placed


def _spots(circle: Circle, size: float) -> list[tuple[Label, Box]]:
    """List where the name may stand: right, left, below, above, then at the corners."""
    wide = len(circle.name) * size * _LETTER
    aside, corner = circle.radius + _SPACE, circle.radius * 0.75 + 2
    middle, low, high = size * 0.36, circle.radius * 0.7 + size, -circle.radius * 0.7 - 2
    found = []
    for anchor, x, y in (
        ("start", aside, middle),
        ("end", -aside, middle),
        ("middle", 0.0, circle.radius + size),
        ("middle", 0.0, -circle.radius - _SPACE),
        ("start", corner, low),
        ("end", -corner, low),
        ("start", corner, high),
        ("end", -corner, high),
    ):
        label = Label(circle.name, circle.x + x, circle.y + y, anchor)
        left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        found.append((label, (left, label.y - size * 0.8, left + wide, label.y + size * 0.25)))
    return found


def _within(box: Box, paper: Box) -> bool:
    return box[0] >= paper[0] and box[1] >= paper[1] and box[2] <= paper[2] and box[3] <= paper[3]


def _covered(box: Box, rows: Numbers, own: int) -> float:
    """Measure the circles other than its own that reach into a box: their radii, squared."""
    across = rows[:, 0] - np.clip(rows[:, 0], box[0], box[2])
    down = rows[:, 1] - np.clip(rows[:, 1], box[1], box[3])
    covered = across * across + down * down < rows[:, 2] * rows[:, 2]
    covered[own] = False
    return float((rows[covered, 2] ** 2).sum())


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

"""Where names stand: beside their circles, over no other circle and no other name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.charts.city.apart import Box, Numbers

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

    def box(self, size: float) -> Box:
        """Give the space that it takes up, in letters of this size."""
        wide = len(self.name) * size * _LETTER
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - size * 0.8, left + wide, self.y + size * 0.25


def sure_labels(
    circles: Sequence[Circle], which: Sequence[str], size: float, paper: Box
) -> list[Label]:
    """Place these names, where they cover the least of other circles.

    `size`: of the letters. `paper`: within which names stand.
    """
    order = [index for index, each in enumerate(circles) if each.name in which]
    return _placed(circles, order, [], size, paper)


def other_labels(
    circles: Sequence[Circle], placed: Sequence[Label], most: int, size: float, paper: Box
) -> list[Label]:
    """Place more names, up to `most`, in the order of `circles` and where they cover none."""
    done = {each.name for each in placed}
    order = [index for index, each in enumerate(circles) if each.name not in done]
    return _placed(circles, order, placed, size, paper, most=most - len(placed))


def _placed(
    circles: Sequence[Circle],
    order: Sequence[int],
    before: Sequence[Label],
    size: float,
    paper: Box,
    most: int | None = None,
) -> list[Label]:
    """Place names in this order. `most`: up to so many, which may cover none; None: all."""
    rows = np.array([[each.x, each.y, each.radius] for each in circles], dtype=np.float64)
    placed: list[Label] = []
    taken = [each.box(size) for each in before]
    for index in order:
        if len(placed) == most:
            break
        spots = []
        for number, label in enumerate(_spots(circles[index], size)):
            box = label.box(size)
            if _within(box, paper) and not any(_meet(box, other) for other in taken):
                covered = _covered(box, rows, index)
                if most is None or not covered:
                    spots.append((covered, number, label, box))
        if spots:
            _, _, label, box = min(spots, key=lambda each: each[:2])
            placed.append(label)
            taken.append(box)
    return placed


def _spots(circle: Circle, size: float) -> list[Label]:
    """List where the name may stand: right, left, below, above, then at the corners."""
    aside, corner = circle.radius + _SPACE, circle.radius * 0.75 + 2
    middle, low, high = size * 0.36, circle.radius * 0.7 + size, -circle.radius * 0.7 - 2
    return [
        Label(circle.name, circle.x + x, circle.y + y, anchor)
        for anchor, x, y in (
            ("start", aside, middle),
            ("end", -aside, middle),
            ("middle", 0.0, circle.radius + size),
            ("middle", 0.0, -circle.radius - _SPACE),
            ("start", corner, low),
            ("end", -corner, low),
            ("start", corner, high),
            ("end", -corner, high),
        )
    ]


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

"""From latitude and longitude to a place in the picture; the middle of the city is drawn larger.

Two thirds of the Stadtteile lie within nine kilometres of the Alster. Distances from there grow
less and less towards the edge, directions stay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from dashboard.charts.city.outline import EDGE

_MIDDLE = (53.562, 9.995)  # the southern Alster
_KILOMETRES = 111.2  # of a degree of latitude
_REACH = 24.0  # kilometres from the middle to the farthest edge
_LARGER = 1.1  # how many times more than at the edge's average the middle is enlarged

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a picture and the space that it leaves free at each side, in its own units."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    def at(self, lat: float, lon: float) -> Point:
        """Give the place of a coordinate in the picture."""
        x, y = _enlarged(lat, lon)
        west, south, east, north = _bounds()
        across = (self.width - self.left - self.right) / (east - west)
        down = (self.height - self.top - self.bottom) / (north - south)
        return self.left + (x - west) * across, self.top + (north - y) * down

    def path(self, line: Iterable[Point], *, closed: bool = False) -> str:
        """Write a line of coordinates as a smooth SVG path."""
        return smooth([self.at(*each) for each in line], closed=closed)


def smooth(points: Sequence[Point], *, closed: bool) -> str:
    """Write a path of Bézier curves through all points (Catmull-Rom)."""
    count = len(points)
    last = count if closed else count - 1
    steps = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for index in range(last):
        before = points[index - 1] if closed or index else points[0]
        here, there = points[index], points[(index + 1) % count]
        after = points[(index + 2) % count] if closed or index + 2 < count else there
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        steps.append(
            f"C{first[0]:.1f} {first[1]:.1f} {second[0]:.1f} {second[1]:.1f} "
            f"{there[0]:.1f} {there[1]:.1f}"
        )
    return "".join(steps) + ("Z" if closed else "")


def _enlarged(lat: float, lon: float) -> Point:
    """Give kilometres east and north of the middle, those of the centre enlarged."""
    x = (lon - _MIDDLE[1]) * _KILOMETRES * cos(radians(_MIDDLE[0]))
    y = (lat - _MIDDLE[0]) * _KILOMETRES
    far = hypot(x, y) / _REACH
    factor = (1 + _LARGER) / (1 + _LARGER * far)
    return x * factor, y * factor


@cache
def _bounds() -> tuple[float, float, float, float]:
    """Give the city's outermost values: west, south, east, north."""
    points = [_enlarged(*each) for each in EDGE]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)

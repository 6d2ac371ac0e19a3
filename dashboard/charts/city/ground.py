"""The land and the water under the places, lightly."""

from functools import cache

from dashboard.charts.city import outline
from dashboard.charts.city.projection import Frame, Point
from dashboard.drawing import Part, part, words

ISLAND = "Neuwerk"  # lies in the mouth of the Elbe, a hundred kilometres away: drawn in the corner
_WIDTH = 680.0  # of the picture for which the rivers' widths are given
_SURFACES = (outline.LOWER_ELBE, outline.OUTER_ALSTER, outline.INNER_ALSTER)
_RIVERS = (
    (outline.NORTHERN_ELBE, 8.0),
    (outline.SOUTHERN_ELBE, 6.0),
    (outline.UPPER_ELBE, 6.0),
    (outline.ALSTER, 2.5),
)
_NAMES = (("Elbe", 53.383, 10.292),)


def ground(svg: Part, frame: Frame, letters: float) -> None:
    """Draw land and water, and the island in its corner; `letters`: their size."""
    under = part(svg, "g", aria_hidden="true")
    land, surfaces, rivers = _paths(frame)
    part(under, "path", d=land, klass="land")
    for each in surfaces:
        part(under, "path", d=each, klass="lake")
    for path, wide in rivers:
        part(under, "path", d=path, klass="river", stroke_width=wide)
    for name, lat, lon in _NAMES:
        x, y = frame.at(lat, lon)
        words(under, name, x=x, y=y + letters * 0.3, klass="water-name", text_anchor="middle")
    x, y = island(letters)
    part(under, "circle", cx=x, cy=y, r=letters, klass="land")
    words(under, ISLAND, x=x + letters * 1.4, y=y + letters * 0.3, klass="water-name")


def island(letters: float) -> Point:
    """Give where Neuwerk stands: in the corner."""
    return letters * 1.6, letters * 1.6


@cache
def _paths(frame: Frame) -> tuple[str, tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Write the paths of a frame; there are as many frames as kinds of maps."""
    unit = frame.width / _WIDTH
    return (
        frame.path(outline.EDGE, closed=True),
        tuple(frame.path(each, closed=True) for each in _SURFACES),
        tuple((frame.path(line), wide * unit) for line, wide in _RIVERS),
    )

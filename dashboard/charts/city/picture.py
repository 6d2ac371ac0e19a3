"""Draws the places over the city's outline: size is how many posts, sign and outline the gap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.charts.city.apart import Box, apart
from dashboard.charts.city.ground import ISLAND, ground, island
from dashboard.charts.city.labels import Circle, Label, other_labels, sure_labels
from dashboard.charts.city.projection import Frame, Point
from dashboard.drawing import Drawing, Part, part, picture, words

_SMALLEST = 3.5  # radius of one post
STRONG = 3  # from this gap on, the fill is full
_SURE = 3  # names for which circles make room
_SQUARE = 0.886  # half the side of a square as large as a circle
_EDGE = 2.0  # left free around names


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw. `said`: all about it in words; `href`: where it leads."""

    name: str
    lat: float
    lon: float
    posts: int
    gap: int | None  # needs minus offers; None: nothing is sought or offered
    said: str
    href: str
    square: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How large all is drawn: circles, the space each has at least, letters, how many names."""

    frame: Frame
    largest: float
    space: float
    letters: float
    names: int
    class_name: str


WIDE = Look(Frame(680, 610, 14, 12, 14, 12), 31.0, 7.5, 13.0, 30, "map-wide")
SMALL = Look(Frame(460, 400, 8, 8, 8, 8), 22.0, 4.5, 13.0, 12, "map-wide")
NARROW = Look(Frame(320, 346, 4, 6, 4, 6), 18.0, 8.5, 13.0, 9, "map-narrow")
FEW_WIDE, FEW_NARROW = replace(WIDE, largest=50.0), replace(NARROW, largest=28.0)  # for Bezirke


def city_map(spots: Sequence[Spot], look: Look, label: str, chosen: str = "") -> Drawing:
    """Draw the spots as links, most posts first; places without posts are dots."""
    return _drawing(tuple(spots), look, label, chosen, links=True)


def city_picture(spots: Sequence[Spot], look: Look, label: str) -> Drawing:
    """Draw the same as one picture, which `label` describes."""
    return _drawing(tuple(spots), look, label, "", links=False)


def _drawing(
    spots: tuple[Spot, ...], look: Look, label: str, chosen: str, *, links: bool
) -> Drawing:
    svg = _drawn(spots, look, label, chosen, links=links)
    return Drawing(svg, f"city {look.class_name}")


@lru_cache(maxsize=32)  # some 50 KB each: most of what changes in a store changes no map
def _drawn(spots: tuple[Spot, ...], look: Look, label: str, chosen: str, *, links: bool) -> str:
    svg = picture(look.frame.width, look.frame.height, label)
    svg.set("role", "group" if links else "img")
    ground(svg, look.frame, look.letters)
    there = [each for each in spots if each.posts]
    circles, names = _circles_and_names(there, look, chosen)
    _dots(svg, [each for each in spots if not each.posts], circles, look)
    for spot, circle in zip(there, circles, strict=True):
        holder = _link(svg, spot, chosen) if links else part(svg, "g", klass=_classes(spot))
        _sign(holder, spot, circle, look)
    _names(svg, names, chosen)
    return svg.written()


def _home(spot: Spot, look: Look) -> Point:
    return island(look.letters) if spot.name == ISLAND else look.frame.at(spot.lat, spot.lon)


def _circles_and_names(
    spots: Sequence[Spot], look: Look, chosen: str
) -> tuple[list[Circle], list[Label]]:
    """Place the circles, which make room for the first names, then all names.

    Circles stand where they stand whatever is chosen.
    """
    paper = (_EDGE, _EDGE, look.frame.width - _EDGE, look.frame.height - _EDGE)
    tight = _named(_circles(spots, look, []))
    first = sure_labels(tight, [each.name for each in tight[:_SURE]], look.letters, paper)
    circles = _circles(spots, look, [each.box(look.letters) for each in first])
    if chosen and all(each.name != chosen for each in first):
        first += sure_labels(_named(circles), [chosen], look.letters, paper)
    others = other_labels(_named(circles), first, look.names, look.letters, paper)
    return circles, [*first, *others]


def _named(circles: Sequence[Circle]) -> list[Circle]:
    """Leave out the island, whose name always stands there."""
    return [each for each in circles if each.name != ISLAND]


def _circles(spots: Sequence[Spot], look: Look, boxes: Sequence[Box]) -> list[Circle]:
    most = max((each.posts for each in spots), default=1)
    radii = [max(look.largest * (each.posts / most) ** 0.5, _SMALLEST) for each in spots]
    places = apart(
        [_home(each, look) for each in spots],
        [max(radius + 1.5, look.space) for radius in radii],
        boxes,
    )
    return [
        Circle(spot.name, x, y, radius)
        for spot, radius, (x, y) in zip(spots, radii, places, strict=True)
    ]


def _dots(svg: Part, spots: Sequence[Spot], circles: Sequence[Circle], look: Look) -> None:
    """Draw a dot for each place of which nothing is said, but under no circle."""
    dots = part(svg, "g", aria_hidden="true", klass="silent")
    for spot in spots:
        x, y = _home(spot, look)
        if all((each.x - x) ** 2 + (each.y - y) ** 2 > (each.radius + 3) ** 2 for each in circles):
            dot = part(dots, "circle", cx=x, cy=y, r=1.6)
            part(dot, "title").text = spot.said


def _link(svg: Part, spot: Spot, chosen: str) -> Part:
    link = part(svg, "a", href=spot.href, klass=_classes(spot), aria_label=spot.said)
    if spot.name == chosen:
        link.set("aria-current", "true")
    part(link, "title").text = spot.said
    return link


def _classes(spot: Spot) -> str:
    if not spot.gap:
        return "spot"
    strong = " strong" if abs(spot.gap) >= STRONG else ""
    return f"spot spot-{'need' if spot.gap > 0 else 'offer'}{strong}"


def _sign(holder: Part, spot: Spot, circle: Circle, look: Look) -> None:
    """Draw the circle, what around it reacts to a finger, and the gap in it where that fits."""
    x, y, radius = circle.x, circle.y, circle.radius
    if radius < look.space:
        part(holder, "circle", cx=x, cy=y, r=look.space, klass="hit")
    if spot.square:
        half = radius * _SQUARE
        part(
            holder,
            "rect",
            x=x - half,
            y=y - half,
            width=2 * half,
            height=2 * half,
            rx=2,
            klass="shape",
        )
    else:
        part(holder, "circle", cx=x, cy=y, r=radius, klass="shape")
    if spot.gap is not None and radius >= look.letters * 0.48:
        fits = radius >= len(gap_words(spot.gap)) * look.letters * 0.3 + 2
        words(
            holder,
            gap_words(spot.gap) if fits else gap_words(spot.gap)[0],
            x=x,
            y=y + look.letters * 0.34,
            text_anchor="middle",
            klass="gap-sign",
            aria_hidden="true",
        )


def gap_words(gap: int) -> str:
    """Write needs minus offers: +3, −2, or = where they are as many."""
    return f"{'+' if gap > 0 else '−'}{abs(gap)}" if gap else "="


def _names(svg: Part, named: Sequence[Label], chosen: str) -> None:
    above = part(svg, "g", aria_hidden="true", klass="names")
    for each in named:
        words(
            above,
            each.name,
            x=each.x,
            y=each.y,
            text_anchor=each.anchor,
            klass="node-name chosen-name" if each.name == chosen else "node-name",
        )

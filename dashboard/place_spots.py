"""The places as the map draws them, each with all about it in words."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.charts.city.picture import Spot
from dashboard.here import Here
from dashboard.place_words import in_words
from data.page_reads.balance import Place
from data.places import Place as Known
from data.places import read_places, read_stadtteile

_NONE = Place("", 0, 0, 0, 0, ())


def stadtteile_on_map() -> list[Known]:
    """List what posts may name: all Stadtteile, and the Bezirke that none is called like."""
    quarters = read_stadtteile()
    names = {each.name for each in quarters}
    return [*quarters, *(each for each in bezirke_on_map() if each.name not in names)]


def bezirke_on_map() -> list[Known]:
    """List the Bezirke."""
    return [each for each in read_places() if each.kind == "bezirk"]


def spots(
    at: Here, known: Sequence[Known], found: Sequence[Place], link: Callable[[str], str]
) -> list[Spot]:
    """Give every known place with what is said about it, most posts first.

    A Bezirk among Stadtteile is a square.
    """
    said = {each.name: each for each in found}
    mixed = any(each.kind != "bezirk" for each in known)
    drawn = [_spot(at, each, said, link, mixed) for each in known]
    return sorted(drawn, key=lambda each: (-each.posts, each.name))


def _spot(
    at: Here,
    known: Known,
    found: Mapping[str, Place],
    link: Callable[[str], str],
    mixed: bool,
) -> Spot:
    place = found.get(known.name, _NONE)
    return Spot(
        name=known.name,
        lat=known.lat,
        lon=known.lon,
        posts=place.posts,
        gap=place.gap if place.needs or place.offers else None,
        said=in_words(at, place) if place.posts else at.say("map.silent", place=known.name),
        href=link(known.name),
        square=mixed and known.kind == "bezirk",
    )

"""What is said about places, in sentences."""

from dashboard.here import Here
from dashboard.place_view import View
from data import formats
from data.page_reads.balance import Place


def in_words(at: Here, place: Place) -> str:
    """Say posts, needs and offers of a place: "Altona: 3 Beiträge, 2 Gesuche, 1 Angebot"."""
    return at.say(
        "map.said",
        place=place.name,
        posts=at.count("unit.posts", place.posts),
        needs=at.count("map.needs", place.needs),
        offers=at.count("map.offers", place.offers),
    )


def gap_sentence(at: Here, place: Place) -> str:
    """Say the gap in words."""
    if place.gap > 0:
        return at.count("place.missing", place.gap)
    return at.count("place.spare", -place.gap) if place.gap < 0 else at.say("place.even")


def versus(at: Here, view: View, now: int, before: int) -> str:
    """Compare with the days before, in words."""
    if view.days == 7:
        return at.versus(now, before)
    than = at.say("map.before", days=view.days)
    return formats.change(now, before, at.lang, than, than)

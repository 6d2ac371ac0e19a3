"""How well the details of a need and an offer fit: each question is one function.

Each returns how much of the score is left (1: all, 0: none), and a reason or None.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

from data.items import Item
from data.places import read_places
from nlp.times import ZONE, When, Window
from nlp.wishes import Wish

Reason = Mapping[str, Any]
Fit = tuple[float, Reason | None]
NEAR = 0.85  # what helps nearly as well
UNSAID = 0.88  # where only one side says what decides
NOT_SAID = {
    "wearer": 0.9,
    "trade": 0.65,
    "craft": 0.8,
    "club": 0.8,
}  # and by the kind of detail, where it weighs less than others
TOPIC, TOPIC_RISE, TOPIC_MOST = 0.46, 1.2, 0.75
HALF_NAMED = 0.12  # less, where one of the two names an item that we know and the other does not
ALIKE_LEAST, ALIKE_FULL = 0.985, 0.25  # words in common decide between offers that fit alike
SOLD = 0.8  # a thing for money
PLACE_UNSAID = 0.8
FAR_KM = 25.0  # from here on a place is as far as another
EARTH_KM = 6371.0
ALIKE = {  # languages that speakers of one another understand in part
    frozenset(("kurdisch", "kurmandschi")): 0.9,
    frozenset(("kurdisch", "sorani")): 0.8,
    frozenset(("ukrainisch", "russisch")): 0.5,
}
STEP = {"clothes": 6.0, "shoes": 1.0, "inches": 2.0, "nappies": 1.0}
GROWN, STEP_GROWN = 66, 2.0  # clothes of grown-ups, by sizes from 32; those of children by cm


def item_fit(need: Item, offer: Item) -> Fit:
    """Say whether the thing offered is the one sought, or serves for it."""
    if need.key == offer.key:
        return 1.0, {"code": "same", "item": need.key}
    if offer.of == need.key:
        return 0.9, {"code": "part", "item": offer.key, "of": need.key}
    if need.key in offer.near:
        return NEAR, {"code": "serves", "item": offer.key, "for": need.key}
    if need.key in offer.also:
        return 0.65, {"code": "serves", "item": offer.key, "for": need.key}
    if need.of == offer.key:
        return 0.6, {"code": "may_hold", "item": offer.key, "for": need.key}
    return 0.0, None


def topic_fit(topic: Item, alike: float, *, half_named: bool) -> Fit:
    """Judge two posts on a topic by how `alike` they are; at least one names no known item."""
    base = TOPIC - HALF_NAMED if half_named else TOPIC
    return min(TOPIC_MOST, base + alike * TOPIC_RISE), {"code": "topic", "topic": topic.topic}


def words_fit(alike: float) -> Fit:
    """Let words in common decide between offers that else fit alike."""
    return ALIKE_LEAST + (1 - ALIKE_LEAST) * min(1.0, alike / ALIKE_FULL), None


def details_fit(need: Wish, offer: Wish) -> Iterator[Fit]:
    """Yield each judgement beside the item, those that decide most and cost least first."""
    for kind in dict.fromkeys((*need.item.by, *offer.item.by)):
        yield values_fit(kind, need, offer)
    for judge in (size_fit, people_fit, price_fit, number_fit, place_fit, time_fit):
        yield judge(need, offer)


def values_fit(kind: str, need: Wish, offer: Wish) -> Fit:
    """Compare languages, subjects, levels or trades."""
    wanted, given = need.values.get(kind, frozenset()), offer.values.get(kind, frozenset())
    if not wanted:
        return (1.0 if not given else 0.93), None
    if not given and need.item.implied == kind and offer.item.key != need.item.key:
        return 0.4, None  # who goes along without a word of the language does not interpret
    if not given and kind == "activity" and need.item.mutual:
        return 0.55, {"code": "not_said", "kind": kind, "keys": sorted(wanted)}
    if not given:
        return NOT_SAID.get(kind, 0.7), {"code": "not_said", "kind": kind, "keys": sorted(wanted)}
    if both := wanted & given:
        return 1.0, {"code": "value", "kind": kind, "keys": sorted(both)}
    near = max(ALIKE.get(frozenset((one, other)), 0.0) for one in wanted for other in given)
    if near:
        return near, {"code": "near_value", "kind": kind, "keys": sorted(given)}
    return 0.1, None


def size_fit(need: Wish, offer: Wish) -> Fit:
    """Compare sizes; a need's age gives a range of them."""
    wanted, given = need.sizes, offer.sizes
    if not wanted or not given:
        return (1.0 if bool(wanted) == bool(given) else UNSAID), None
    if both := wanted.letters & given.letters:
        return 1.0, {"code": "size", "size": "/".join(sorted(both)).upper()}
    if wanted.letters and given.letters:
        return 0.35, None
    apart = min(
        max(low - other_high, other_low - high, 0.0)
        for low, high in wanted.in_numbers
        for other_low, other_high in given.in_numbers
    )
    shown = _range(given.in_numbers[0])
    if not apart:
        code = "size_for_age" if wanted.guessed or given.guessed else "size"
        return (0.97 if code == "size_for_age" else 1.0), {"code": code, "size": shown}
    step = STEP[offer.item.size or need.item.size]
    if max(high for _, high in wanted.in_numbers) < GROWN and step == STEP["clothes"]:
        step = STEP_GROWN
    if apart <= step:
        return 0.6, {"code": "size_near", "size": shown}
    return (0.3 if apart <= 2 * step else 0.1), None


def _range(sizes: tuple[float, float]) -> str:
    low, high = sizes
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def number_fit(need: Wish, offer: Wish) -> Fit:
    """Compare how many are sought and offered, and for how many people."""
    if need.item.topic == "unterkunft":
        wanted, given = need.people, offer.people
    else:
        wanted, given = need.count, offer.count
    if need.item.key == "zimmer" and wanted and wanted > 1 and not given:
        return 0.8, None
    if not wanted or not given or wanted == given:
        return 1.0, ({"code": "number", "count": wanted} if wanted and wanted == given else None)
    if given > wanted:
        return 1.0, {"code": "enough", "count": given, "wanted": wanted}
    if need.item.topic == "unterkunft":
        return (0.25 if given * 2 <= wanted else 0.5), None
    return 0.6 + 0.4 * given / wanted, {"code": "fewer", "count": given, "wanted": wanted}


def price_fit(need: Wish, offer: Wish) -> Fit:
    """Compare the rent asked with the most that can be paid; a thing that costs fits less well."""
    if need.item.topic == "sachspenden":
        return (SOLD if offer.sold else 1.0), None
    if need.item.key not in ("zimmer", "wohnung") or not need.price or not offer.price:
        return 1.0, None
    if offer.price <= need.price * 1.03:
        return 1.0, {"code": "price", "price": offer.price, "limit": need.price}
    return (0.5 if offer.price <= need.price * 1.15 else 0.15), None


def people_fit(need: Wish, offer: Wish) -> Fit:
    """Respect that an offer is for women or for men only."""
    only = offer.values.get("audience", frozenset())
    wants_only = need.values.get("audience", frozenset())
    who = need.values.get("person", frozenset())
    if len(only) != 1:
        if wants_only != {"frauen"}:
            return 1.0, None
        return (0.5 if offer.values.get("person", frozenset()) == {"mann"} else 0.92), None
    (group,) = only
    fitting, other = ("frau", "mann") if group == "frauen" else ("mann", "frau")
    if wants_only == only:
        return 1.0, {"code": "audience", "key": group}
    if fitting in who:
        return (1.0, {"code": "audience", "key": group}) if other not in who else (0.7, None)
    if other in who or "familie" in who:
        return 0.15, None
    return 0.8, None


def place_fit(need: Wish, offer: Wish) -> Fit:
    """Compare where both are: the same place is best, across the town is worst."""
    if not need.item.needs_place or need.anywhere or offer.anywhere:
        if shared := set(need.places) & set(offer.places):
            return 1.0, {"code": "same_place", "place": min(shared)}
        return 0.94, ({"code": "anywhere"} if need.places or offer.places else None)
    if not need.places or not offer.places:
        return PLACE_UNSAID, None
    nearest = min(
        (_distance(one, other), one, other) for one in need.places for other in offer.places
    )
    km, here, there = nearest
    if here == there:
        return 1.0, {"code": "same_place", "place": here}
    left = max(0.45, 1.0 - 0.8 * km / FAR_KM)
    if _inside(here, there):
        return max(left, 0.92), {"code": "same_bezirk", "place": here, "other": there}
    return left, {"code": "distance", "km": round(km, 1), "place": here, "other": there}


def nearest_km(need: Wish, offer: Wish) -> float:
    """Give the least distance of their places in kilometres; both name some."""
    return min(_distance(one, other) for one in need.places for other in offer.places)


@lru_cache(maxsize=20_000)
def _distance(one: str, other: str) -> float:
    """Give the distance of two places' centres in kilometres."""
    places = _places()
    if one == other or one not in places or other not in places:
        return 0.0 if one == other else FAR_KM
    here, there = places[one], places[other]
    north, east = radians(there.lat - here.lat), radians(there.lon - here.lon)
    part = (
        sin(north / 2) ** 2 + cos(radians(here.lat)) * cos(radians(there.lat)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(part))


@lru_cache(maxsize=1)
def _places() -> Mapping[str, Any]:
    return {place.name: place for place in read_places()}


def _inside(one: str, other: str) -> bool:
    places = _places()
    return (one in places and places[one].bezirk == other) or (
        other in places and places[other].bezirk == one
    )


def time_fit(need: Wish, offer: Wish) -> Fit:
    """Compare days and hours. Things can wait; a service must be there at its time."""
    wanted, given = need.when, offer.when
    timed = need.item.timed or offer.item.timed
    if wanted.until and given.start and given.start > wanted.until:
        return 0.2, None
    windows = wanted.windows or ((wanted_window(need),) if wanted.until else ())
    if given.start and windows and all(end < given.start for _, end in windows):
        return 0.2, None
    if not timed:
        return 1.0, _deadline(offer)
    if not (windows or wanted.weekly or wanted.hours) or not (
        given.windows or given.weekly or given.hours
    ):
        return (0.9 if bool(wanted) != bool(given) else 1.0), _deadline(offer)
    if windows:
        met = next((each for each in windows if _open(each, given)), None)
        if met is not None:
            return 1.0, {"code": "time", "from": met[0].isoformat(), "to": met[1].isoformat()}
        return 0.2, None
    if wanted.weekly and given.weekly:
        days = wanted.weekly & given.weekly
        if not days or not _hours_meet(wanted.hours, given.hours):
            return 0.25, None
        return 1.0, {"code": "weekdays", "days": sorted(days)}
    if not _hours_meet(wanted.hours, given.hours):
        return 0.35, None
    if wanted.weekly and given.windows:
        shared = any(begin.weekday() in wanted.weekly for begin, _ in given.windows)
        return (0.9 if shared else 0.4), None
    return 0.95, None


def wanted_window(need: Wish) -> Window:
    """Give the stretch from the post to its deadline."""
    until = need.when.until or need.at
    return need.at.astimezone(ZONE), until


def _open(window: Window, given: When) -> bool:
    """Say whether an offer is there at some time of the window."""
    begin, end = window
    if any(low < end and begin < high for low, high in given.windows):
        return True
    if not given.weekly:
        return not given.windows and (given.hours is None or _day_hours_meet(window, given.hours))
    day = begin
    while day < end:
        if day.weekday() in given.weekly and (
            given.hours is None or _day_hours_meet((max(begin, day), end), given.hours)
        ):
            return True
        day = day.replace(hour=0, minute=0) + timedelta(days=1)
    return False


def _day_hours_meet(window: Window, hours: tuple[float, float]) -> bool:
    begin, end = window
    if end - begin >= timedelta(hours=20):
        return True
    low = begin.hour + begin.minute / 60
    high = low + (end - begin).total_seconds() / 3600
    return low < hours[1] and hours[0] < high


def _hours_meet(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return one is None or other is None or (one[0] < other[1] and other[0] < one[1])


def _deadline(offer: Wish) -> Reason | None:
    ends = offer.when.ends
    return {"code": "until", "until": ends.isoformat()} if ends else None

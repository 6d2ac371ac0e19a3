"""Filters in the address: what a page is narrowed to, read safely, and what it means.

A page names the fields that it can be narrowed by:

    filters = read_filters(address, (TIME, NETWORK, TOPIC))
    narrowing(at, filters, days=14)               # for its questions: data/page_reads/narrowed.py
    filter_form(at, "/bedarf", filters, days=14)  # in the page: dashboard/filter_form.py
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote_plus

from dashboard.here import Here
from dashboard.label_names import intent_names
from dashboard.post_view import NETWORKS
from dashboard.topic_names import topic_names
from data.languages import LANGUAGES
from data.page_reads.narrowed import Narrowing
from data.page_reads.week import midnight
from data.places import read_places

TIME, FIRST, LAST = "tage", "von", "bis"  # as the address names them
NETWORK, TOPIC, INTENT, PLACE, LANG = "netz", "thema", "absicht", "ort", "sprache"
URGENT, YES = "dringend", "ja"
ALL = (TIME, NETWORK, TOPIC, INTENT, PLACE, LANG, URGENT)
STRETCHES = (1, 7, 14, 28, 90)  # days; the first of them is today alone
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address has chosen of the fields that a page has: name -> value, valid ones only."""

    fields: tuple[str, ...]
    chosen: Mapping[str, str]

    def get(self, name: str) -> str:
        """Give what is chosen, "" where nothing is."""
        return self.chosen.get(name, "")

    def without(self, *names: str) -> dict[str, str]:
        """Give the address' values but these."""
        return {name: value for name, value in self.chosen.items() if name not in names}

    @property
    def first(self) -> date | None:
        """The first day of a stretch of one's own."""
        return min(self._days) if FIRST in self.chosen else None

    @property
    def last(self) -> date | None:
        """The last day of a stretch of one's own; it belongs to it."""
        return max(self._days) if LAST in self.chosen else None

    @property
    def _days(self) -> list[date]:
        return [date.fromisoformat(self.chosen[each]) for each in (FIRST, LAST) if self.get(each)]


def read_filters(address: Mapping[str, object], fields: Sequence[str] = ALL) -> Filters:
    """Read the filters of an address; what is unknown or broken there is passed over.

    Days of one's own count before a number of days.
    """
    names = [*fields, *((FIRST, LAST) if TIME in fields else ())]
    given = {name: _valid(name, address.get(name)) for name in names}
    chosen = {name: value for name, value in given.items() if value}
    if FIRST in chosen or LAST in chosen:
        chosen.pop(TIME, None)
    return Filters(tuple(fields), chosen)


def narrowing(at: Here, filters: Filters, days: int | None = None) -> Narrowing:
    """Say what the filters mean. `days`: the page's own stretch, where none is chosen."""
    start, end = _stretch(at, filters, days)
    return Narrowing(
        start=start,
        end=end,
        network=filters.get(NETWORK) or None,
        topic=filters.get(TOPIC) or None,
        intent=filters.get(INTENT) or None,
        places=places_of(filters.get(PLACE)),
        lang=filters.get(LANG) or None,
        urgent=bool(filters.get(URGENT)),
    )


def places_of(name: str) -> tuple[str, ...]:
    """Give the names that stand for a place: of a Bezirk all that lie in it; () for none."""
    known = {each.name: each for each in read_places()}
    if name not in known:
        return ()
    if known[name].kind != "bezirk":
        return (name,)
    return tuple(each.name for each in known.values() if each.bezirk == name)


def address(path: str, values: Mapping[str, str], **changed: str) -> str:
    """Write the address of a page with these values, some of them changed; "" takes one away.

    Without a `path` it is one within the page, which is drawn anew without being loaded.
    """
    left = {key: value for key, value in {**values, **changed}.items() if value}
    if not left:
        return path or "?"
    return f"{path}?{'&'.join([f'{_coded(key)}={_coded(left[key])}' for key in left])}"


@lru_cache(maxsize=4_096)  # a page has some hundred addresses of a few words
def _coded(word: str) -> str:
    return quote_plus(word)


def _valid(name: str, value: object) -> str:
    """Give a value that the field can have, else ""; Dash hands on repeated ones as a list."""
    if not isinstance(value, str):
        return ""
    if name in (FIRST, LAST):
        return _day(value)
    known = {
        TIME: {str(each) for each in STRETCHES},
        NETWORK: NETWORKS,
        TOPIC: topic_names("de"),
        INTENT: intent_names("de"),
        PLACE: {each.name for each in read_places()},
        LANG: LANGUAGES,
        URGENT: {YES},
    }
    return value if value in known[name] else ""


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return day.isoformat() if _EARLIEST <= day <= _LATEST else ""


def _stretch(
    at: Here, filters: Filters, days: int | None
) -> tuple[datetime | None, datetime | None]:
    first, last = filters.first, filters.last
    if first is None and last is None:
        days = int(filters.get(TIME) or 0) or days
        if days is None:
            return None, None
        today = at.now.astimezone(at.zone).date()
        return midnight(today - timedelta(days=days - 1), at.zone), at.now
    return (
        midnight(first, at.zone) if first else None,
        midnight(last + timedelta(days=1), at.zone) if last else None,
    )

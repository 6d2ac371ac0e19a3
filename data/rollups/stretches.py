"""The parts of a time: which are counted, by day or by hour, and which are not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, and_, bindparam, func, select, type_coerce

from data.rollups.rules import rules
from data.rollups.truth import HOUR, Range
from data.rows import microseconds
from data.tables import posts, recounts, stale_hours

DAY = 24  # hours
MOST_STALE = 24  # hours; above, as during a large import, the posts are asked in one go
EVER = (0, 1_200_000)  # hours: from 1970 into the year 2106

_STALE = (
    select(recounts.c.rules, stale_hours.c.hour)
    .outerjoin(
        stale_hours,
        and_(stale_hours.c.hour >= bindparam("first"), stale_hours.c.hour < bindparam("last")),
    )
    .order_by(stale_hours.c.hour)
    .limit(MOST_STALE + 1)
)
_newest = select(func.max(type_coerce(posts.c.created_at, BigInteger))).scalar_subquery()
_STALE_AND_NEWEST = _STALE.add_columns(_newest.label("newest"))


class Hours(NamedTuple):
    """Tallies of 1 or 24 hours each, `first` up to before `last` (hours since 1970).

    `times` is 1 where they belong to the time, -1 where they are to be taken away from a whole day.
    """

    length: int
    first: int
    last: int
    times: int


@dataclass(frozen=True, slots=True)
class Stretches:
    """A time in parts: what is counted, added up, and what is to be counted now."""

    kept: tuple[Hours, ...]
    live: tuple[Range, ...]


def stretches(connection: Connection, asked: Sequence[Range]) -> list[Stretches]:
    """Part each of some times, from up to before (microseconds)."""
    first = min(start // HOUR for start, _ in asked)
    last = max(end // HOUR + 1 for _, end in asked)
    rows = connection.execute(_STALE_AND_NEWEST, {"first": first, "last": last}).all()
    stale = _hours(rows)
    if stale is None:
        return [Stretches((), _there([each])) for each in asked]
    newest = max((row.newest for row in rows if row.newest is not None), default=-1)
    return [_parted(start, end, stale, newest) for start, end in asked]


def bounds(start: datetime | None, end: datetime | None) -> Range:
    """Give a time in microseconds; None: before every post, after every post."""
    return (
        EVER[0] * HOUR if start is None else microseconds(start),
        EVER[1] * HOUR if end is None else microseconds(end),
    )


def stale_between(connection: Connection, first: int, last: int) -> list[int] | None:
    """List the hours that are to be counted anew, oldest first.

    None where nothing holds: they are more than MOST_STALE, or the rules have changed.
    """
    return _hours(connection.execute(_STALE, {"first": first, "last": last}).all())


def _hours(rows: Sequence[Any]) -> list[int] | None:
    if len(rows) > MOST_STALE or any(row.rules != rules() for row in rows):
        return None
    return [row.hour for row in rows if row.hour is not None]


def _parted(start: int, end: int, stale: Sequence[int], newest: int) -> Stretches:
    first, last = -(-start // HOUR), end // HOUR
    if newest < end:  # so it nearly always is where a time ends now: the hour holds no later post
        last, end = last + 1, (last + 1) * HOUR
    if first >= last:
        return Stretches((), _there([(start, end)]))
    anew = [each for each in stale if first <= each < last]
    kept = [*_days_and_hours(first, last), *(Hours(1, each, each + 1, -1) for each in anew)]
    live = [(start, first * HOUR), *((each * HOUR, (each + 1) * HOUR) for each in anew)]
    return Stretches(tuple(kept), _there([*live, (last * HOUR, end)]))


def _days_and_hours(first: int, last: int) -> list[Hours]:
    """Cover hours by the nearest days (UTC) and what is to be added and taken away at both ends.

    A day is the sum of its hours, those too that are to be counted anew.
    """
    dawn, dusk = (each // DAY * DAY for each in (first + DAY // 2, last + DAY // 2))
    if (dusk - dawn) // DAY + abs(first - dawn) + abs(last - dusk) >= last - first:
        return [Hours(1, first, last, 1)]
    ends = [_between(first, dawn), _between(dusk, last)]
    return [Hours(DAY, dawn, dusk, 1), *(each for each in ends if each.first < each.last)]


def _between(a: int, b: int) -> Hours:
    return Hours(1, a, b, 1) if a <= b else Hours(1, b, a, -1)


def _there(parts: Iterable[Range]) -> tuple[Range, ...]:
    return tuple((a, b) for a, b in parts if a < b)

"""Which stretches of a time are counted already, by day or by hour, and which are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, and_, bindparam, select, type_coerce

from data.rollups.rules import rules
from data.rollups.truth import HOUR, Range
from data.rows import microseconds
from data.tables import posts, recounts, stale_hours

DAY = 24  # hours
MOST_STALE = 24  # hours; above, as during a large import, the posts are asked in one go
EVER = (0, 1_200_000)  # hours: from 1970 into the year 2106

Hours = tuple[int, int]  # hours since 1970: from, up to before

_STALE = (
    select(recounts.c.rules, stale_hours.c.hour)
    .outerjoin(
        stale_hours,
        and_(stale_hours.c.hour >= bindparam("first"), stale_hours.c.hour < bindparam("last")),
    )
    .order_by(stale_hours.c.hour)
    .limit(MOST_STALE + 1)
)
_AT = type_coerce(posts.c.created_at, BigInteger)
_ANY_POST = select(posts.c.id).where(bindparam("start") <= _AT, bindparam("end") > _AT).limit(1)


@dataclass(frozen=True, slots=True)
class Stretches:
    """A time in parts: whole days (UTC) and hours that are counted, and what is to be counted now.

    No two stretches overlap.
    """

    days: tuple[Hours, ...]
    hours: tuple[Hours, ...]
    live: tuple[Range, ...]


def stretches(connection: Connection, start: int, end: int, *, by_day: bool = True) -> Stretches:
    """Part the time from `start` up to before `end` (microseconds); `by_day`: days may be used."""
    first, last = -(-start // HOUR), end // HOUR
    if _nothing_between(connection, end, (last + 1) * HOUR):  # so it nearly always is after now
        last, end = last + 1, (last + 1) * HOUR
    if first >= last:
        return Stretches((), (), ((start, end),) if start < end else ())
    stale = stale_between(connection, first, last)
    if stale is None:
        return Stretches((), (), ((start, end),))
    live = [(start, first * HOUR), *((each * HOUR, (each + 1) * HOUR) for each in stale)]
    live.append((last * HOUR, end))
    days: list[Hours] = []
    hours: list[Hours] = []
    for a, b in zip([first, *(each + 1 for each in stale)], [*stale, last], strict=True):
        dawn, dusk = (-(-a // DAY) * DAY, b // DAY * DAY) if by_day else (a, a)
        if dawn < dusk:
            days.append((dawn, dusk))
            hours += [(a, dawn), (dusk, b)]
        else:
            hours.append((a, b))
    return Stretches(_there(days), _there(hours), _there(live))


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
    rows = connection.execute(_STALE, {"first": first, "last": last}).all()
    if len(rows) > MOST_STALE or any(row.rules != rules() for row in rows):
        return None
    return [row.hour for row in rows if row.hour is not None]


def _nothing_between(connection: Connection, start: int, end: int) -> bool:
    return connection.scalar(_ANY_POST, {"start": start, "end": end}) is None


def _there(parts: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for a, b in parts if a < b)

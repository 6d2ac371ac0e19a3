"""Counts of a time by label, out of the tallies where they hold and of the posts where not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    select,
    type_coerce,
)

from data.rollups.stretches import DAY, EVER, Hours, bounds, stretches
from data.rollups.truth import HOUR, Range, tally
from data.rows import microseconds
from data.tables import posts as stored
from data.tables import tallies


class Count(NamedTuple):
    """Posts under one label, and how many of them seek or offer something."""

    posts: int
    needs: int
    offers: int


NONE = Count(0, 0, 0)
_SUMS: list[Any] = [func.sum(tallies.c[each]).label(each) for each in Count._fields]
_KEPT = (
    select(tallies.c.label, *_SUMS)
    .where(
        tallies.c.kind == bindparam("kind"),
        tallies.c.hours == bindparam("length"),
        tallies.c.start >= bindparam("first"),
        tallies.c.start < bindparam("last"),
    )
    .group_by(tallies.c.label)
)


def counts(
    connection: Connection, kind: str, start: datetime | None, end: datetime | None
) -> dict[str, Count]:
    """Count by label from `start` up to before `end` (None: no bound).

    The kinds: data.rollups.truth.tally.
    """
    parts = stretches(connection, *bounds(start, end))
    return _added(
        (
            *_kept(connection, kind, DAY, parts.days),
            *_kept(connection, kind, 1, parts.hours),
            *_now(connection, kind, parts.live),
        )
    )


def counts_now(
    connection: Connection, kind: str, those: Sequence[ColumnElement[bool]]
) -> dict[str, Count]:
    """Count `those` posts by label, whatever is kept."""
    return _added(connection.execute(_live(kind, *those)))


@cache  # a dozen kinds; making a query takes longer than asking for the minutes that it is for
def _live_between(kind: str) -> Select[Any]:
    at = type_coerce(stored.c.created_at, BigInteger)
    return _live(kind, at >= bindparam("first"), at < bindparam("last"))


def _live(kind: str, *those: ColumnElement[bool]) -> Select[Any]:
    now = tally(kind, *those).subquery()
    sums = (func.sum(now.c[each]).label(each) for each in Count._fields)
    return select(now.c.label.label("label"), *sums).group_by(now.c.label)


def _added(rows: Iterable[Any]) -> dict[str, Count]:
    found: dict[str, Count] = {}
    for label, posts, needs, offers in rows:
        had = found.get(label, NONE)
        found[label] = Count(
            had.posts + int(posts), had.needs + int(needs), had.offers + int(offers)
        )
    return found


def posts_by_day(
    connection: Connection, kind: str, start: datetime, end: datetime, days: Sequence[datetime]
) -> dict[str, dict[int, int]]:
    """Count posts by label and day; days without are absent.

    `days`: when each day begins, oldest first, the first not later than `start`; a day's key is its
    place among them. An hour belongs to the day in which it begins.
    """
    parts = stretches(connection, *bounds(start, end), by_day=False)
    begins = [-(-microseconds(each) // HOUR) for each in days[1:]]
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for day, (dawn, dusk) in enumerate(pairwise([EVER[0], *begins, EVER[1]])):
        rows = [
            *_kept(connection, kind, 1, _within(parts.hours, dawn, dusk)),
            *_now(connection, kind, _within(parts.live, dawn * HOUR, dusk * HOUR)),
        ]
        for label, count in _added(rows).items():
            found[label][day] = count.posts
    return found


def _kept(connection: Connection, kind: str, length: int, parts: Iterable[Hours]) -> Iterable[Any]:
    for first, last in parts:
        asked = {"kind": kind, "length": length, "first": first, "last": last}
        yield from connection.execute(_KEPT, asked)


def _now(connection: Connection, kind: str, parts: Iterable[Range]) -> Iterable[Any]:
    for first, last in parts:
        yield from connection.execute(_live_between(kind), {"first": first, "last": last})


def _within(parts: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    cut = ((max(first, start), min(last, end)) for first, last in parts)
    return [(first, last) for first, last in cut if first < last]

"""Counts of a time by label, out of the tallies where they hold and of the posts where not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    select,
    union_all,
)

from data.rollups.stretches import DAY, bounds, stretches
from data.rollups.truth import HOUR, posted, tally
from data.rows import microseconds
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
    rows = [
        row
        for hours, kept in ((DAY, parts.days), (1, parts.hours))
        for first, last in kept
        for row in connection.execute(
            _KEPT, {"kind": kind, "length": hours, "first": first, "last": last}
        )
    ]
    if parts.live:
        rows += connection.execute(_live(kind, posted(parts.live)))
    return _added(rows)


def counts_now(
    connection: Connection, kind: str, those: Sequence[ColumnElement[bool]]
) -> dict[str, Count]:
    """Count `those` posts by label, whatever is kept."""
    return _added(connection.execute(_live(kind, *those)))


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
    connection: Connection,
    kind: str,
    start: datetime,
    end: datetime,
    days: Sequence[datetime],
    among: Collection[str] | None = None,
) -> dict[str, dict[int, int]]:
    """Count posts by label and day, of the labels `among` (None: all); days without are absent.

    `days`: when each day begins, oldest first, the first not later than `start`; a day's key is its
    place among them. An hour belongs to the day in which it begins.
    """
    parts = stretches(connection, *bounds(start, end), by_day=False)
    of = tallies.c
    queries: list[Select[Any]] = [
        select(of.label, of.start.label("hour"), of.posts).where(
            of.kind == kind, of.hours == 1, of.start >= first, of.start < last
        )
        for first, last in parts.hours
    ]
    if parts.live:
        now = tally(kind, posted(parts.live)).subquery()
        queries.append(select(now.c.label, now.c.hour, now.c.posts))
    if not queries:
        return {}
    all_ = union_all(*queries).subquery()
    begins = [(-(-microseconds(each) // HOUR), place) for place, each in enumerate(days)]
    day = case(*((all_.c.hour >= hour, place) for hour, place in begins[:0:-1]), else_=0)
    query = select(all_.c.label, day.label("day"), func.sum(all_.c.posts)).group_by("label", "day")
    if among is not None:
        query = query.where(all_.c.label.in_(among))
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for label, place, posts in connection.execute(query):
        found[label][place] = int(posts)
    return found

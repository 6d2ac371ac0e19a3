"""Counts of times by label, out of the tallies where they hold and of the posts where not."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from data.among import table_of
from data.rollups.stretches import Stretches, bounds, stretches
from data.rollups.truth import HOUR, tally
from data.rows import microseconds, time_of
from data.tables import posts as stored
from data.tables import tallies

T_co = TypeVar("T_co", covariant=True)

_AT_ONCE = 10  # parts of times that are counted now in one statement


class Count(NamedTuple):
    """Posts under one label, and how many of them seek or offer something."""

    posts: int
    needs: int
    offers: int


class Asked(NamedTuple):
    """What is to be counted: a kind of `data.rollups.truth.tally`, from `start` up to before `end`.

    None: no bound.
    """

    kind: str
    start: datetime | None
    end: datetime | None


Counted = dict[str, Count]  # by label; those without a post are absent


@dataclass(frozen=True, slots=True)
class Counting(Generic[T_co]):
    """What a page wants to know: what is asked, and how that is read out of the answers."""

    asked: Sequence[Asked]
    read: Callable[[Sequence[Counted]], T_co]


NONE = Count(0, 0, 0)


def count(connection: Connection, wanted: Counting[T_co]) -> T_co:
    """Count what is wanted."""
    return wanted.read(counts_of(connection, wanted.asked))


def count_all(connection: Connection, *wanted: Counting[Any]) -> list[Any]:
    """Count several things at once, which takes hardly longer than one."""
    found = iter(counts_of(connection, [each for one in wanted for each in one.asked]))
    return [one.read(list(islice(found, len(one.asked)))) for one in wanted]


def counts(
    connection: Connection, kind: str, start: datetime | None, end: datetime | None
) -> Counted:
    """Count by label from `start` up to before `end` (None: no bound)."""
    return counts_of(connection, [Asked(kind, start, end)])[0]


def counts_of(
    connection: Connection, asked: Sequence[Asked], labels: Collection[str] | None = None
) -> list[Counted]:
    """Count by label each of what is asked, all at once; None: all labels."""
    if not asked:
        return []
    parts = stretches(connection, [bounds(each.start, each.end) for each in asked])
    found: list[Counted] = [{} for _ in asked]
    kept = _kept(connection, asked, parts, labels)
    for number, label, *count in chain(kept, _now(connection, asked, parts)):
        if labels is None or label in labels:
            _add(found[number], label, *count)
    return found


def by_day(kind: str, start: datetime, end: datetime, days: Sequence[datetime]) -> list[Asked]:
    """Ask for each of some days, from `start` up to before `end`.

    `days`: when each begins, oldest first, the first not later than `start`. An hour belongs to the
    day in which it begins.
    """
    begins = (time_of(-(-microseconds(each) // HOUR) * HOUR) for each in days[1:])
    return [
        Asked(kind, max(start, dawn), min(end, dusk))
        for dawn, dusk in pairwise([start, *begins, end])
    ]


def counts_now(connection: Connection, kind: str, those: Sequence[ColumnElement[bool]]) -> Counted:
    """Count `those` posts by label, whatever is kept."""
    found: Counted = {}
    for row in connection.execute(_live(kind, *those)).all():
        _add(found, *row)
    return found


def _add(found: Counted, label: str, posts: int, needs: int, offers: int) -> None:
    if posts:  # none are left where all hours of a day are taken away
        had = found.get(label, NONE)
        found[label] = Count(
            had.posts + int(posts), had.needs + int(needs), had.offers + int(offers)
        )


def _kept(
    connection: Connection,
    asked: Sequence[Asked],
    parts: Sequence[Stretches],
    labels: Collection[str] | None,
) -> Iterable[Any]:
    rows = [
        {"number": number, "kind": each.kind, **hours._asdict()}
        for number, (each, of) in enumerate(zip(asked, parts, strict=True))
        for hours in of.kept
    ]
    if not rows:
        return ()
    given = {"parts": json.dumps(rows)}
    if labels is not None:
        given["labels"] = json.dumps([{"label": each} for each in labels])
    query = _tallied(connection.dialect.name, of_some=labels is not None)
    return connection.execute(query, given).all()


@cache
def _tallied(dialect: str, *, of_some: bool) -> Select[Any]:
    """Add up the tallies of parts of times, by number of what was asked and by label."""
    part = table_of(
        dialect,
        "parts",
        number=Integer,
        kind=Text,
        length=Integer,
        first=BigInteger,
        last=BigInteger,
        times=Integer,
    ).c
    here = [
        tallies.c.kind == part.kind,
        tallies.c.hours == part.length,
        tallies.c.start >= part.first,
        tallies.c.start < part.last,
    ]
    if of_some:
        some = table_of(dialect, "labels", label=Text).c.label
        here.append(tallies.c.label.in_(select(some)))
    of: Any = tallies.c
    query = select(part.number)
    if dialect == "sqlite":
        query = query.where(*here)
    else:  # each part by itself, or PostgreSQL reads all tallies there are
        sums = (func.sum(tallies.c[each]).label(each) for each in Count._fields)
        of = select(tallies.c.label, *sums).where(*here).group_by(tallies.c.label).lateral().c
    told = (func.sum(of[each] * part.times).label(each) for each in Count._fields)
    return query.add_columns(of.label, *told).group_by(part.number, of.label)


def _now(
    connection: Connection, asked: Sequence[Asked], parts: Sequence[Stretches]
) -> Iterator[Any]:
    live = [
        (number, each.kind, *times)
        for number, (each, of) in enumerate(zip(asked, parts, strict=True))
        for times in of.live
    ]
    for start in range(0, len(live), _AT_ONCE):
        numbers, kinds, *times = zip(*live[start : start + _AT_ONCE], strict=True)
        bound = {
            f"{name}{place}": value
            for name, values in zip(("first", "last"), times, strict=True)
            for place, value in enumerate(values)
        }
        for place, *row in connection.execute(_live_parts(kinds), bound).all():
            yield numbers[place], *row


@lru_cache(maxsize=256)  # making a query takes longer than asking for the minutes that it is for
def _live_parts(kinds: tuple[str, ...]) -> CompoundSelect[Any]:
    """Count parts of times, each of its kind, by the part's place and by label."""
    at = type_coerce(stored.c.created_at, BigInteger)
    counted = (
        _live(kind, at >= bindparam(f"first{place}"), at < bindparam(f"last{place}")).subquery()
        for place, kind in enumerate(kinds)
    )
    return union_all(*(select(literal(place), *each.c) for place, each in enumerate(counted)))


def _live(kind: str, *those: ColumnElement[bool]) -> Select[Any]:
    now = tally(kind, *those).subquery()
    sums = (func.sum(now.c[each]).label(each) for each in Count._fields)
    return select(now.c.label.label("label"), *sums).group_by(now.c.label)

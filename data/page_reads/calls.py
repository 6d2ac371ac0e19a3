"""Calls for help and questions, and whether anybody answered them.

Answered means: somebody else's reply is in the store. An answer in a private message or on another
network is not seen; the pages say so.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from data.among import among
from data.page_reads.narrowed import Narrowing, apart_from_time, narrowed
from data.rollups.counts import Asked, Counted, Counting
from data.rollups.rows import calls_between
from data.rollups.truth import APART, NEED, QUESTION, answered
from data.rollups.words import with_words, words_key
from data.tables import labels, matches, posts, tags

MOST_IN_TURN = 1_000  # unanswered calls: more than anybody leads through page by page
_READ = 3  # times as many are read as are shown: some say the same

Columns = ReadOnlyColumnCollection[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call for help or question. It does not say who asked: the pages do not name them."""

    id: int
    network: str
    key: str
    at: datetime
    text: str
    url: str | None
    lang: str
    urgent: bool
    answered: bool
    topics: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """How many there are, and how many of them nobody answered."""

    all: int
    open: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Urgent calls for help, and questions; of these those that begin a conversation.

    A question within a conversation is asked of its people.
    """

    urgent: Answered
    questions: Answered


@dataclass(frozen=True, slots=True)
class Turn:
    """Unanswered calls in their turn: row numbers of their posts. `whole`: there are no more.

    `all` counts the calls of that time, answered ones too; `offered` those that an offer may fit.
    """

    posts: tuple[int, ...]
    whole: bool
    all: int
    offered: int


def waiting(times: Sequence[tuple[datetime, datetime]]) -> Counting[list[Waiting]]:
    """Count what was called and asked in each of some times, from up to before."""
    return Counting(
        [Asked("call", *each) for each in times],
        lambda found: [
            Waiting(_count(each, {NEED, "urgent"}), _count(each, {QUESTION, "begins"}))
            for each in found
        ],
    )


def newest_calls(
    connection: Connection, start: datetime, end: datetime, limit: int = 6
) -> list[Call]:
    """List calls for help: unanswered urgent ones first, then the newest."""
    of = calls_between(connection, start, end).c
    parts = [  # each is read in the order of the index
        (of.answered.is_(False), of.urgent.is_(True)),
        (of.answered.is_(False), of.urgent.is_(False)),
        (of.answered.is_(True),),
    ]
    newest = (
        select(literal(place).label("part"), of.post, of.at)
        .where(*called(of, NEED, start, end, *those))
        .order_by(of.at.desc(), of.post.desc())
        .limit(_READ * limit)
        .subquery()
        for place, those in enumerate(parts)
    )
    rows = sorted(
        connection.execute(union_all(*(select(each) for each in newest))).all(),
        key=lambda row: (-row.part, row.at, row.post),
        reverse=True,
    )
    first = [row for row in rows if not row.part]
    rest = sorted((row for row in rows if row.part), key=lambda row: row.at, reverse=True)
    found = [*first, *rest][: _READ * limit]
    return _calls(connection, [row.post for row in found], limit)


def open_in_turn(connection: Connection, to: Narrowing, most: int = MOST_IN_TURN) -> Turn:
    """Line up the calls for help that nobody answered, the oldest first.

    Of posts with the same words only the first stands there; at most `most` are looked at.
    """
    of = calls_between(connection, to.start, to.end).c
    of_time = called(of, NEED, to.start, to.end)
    apart = apart_from_time(replace(to, places=()), of.post)
    if to.places:
        apart.append(_at_places(of, of_time, to.places))
    offered = case((exists().where(matches.c.need == of.post), 1)).label("offered")
    those = (
        select(of.post, of.at, of.words, of.answered, offered)
        .where(*of_time, *apart)
        .cte("those")
        # few are left, which takes long to find out; else there are many, to be counted in place
        .prefix_with("MATERIALIZED" if apart else "NOT MATERIALIZED")
    )
    counted = select(
        func.count().label("all"), func.count(those.c.offered).label("offered")
    ).select_from(those)
    line = (
        select(those.c.post, those.c.words, those.c.at)
        .where(those.c.answered.is_(False))
        .order_by(those.c.at, those.c.post)
        .limit(most + 1)
        .subquery()
    )
    both = counted.subquery().outerjoin(line, true())
    rows = connection.execute(select(both).order_by(line.c.at, line.c.post)).all()
    there = [row for row in rows if row.post is not None]
    first: dict[int, int] = {}
    for post, words in with_words(connection, there[:most]).items():
        first.setdefault(words, post)
    return Turn(tuple(first.values()), len(there) <= most, rows[0].all, rows[0].offered)


def _at_places(
    of: Columns, of_time: Sequence[ColumnElement[bool]], places: Collection[str]
) -> ColumnElement[bool]:
    """Make the condition that a call of some time names one of these places.

    Read by the places' labels, between the first and the last row of that time's posts: a Bezirk
    has a dozen places, which are not to be asked for one by one at each call.
    """
    first, last = (
        select(end(of.post)).where(*of_time).scalar_subquery() for end in (func.min, func.max)
    )
    there = select(labels.c.post).where(
        labels.c.kind == "place", labels.c.label.in_(places), labels.c.post.between(first, last)
    )
    number = of.post + 0  # or PostgreSQL walks through the calls of that time for each
    named: ColumnElement[bool] = number.in_(there)
    return named


def newest_open(connection: Connection, to: Narrowing, limit: int = 3) -> list[Call]:
    """List calls for help that nobody answered, the newest first."""
    of = calls_between(connection, to.start, to.end).c
    query = _open(of, to).order_by(of.at.desc()).limit(_READ * limit)
    return _calls(connection, connection.scalars(query).all(), limit)


def _open(of: Columns, to: Narrowing) -> Select[int]:
    open_ones = called(of, NEED, to.start, to.end, of.answered.is_(False))
    return select(of.post).where(*open_ones, *apart_from_time(to, of.post))


def calls_by_number(connection: Connection, numbers: Collection[int]) -> dict[int, Call]:
    """Return posts by their row number, as the pages show them; deleted ones are left out."""
    return {each.id: each for each in _read(connection, among(connection, posts.c.id, numbers))}


def call_by_key(connection: Connection, key: str, intent: str) -> Call | None:
    """Return the post of this key if it has the intent; None where not, or where it is deleted."""
    network, _, native_id = key.partition(":")
    here = (posts.c.network == network, posts.c.native_id == native_id)
    return next(iter(_read(connection, *here, *narrowed(Narrowing(intent=intent)))), None)


def called(
    of: Columns,
    intent: str,
    start: datetime | None,
    end: datetime | None,
    *those: ColumnElement[bool],
) -> list[ColumnElement[bool]]:
    """Make the conditions of a call with this intent and time (None: no bound)."""
    found = [of.intent == intent, *those]
    if start is not None:
        found.append(of.at >= start)
    if end is not None:
        found.append(of.at < end)
    return found


def _count(found: Counted, those: set[str]) -> Answered:
    """Add up the calls of which all of `those` hold: an intent, "urgent", "begins"."""
    of = [(set(label.split(APART)), each.posts) for label, each in found.items()]
    said = [(said, count) for said, count in of if those <= said]
    return Answered(
        sum(count for _, count in said),
        sum(count for said, count in said if "answered" not in said),
    )


def _calls(connection: Connection, numbers: Collection[int], limit: int) -> list[Call]:
    """Read what the pages show, in this order; of posts with the same words only the first."""
    read = calls_by_number(connection, numbers)
    first: dict[int, Call] = {}
    for each in (read[number] for number in numbers if number in read):
        first.setdefault(words_key(each.text), each)
    return list(first.values())[:limit]


def _read(connection: Connection, *those: ColumnElement[bool]) -> list[Call]:
    """Read what the pages show of `those` posts, but of deleted ones."""
    rows = connection.execute(
        select(
            posts.c.id,
            posts.c.network,
            posts.c.native_id,
            posts.c.created_at,
            posts.c.text,
            posts.c.url,
            tags.c.lang,
            tags.c.urgent,
            answered().label("answered"),
        )
        .join(tags, tags.c.post == posts.c.id)
        .where(posts.c.deleted_at.is_(None), *those)
    ).all()
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for post, kind, label in connection.execute(
        select(labels.c.post, labels.c.kind, labels.c.label)
        .where(
            among(connection, labels.c.post, [row.id for row in rows]),
            labels.c.kind.in_(("topic", "place")),
        )
        .order_by(labels.c.score.desc(), labels.c.label)
    ).all():
        said[post, kind].append(label)
    return [
        Call(
            id=row.id,
            network=row.network,
            key=f"{row.network}:{row.native_id}",
            at=row.created_at,
            text=row.text,
            url=row.url,
            lang=row.lang,
            urgent=bool(row.urgent),
            answered=bool(row.answered),
            topics=tuple(said[row.id, "topic"]),
            places=tuple(said[row.id, "place"]),
        )
        for row in rows
    ]

"""Calls for help and questions, and whether anybody answered them.

Answered means: somebody else's reply is in the store. An answer in a private message or on another
network is not seen; the pages say so.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from data.among import among
from data.page_reads.narrowed import Narrowing, apart_from_time, narrowed
from data.rollups.counts import Asked, Count, counts_of
from data.rollups.rows import calls_between
from data.rollups.truth import APART, NEED, QUESTION, answered
from data.rollups.words import with_words, words_key
from data.tables import accounts, labels, posts, tags

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
    """Unanswered calls in their turn: row numbers of their posts. `whole`: there are no more."""

    posts: tuple[int, ...]
    whole: bool


def waiting(connection: Connection, times: Sequence[tuple[datetime, datetime]]) -> list[Waiting]:
    """Count what was called and asked in each of some times, from up to before."""
    found = counts_of(connection, [Asked("call", *each) for each in times])
    return [
        Waiting(_count(each, {NEED, "urgent"}), _count(each, {QUESTION, "begins"}))
        for each in found
    ]


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
    first, *others = (
        connection.execute(
            select(of.post, of.answered, of.at)
            .where(*called(of, NEED, start, end, *those))
            .order_by(of.at.desc(), of.post.desc())
            .limit(_READ * limit)
        ).all()
        for those in parts
    )
    rest = sorted((row for each in others for row in each), key=lambda row: row.at, reverse=True)
    found = [*first, *rest][: _READ * limit]
    return _calls(connection, {row.post: bool(row.answered) for row in found}, limit)


def open_in_turn(connection: Connection, to: Narrowing, most: int = MOST_IN_TURN) -> Turn:
    """Line up the calls for help that nobody answered, the oldest first.

    Of posts with the same words only the first stands there; at most `most` are looked at.
    """
    of = calls_between(connection, to.start, to.end).c
    query = _open(of, to).add_columns(of.words).order_by(of.at, of.post).limit(most + 1)
    rows = connection.execute(query).all()
    first: dict[int, int] = {}
    for post, words in with_words(connection, rows[:most]).items():
        first.setdefault(words, post)
    return Turn(tuple(first.values()), whole=len(rows) <= most)


def newest_open(connection: Connection, to: Narrowing, limit: int = 3) -> list[Call]:
    """List calls for help that nobody answered, the newest first."""
    of = calls_between(connection, to.start, to.end).c
    query = _open(of, to).order_by(of.at.desc()).limit(_READ * limit)
    return _calls(connection, dict.fromkeys(connection.scalars(query), False), limit)


def _open(of: Columns, to: Narrowing) -> Select[int]:
    open_ones = called(of, NEED, to.start, to.end, of.answered.is_(False))
    return select(of.post).where(*open_ones, *apart_from_time(to, of.post))


def calls_by_number(connection: Connection, numbers: Collection[int]) -> dict[int, Call]:
    """Return posts by their row number, as the pages show them; deleted ones are left out."""
    query = select(posts.c.id, answered().label("answered")).where(
        among(connection, posts.c.id, numbers), posts.c.deleted_at.is_(None)
    )
    return {each.id: each for each in calls_of(connection, _answered(connection, query))}


def call_by_key(connection: Connection, key: str, intent: str) -> Call | None:
    """Return the post of this key if it has the intent; None where not, or where it is deleted."""
    network, _, native_id = key.partition(":")
    query = select(posts.c.id, answered().label("answered")).where(
        posts.c.network == network,
        posts.c.native_id == native_id,
        posts.c.deleted_at.is_(None),
        *narrowed(Narrowing(intent=intent)),
    )
    return next(iter(calls_of(connection, _answered(connection, query))), None)


def _answered(connection: Connection, query: Select[int, bool]) -> dict[int, bool]:
    return {row.id: bool(row.answered) for row in connection.execute(query)}


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


def _count(found: Mapping[str, Count], those: set[str]) -> Answered:
    """Add up the calls of which all of `those` hold: an intent, "urgent", "begins"."""
    of = [(set(label.split(APART)), each.posts) for label, each in found.items()]
    said = [(said, count) for said, count in of if those <= said]
    return Answered(
        sum(count for _, count in said),
        sum(count for said, count in said if "answered" not in said),
    )


def _calls(connection: Connection, answered: Mapping[int, bool], limit: int) -> list[Call]:
    """Read what the pages show; of posts with the same words only the first."""
    found = calls_of(connection, answered)
    first = {words_key(each.text): each for each in reversed(found)}
    return [each for each in found if any(each is one for one in first.values())][:limit]


def calls_of(connection: Connection, answered: Mapping[int, bool]) -> list[Call]:
    """Read what the pages show of posts (row number -> whether answered), in their order."""
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for post, kind, label in connection.execute(
        select(labels.c.post, labels.c.kind, labels.c.label)
        .where(among(connection, labels.c.post, answered), labels.c.kind.in_(("topic", "place")))
        .order_by(labels.c.score.desc(), labels.c.label)
    ):
        said[post, kind].append(label)
    rows = {
        row.id: row
        for row in connection.execute(
            select(
                posts.c.id,
                posts.c.network,
                posts.c.native_id,
                posts.c.created_at,
                posts.c.text,
                posts.c.url,
                tags.c.lang,
                tags.c.urgent,
            )
            .join(tags, tags.c.post == posts.c.id)
            .join(accounts, accounts.c.id == posts.c.account)
            .where(among(connection, posts.c.id, answered))
        )
    }
    return [
        Call(
            id=post,
            network=rows[post].network,
            key=f"{rows[post].network}:{rows[post].native_id}",
            at=rows[post].created_at,
            text=rows[post].text,
            url=rows[post].url,
            lang=rows[post].lang,
            urgent=bool(rows[post].urgent),
            answered=answered[post],
            topics=tuple(said[post, "topic"]),
            places=tuple(said[post, "place"]),
        )
        for post in answered
        if post in rows
    ]

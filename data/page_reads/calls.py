"""Calls for help and questions, and whether anybody answered them.

Answered means: somebody else's reply is in the store. An answer in a private message or on another
network is not seen; the pages say so.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, exists, func, select

from data.among import among
from data.counted import counted
from data.page_reads.narrowed import Narrowing, narrowed
from data.tables import accounts, labels, posts, tags

_BEGINS = posts.c.reply_to.is_(None)  # a question within a conversation is asked of its people


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


def urgent_calls(connection: Connection, start: datetime, end: datetime) -> Answered:
    """Count urgent calls for help from `start` up to before `end`."""
    return _count(connection, _with_intent("gesuch", start, end).where(tags.c.urgent.is_(True)))


def questions(connection: Connection, start: datetime, end: datetime) -> Answered:
    """Count questions from `start` up to before `end`."""
    return _count(connection, asked(Narrowing(start, end)))


def asked(to: Narrowing) -> Select[int, bool]:
    """Ask for the questions of a narrowing: row number, and whether somebody answered."""
    query = _intended("frage").where(_BEGINS, *narrowed(to))
    return query if to.start is None else query.where(labels.c.post >= _lowest(to.start))


def _lowest(start: datetime) -> ScalarSelect[int]:
    """Give the lowest row number since then, so that the labels of years before are not read.

    Rows are numbered as they come, which is mostly the order of time. `+ 0` keeps PostgreSQL from
    walking through all rows by their number, looking for the first that is late enough.
    """
    since = posts.alias("since")
    return select(func.min(since.c.id + 0)).where(since.c.created_at >= start).scalar_subquery()


def newest_calls(
    connection: Connection, start: datetime, end: datetime, limit: int = 6
) -> list[Call]:
    """List calls for help: unanswered urgent ones first, then the newest."""
    first = tags.c.urgent.is_(True) & ~_answered()
    query = _with_intent("gesuch", start, end).order_by(first.desc(), posts.c.created_at.desc())
    return _calls(connection, query.limit(3 * limit), limit)


def open_needs(connection: Connection, to: Narrowing, limit: int = 20) -> list[Call]:
    """List calls for help that nobody answered, the oldest first."""
    query = _intended("gesuch").where(~_answered(), *narrowed(to)).order_by(posts.c.created_at)
    return _calls(connection, query.limit(3 * limit), limit)


def newest_open(connection: Connection, to: Narrowing, limit: int = 3) -> list[Call]:
    """List calls for help that nobody answered, the newest first."""
    query = _intended("gesuch").where(~_answered(), *narrowed(to))
    return _calls(connection, query.order_by(posts.c.created_at.desc()).limit(3 * limit), limit)


def calls_by_number(connection: Connection, numbers: Collection[int]) -> dict[int, Call]:
    """Return posts by their row number, as the pages show them; deleted ones are left out."""
    query = select(posts.c.id, _answered().label("answered")).where(
        among(connection, posts.c.id, numbers), posts.c.deleted_at.is_(None)
    )
    return {each.id: each for each in calls_of(connection, query)}


def call_by_key(connection: Connection, key: str, intent: str) -> Call | None:
    """Return the post of this key if it has the intent; None where not, or where it is deleted."""
    network, _, native_id = key.partition(":")
    query = select(posts.c.id, _answered().label("answered")).where(
        posts.c.network == network,
        posts.c.native_id == native_id,
        posts.c.deleted_at.is_(None),
        *narrowed(Narrowing(intent=intent)),
    )
    return next(iter(calls_of(connection, query)), None)


def _answered() -> ColumnElement[bool]:
    reply = posts.alias("reply")
    return exists().where(
        reply.c.network == posts.c.network,
        reply.c.reply_to == posts.c.native_id,
        reply.c.account != posts.c.account,
        reply.c.deleted_at.is_(None),
    )


def _with_intent(intent: str, start: datetime, end: datetime) -> Select[int, bool]:
    return _intended(intent).where(posts.c.created_at >= start, posts.c.created_at < end)


def _intended(intent: str) -> Select[int, bool]:
    return (
        select(posts.c.id, _answered().label("answered"))
        .join(labels, (labels.c.post == posts.c.id) & (labels.c.kind == "intent"))
        .join(tags, tags.c.post == posts.c.id)
        .where(labels.c.label == intent, counted(), posts.c.repost_of.is_(None))
    )


def _count(connection: Connection, query: Select[int, bool]) -> Answered:
    found = query.subquery()
    rows = connection.execute(
        select(found.c.answered, func.count()).group_by(found.c.answered)
    ).all()
    counts = {bool(answered): count for answered, count in rows}
    return Answered(counts.get(True, 0) + counts.get(False, 0), counts.get(False, 0))


def _calls(connection: Connection, query: Select[int, bool], limit: int) -> list[Call]:
    """Read what the pages show; of posts with the same words only the first."""
    found = calls_of(connection, query)
    first = {" ".join(each.text.split()).casefold(): each for each in reversed(found)}
    return [each for each in found if any(each is one for one in first.values())][:limit]


def calls_of(connection: Connection, query: Select[int, bool]) -> list[Call]:
    """Read what the pages show of the posts that a query names by row number, in its order."""
    answered = {row[0]: bool(row[1]) for row in connection.execute(query)}
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

"""The posts that a search means, as queries over the index of either database (data/word_index.py).

PostgreSQL chooses by itself where to begin. SQLite begins with the posts of a rare label, if one is
asked for; else with the words, whose index yields posts in the order of time, so that only as many
are read as are shown; without words with the newest posts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB

from data.counted import counted
from data.page_reads.narrowed import Narrowing, apart_from_time, narrowed
from data.page_reads.rare_labels import rare_label
from data.search_query import Query, Term
from data.tables import posts
from data.word_index import COLUMN, SQLITE_KEY, SQLITE_NUMBER, SQLITE_TABLE, first_rowid, rowid

_SECOND = timedelta(seconds=1)
_INDEX = table(SQLITE_TABLE, column("rowid"))


@dataclass(frozen=True, slots=True)
class Edge:
    """A post at whose place in time a page begins or ends."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Matches:
    """What is found: `source` with `conditions`, in the descending order of `order`.

    `walked`: what is walked through post by post, where that may take long; None elsewhere.
    """

    source: FromClause
    order: tuple[ColumnElement[Any], ...]
    conditions: list[ColumnElement[bool]]
    walked: Select[Any] | None = None

    def ids(
        self, before: Edge | None = None, after: Edge | None = None, floor: Any = None
    ) -> Select[int]:
        """Select numbers of posts, the newest first; the oldest first where they come `after`."""
        query = select(posts.c.id).select_from(self.source).where(*self.conditions)
        if floor is not None:
            query = query.where(self.order[0] > floor)
        if before is not None:
            query = query.where(self._place() < self._place_of(before))
        if after is not None:
            query = query.where(self._place() > self._place_of(after))
        return query.order_by(*(each if after else each.desc() for each in self.order))

    def floor(self, most: int) -> Select[Any] | None:
        """Select the place where walking ends after so many posts; None: all are looked at."""
        if self.walked is None:
            return None
        return self.walked.order_by(self.order[0].desc()).limit(1).offset(most)

    def _place(self) -> Any:
        return self.order[0] if len(self.order) == 1 else tuple_(*self.order)

    def _place_of(self, edge: Edge) -> Any:
        if len(self.order) == 1:
            return rowid(edge.at, edge.number)
        return tuple_(literal(edge.at, posts.c.created_at.type), literal(edge.number))


def matches(connection: Connection, query: Query, to: Narrowing) -> Matches:
    """Find the posts with the words that are not deleted and no copies, narrowed."""
    by_time = (posts.c.created_at, posts.c.id)
    tagged = _hashtags(query, connection.dialect.name)
    if connection.dialect.name != "sqlite":
        said = [_said(query)] if query else []
        return Matches(posts, by_time, [counted(), *narrowed(to), *tagged, *said])
    rare = rare_label(connection, to)
    if rare is not None:
        said = [_probed(query)] if query else []
        source = rare.join(posts, posts.c.id == rare.c.post)
        return Matches(source, by_time, [counted(), *narrowed(to), *tagged, *said])
    if query:
        return _by_rowid(query, to, tagged)
    return _by_time(to)


def fts5(query: Query) -> str:
    """Write a query as FTS5 reads it."""

    def term(each: Term) -> str:
        return f'"{" ".join(each.words)}"{" *" if each.begins else ""}'

    said = " AND ".join(map(term, query.terms))
    no = " OR ".join(map(term, query.without))
    return f"({said}) NOT ({no})" if no else said


def tsquery(query: Query) -> str:
    """Write a query as PostgreSQL reads it."""

    def term(each: Term) -> str:
        words = " <-> ".join(f"'{word}'" for word in each.words)
        return f"({words}{':*' if each.begins else ''})"

    return " & ".join([*map(term, query.terms), *(f"!{term(each)}" for each in query.without)])


def _by_rowid(query: Query, to: Narrowing, tagged: Sequence[ColumnElement[bool]]) -> Matches:
    number: ColumnElement[int] = literal_column(SQLITE_NUMBER)
    found: list[ColumnElement[bool]] = [_match(query)]
    if to.start is not None:
        found.append(_INDEX.c.rowid >= first_rowid(to.start))
    if to.end is not None:
        found.append(_INDEX.c.rowid < first_rowid(to.end + _SECOND))
    one_by_one = [*apart_from_time(to, number), *tagged]
    return Matches(
        _INDEX.join(posts, posts.c.id == number),
        (_INDEX.c.rowid,),
        [*found, *one_by_one, *narrowed(Narrowing(to.start, to.end)), counted()],
        select(_INDEX.c.rowid).where(*found) if one_by_one else None,
    )


def _by_time(to: Narrowing) -> Matches:
    """Walk through the index of times, and read only those posts that have the labels."""
    walk = posts.alias("walk")
    found: list[ColumnElement[bool]] = []
    if to.start is not None:
        found.append(walk.c.created_at >= to.start)
    if to.end is not None:
        found.append(walk.c.created_at < to.end)
    one_by_one = apart_from_time(to, walk.c.id)
    return Matches(
        walk.join(posts, posts.c.id == walk.c.id),
        (walk.c.created_at, walk.c.id),
        [*found, *one_by_one, counted()],
        select(walk.c.created_at).where(*found) if one_by_one else None,
    )


def _match(query: Query) -> ColumnElement[bool]:
    return literal_column(SQLITE_TABLE).bool_op("MATCH")(literal(fts5(query)))


def _probed(query: Query) -> ColumnElement[bool]:
    """Ask the index of SQLite about each post."""
    at_post = _INDEX.c.rowid == literal_column(SQLITE_KEY)
    return exists().select_from(_INDEX).where(_match(query), at_post)


def _said(query: Query) -> ColumnElement[bool]:
    words: Any = literal_column(f"posts.{COLUMN}")
    said: ColumnElement[bool] = words.bool_op("@@")(func.to_tsquery("simple", tsquery(query)))
    return said


def _hashtags(query: Query, dialect: str) -> list[ColumnElement[bool]]:
    tags = [each.hashtag for each in query.terms if each.hashtag]
    if dialect != "sqlite":
        return [func.jsonb_exists(cast(posts.c.hashtags, JSONB), each) for each in tags]
    found = func.json_each(posts.c.hashtags).table_valued("value")
    return [exists().select_from(found).where(found.c.value == each) for each in tags]

"""The posts that a search means, as queries over the index of either database (data/word_index.py).

In SQLite the index itself yields posts in the order of time, so that only as many are read as are
shown; PostgreSQL chooses by itself whether to begin with the words or with the times.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from data.page_reads.narrowed import Narrowing, narrowed
from data.search_query import Query, Term
from data.tables import posts
from data.word_index import COLUMN, SQLITE_NUMBER, SQLITE_TABLE, first_rowid, rowid

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Edge:
    """A post at whose place in time a page begins or ends."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Matches:
    """What is found: `source` with `conditions`, in the descending order of `order`.

    `candidates` are those of the conditions that the index answers by itself; `place` gives the
    place of a post in the order.
    """

    source: FromClause
    order: tuple[ColumnElement[Any], ...]
    candidates: list[ColumnElement[bool]]
    conditions: list[ColumnElement[bool]]
    by_index: bool = field(default=False)

    def ids(
        self, before: Edge | None = None, after: Edge | None = None, floor: Any = None
    ) -> Select[int]:
        """Select numbers of posts, the newest first; the oldest first where they come `after`."""
        query = self.unordered(floor)
        if before is not None:
            query = query.where(self._place() < self._place_of(before))
        if after is not None:
            query = query.where(self._place() > self._place_of(after))
        return query.order_by(*(each if after else each.desc() for each in self.order))

    def unordered(self, floor: Any = None) -> Select[int]:
        """Select numbers of posts in any order, only those newer than `floor`."""
        query = select(posts.c.id).select_from(self.source).where(*self.conditions)
        return query if floor is None else query.where(self.order[0] > floor)

    def position_of(self, number: int) -> Select[Any]:
        """Select the place of the candidate that has so many newer ones before it."""
        source = self.source.left if self.by_index else self.source  # type: ignore[attr-defined]
        return (
            select(self.order[0])
            .select_from(source)
            .where(*self.candidates)
            .order_by(self.order[0].desc())
            .limit(1)
            .offset(number)
        )

    def _place(self) -> Any:
        return self.order[0] if self.by_index else tuple_(*self.order)

    def _place_of(self, edge: Edge) -> Any:
        if self.by_index:
            return rowid(edge.at, edge.number)
        return tuple_(literal(edge.at, posts.c.created_at.type), literal(edge.number))


def matches(connection: Connection, query: Query, to: Narrowing) -> Matches:
    """Find the posts with the words that are not deleted and no copies, narrowed."""
    sqlite = connection.dialect.name == "sqlite"
    conditions = [counted(), *narrowed(to), *_hashtags(query, sqlite)]
    if query and sqlite:
        return _by_rowid(query, to, conditions)
    by_time = [
        *([posts.c.created_at >= to.start] if to.start else []),
        *([posts.c.created_at < to.end] if to.end else []),
    ]
    if query:
        words: Any = literal_column(f"posts.{COLUMN}")
        said = words.bool_op("@@")(func.to_tsquery("simple", tsquery(query)))
        by_time.append(said)
        conditions.append(said)
    return Matches(posts, (posts.c.created_at, posts.c.id), by_time, conditions)


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


def _by_rowid(query: Query, to: Narrowing, conditions: Sequence[ColumnElement[bool]]) -> Matches:
    index = table(SQLITE_TABLE, column("rowid"))
    by_index: list[ColumnElement[bool]] = [
        literal_column(SQLITE_TABLE).bool_op("MATCH")(literal(fts5(query)))
    ]
    if to.start is not None:
        by_index.append(index.c.rowid >= first_rowid(to.start))
    if to.end is not None:
        by_index.append(index.c.rowid < first_rowid(to.end + _SECOND))
    return Matches(
        index.join(posts, posts.c.id == literal_column(SQLITE_NUMBER)),
        (index.c.rowid,),
        by_index,
        [*by_index, *conditions],
        by_index=True,
    )


def _hashtags(query: Query, sqlite: bool) -> list[ColumnElement[bool]]:
    tags = [each.hashtag for each in query.terms if each.hashtag]
    if not sqlite:
        return [func.jsonb_exists(cast(posts.c.hashtags, JSONB), each) for each in tags]
    found = func.json_each(posts.c.hashtags).table_valued("value")
    return [exists().select_from(found).where(found.c.value == each) for each in tags]

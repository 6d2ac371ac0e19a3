"""What the store holds of posts that come again, in its own form: most sightings tell nothing new.

Rows whose values become Python objects and are merged cost four times as much.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import JSON, BigInteger, Column, ColumnElement, Connection, Text, cast, select
from sqlalchemy import type_coerce as as_is

from data.among import among
from data.tables import UtcTime, posts


class Known(NamedTuple):
    """A stored post. Times in microseconds; `told` in the order that was asked for."""

    id: int
    first_seen: int
    seen_at: int
    check_at: int | None
    deleted_at: int | None
    told: tuple[Any, ...]


def known_posts(
    connection: Connection, network: str, native_ids: Collection[str], told: Sequence[str]
) -> dict[str, Known]:
    """Return the posts that are stored by native id, of each the columns `told`."""
    names = ("native_id", *Known._fields[:-1], *told)
    query = select(*(as_stored(posts.c[name]) for name in names)).where(
        posts.c.network == network, among(connection, posts.c.native_id, native_ids)
    )
    first = len(Known._fields)
    return {
        row[0]: Known(row[1], row[2], row[3], row[4], row[5], row[first:])
        for row in connection.execute(query).all()
    }


def as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """Ask for a column as `data.rows` has it."""
    if isinstance(column.type, UtcTime):
        return as_is(column, BigInteger)
    return cast(column, Text) if isinstance(column.type, JSON) else column

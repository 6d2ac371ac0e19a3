"""Raw items, as a network sent them, and the cursor that says where to go on: one transaction."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data.among import among
from data.engine import hold
from data.tables import cursors as cursors_table
from data.tables import raw_items
from data.writes.chunks import chunks
from data.writes.unknown import unknown


@dataclass(frozen=True, slots=True)
class RawItem:
    """One item of a reply; `body` is its JSON text as sent."""

    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a source goes on, under a name of its own choice."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """A stored raw item."""

    id: int
    origin: str
    kind: str
    body: str
    fetched_at: datetime


def store_raw(
    connection: Connection,
    source: str,
    origin: str,
    items: Sequence[RawItem],
    cursors: Sequence[Cursor],
    at: datetime,
) -> int:
    """Keep a page of items and its cursors; return how many items are new.

    An item whose kind and body are known from this origin is kept once and not mapped again, unless
    it was rejected: what was rejected for a wrong clock is a post when it comes again.
    """
    hold(connection)
    by_digest = {_digest(item): item for item in items}
    new = unknown(connection, raw_items, source, origin, by_digest)
    _try_again(connection, source, origin, by_digest.keys() - set(new), at)
    rows = [
        {
            "source": source,
            "origin": origin,
            "kind": by_digest[digest].kind,
            "digest": digest,
            "body": by_digest[digest].body.replace("\x00", ""),  # PostgreSQL cannot hold NUL
            "fetched_at": at,
        }
        for digest in new
    ]
    if rows:
        connection.execute(insert(raw_items), rows)
    for cursor in cursors:
        _set_cursor(connection, source, origin, cursor, at)
    return len(rows)


def unmapped(connection: Connection, source: str, limit: int) -> list[RawRow]:
    """Return raw items that have not been mapped yet, oldest first."""
    query = (
        select(
            raw_items.c.id,
            raw_items.c.origin,
            raw_items.c.kind,
            raw_items.c.body,
            raw_items.c.fetched_at,
        )
        .where(raw_items.c.source == source, raw_items.c.mapped_at.is_(None))
        .order_by(raw_items.c.id)
        .limit(limit)
    )
    return [RawRow(*row) for row in connection.execute(query)]


def mark_mapped(
    connection: Connection, ids: Sequence[int], rejected: Sequence[int], at: datetime
) -> None:
    """Note that the raw items `ids` are posts now, and `rejected` in quarantine.

    What is a post is not kept a second time: its body goes, so that a deleted post is gone here
    too; the digest stays and tells the same reply again. What was rejected stays whole, to be
    mapped again by a newer version.
    """
    for part in chunks(ids):
        connection.execute(
            update(raw_items)
            .where(among(connection, raw_items.c.id, part))
            .values(mapped_at=at, body="")
        )
    for part in chunks(rejected):
        connection.execute(
            update(raw_items).where(among(connection, raw_items.c.id, part)).values(mapped_at=at)
        )


def _try_again(
    connection: Connection, source: str, origin: str, digests: Collection[str], at: datetime
) -> None:
    connection.execute(
        update(raw_items)
        .where(
            raw_items.c.source == source,
            raw_items.c.origin == origin,
            among(connection, raw_items.c.digest, list(digests)),
            raw_items.c.mapped_at.is_not(None),
            raw_items.c.body != "",  # what has become a post has none any more
        )
        .values(mapped_at=None, fetched_at=at)
    )


def read_cursors(connection: Connection, source: str, origin: str) -> dict[str, str]:
    """Return a source's cursors at one origin by name."""
    query = select(cursors_table.c.name, cursors_table.c.value).where(
        cursors_table.c.source == source, cursors_table.c.origin == origin
    )
    return dict(connection.execute(query).all())


def _digest(item: RawItem) -> str:
    return hashlib.sha256(f"{item.kind}\n{item.body}".encode("utf-8", "replace")).hexdigest()


def _set_cursor(
    connection: Connection, source: str, origin: str, cursor: Cursor, at: datetime
) -> None:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = dialect.insert(cursors_table).values(
        source=source, origin=origin, name=cursor.name, value=cursor.value, updated_at=at
    )
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["source", "origin", "name"],
            set_={"value": new.excluded.value, "updated_at": new.excluded.updated_at},
        )
    )

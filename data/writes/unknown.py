"""Which of these items the store does not have yet, told by their digests."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, select

from data.among import among
from data.writes.chunks import chunks


def unknown(
    connection: Connection, table: Table, source: str, origin: str, digests: Iterable[str]
) -> list[str]:
    """Return the digests that `table` does not hold from this source and origin, in their order."""
    asked = list(digests)
    known: set[str] = set()
    for part in chunks(asked):
        query = select(table.c.digest).where(
            table.c.source == source,
            table.c.origin == origin,
            among(connection, table.c.digest, part),
        )
        known.update(connection.scalars(query))
    return [each for each in asked if each not in known]

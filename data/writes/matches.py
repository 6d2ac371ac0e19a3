"""Which offers answer which needs; each matching replaces the last one whole."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from data.among import among
from data.engine import hold
from data.tables import matches, posts
from data.writes.chunks import chunks


@dataclass(frozen=True, slots=True)
class MatchRow:
    """An offer for a need (row numbers of posts), the item sought, the score, and why."""

    need: int
    offer: int
    item: str
    score: float
    reasons: Sequence[Mapping[str, Any]]


def write_matches(connection: Connection, rows: Sequence[MatchRow]) -> int:
    """Replace all matches; those of posts deleted meanwhile are left out. Return how many."""
    hold(connection)
    connection.execute(delete(matches))
    written = 0
    for part in chunks(rows):
        named = {post for row in part for post in (row.need, row.offer)}
        alive = set(
            connection.scalars(
                select(posts.c.id).where(
                    among(connection, posts.c.id, named), posts.c.deleted_at.is_(None)
                )
            )
        )
        kept = [asdict(row) for row in part if {row.need, row.offer} <= alive]
        if kept:
            connection.execute(insert(matches), kept)
        written += len(kept)
    return written

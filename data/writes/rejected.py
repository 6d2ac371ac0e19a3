"""Items that could not be read go to quarantine: kept, with the reason, never dropped."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from data.among import among
from data.engine import hold
from data.quarantine import LONGEST_BODY, Rejected
from data.records import clean
from data.tables import quarantine
from data.writes.chunks import chunks


def put_in_quarantine(
    connection: Connection,
    source: str,
    origin: str,
    items: Sequence[Rejected],
    mapper: str,
    at: datetime,
) -> int:
    """Keep what was rejected; return how many are new. The same line or item is kept once."""
    hold(connection)
    new = 0
    by_digest = {_digest(item): item for item in items}
    for part in chunks(list(by_digest)):
        known = set(
            connection.scalars(
                select(quarantine.c.digest).where(
                    quarantine.c.source == source,
                    quarantine.c.origin == origin,
                    among(connection, quarantine.c.digest, part),
                )
            )
        )
        rows = [
            {
                "source": source,
                "origin": origin,
                "line": by_digest[digest].line,
                "code": by_digest[digest].error.code,
                "detail": clean(by_digest[digest].error.detail),
                "body": clean(by_digest[digest].body[:LONGEST_BODY]),
                "digest": digest,
                "mapper": mapper,
                "at": at,
            }
            for digest in part
            if digest not in known
        ]
        if rows:
            connection.execute(insert(quarantine), rows)
        new += len(rows)
    return new


def _digest(item: Rejected) -> str:
    return hashlib.sha256(f"{item.line}\n{item.body}".encode("utf-8", "replace")).hexdigest()

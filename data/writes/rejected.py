"""Items that could not be read go to quarantine: kept, with the reason, never dropped."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, update

from data.among import among
from data.engine import hold
from data.quarantine import LONGEST_BODY, Rejected
from data.records import clean
from data.tables import quarantine
from data.writes.chunks import chunks
from data.writes.unknown import unknown


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
    by_digest = {_digest(item): item for item in items}
    new = unknown(connection, quarantine, source, origin, by_digest)
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
        for digest in new
    ]
    if rows:
        connection.execute(insert(quarantine), rows)
    return len(rows)


def let_out_of_quarantine(
    connection: Connection, source: str, origin: str, bodies: Sequence[str], at: datetime
) -> None:
    """Note that items (without lines) are readable now; most have never been there."""
    for part in chunks([_digest_of(None, body) for body in bodies]):
        connection.execute(
            update(quarantine)
            .where(
                quarantine.c.source == source,
                quarantine.c.origin == origin,
                among(connection, quarantine.c.digest, part),
                quarantine.c.resolved_at.is_(None),
            )
            .values(resolved_at=at)
        )


def _digest(item: Rejected) -> str:
    return _digest_of(item.line, item.body)


def _digest_of(line: int | None, body: str) -> str:
    return hashlib.sha256(f"{line}\n{body}".encode("utf-8", "replace")).hexdigest()

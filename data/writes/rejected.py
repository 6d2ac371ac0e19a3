"""Items that could not be read go to quarantine: kept, with the reason, never dropped."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert

from data.engine import hold
from data.quarantine import LONGEST_BODY, Rejected
from data.records import clean
from data.tables import quarantine
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


def _digest(item: Rejected) -> str:
    return hashlib.sha256(f"{item.line}\n{item.body}".encode("utf-8", "replace")).hexdigest()

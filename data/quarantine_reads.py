"""What lies in quarantine: how much for which reason, and each item."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.tables import quarantine


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be read; `line` is None for a network's reply."""

    id: int
    source: str
    origin: str
    line: int | None
    code: str
    detail: str
    body: str
    mapper: str
    at: datetime


def counts_by_code(connection: Connection) -> dict[str, int]:
    """Count what has not been resolved by its reason, most first."""
    items = func.count().label("items")
    query = (
        select(quarantine.c.code, items)
        .where(quarantine.c.resolved_at.is_(None))
        .group_by(quarantine.c.code)
        .order_by(items.desc(), quarantine.c.code)
    )
    return dict(connection.execute(query).all())


def quarantined(connection: Connection, code: str | None, limit: int) -> list[Quarantined]:
    """Return the newest items that are not resolved, of one reason or (None) of all."""
    query = (
        select(
            quarantine.c.id,
            quarantine.c.source,
            quarantine.c.origin,
            quarantine.c.line,
            quarantine.c.code,
            quarantine.c.detail,
            quarantine.c.body,
            quarantine.c.mapper,
            quarantine.c.at,
        )
        .where(quarantine.c.resolved_at.is_(None))
        .order_by(quarantine.c.id.desc())
        .limit(limit)
    )
    if code is not None:
        query = query.where(quarantine.c.code == code)
    return [Quarantined(*row) for row in connection.execute(query)]

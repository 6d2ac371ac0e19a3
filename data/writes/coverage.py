"""Which time a source has really read: intervals, merged where they meet."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from data.engine import hold
from data.tables import coverage


def add_coverage(
    connection: Connection, source: str, origin: str, start: datetime, end: datetime
) -> None:
    """Note that `start` to `end` has been read; touching and overlapping intervals become one."""
    if end < start:
        raise ValueError(f"an interval that ends ({end}) before it starts ({start})")
    hold(connection)
    met = connection.execute(
        select(coverage.c.id, coverage.c.start, coverage.c.end).where(
            coverage.c.source == source,
            coverage.c.origin == origin,
            coverage.c.start <= end,
            coverage.c.end >= start,
        )
    ).all()
    connection.execute(delete(coverage).where(coverage.c.id.in_([each.id for each in met])))
    connection.execute(
        insert(coverage).values(
            source=source,
            origin=origin,
            start=min([start, *(each.start for each in met)]),
            end=max([end, *(each.end for each in met)]),
        )
    )


def cut_coverage(connection: Connection, source: str, origin: str, now: datetime) -> None:
    """Take back what is said of the future: a clock that ran ahead has claimed it."""
    this = (coverage.c.source == source, coverage.c.origin == origin)
    connection.execute(delete(coverage).where(*this, coverage.c.start > now))
    connection.execute(update(coverage).where(*this, coverage.c.end > now).values(end=now))

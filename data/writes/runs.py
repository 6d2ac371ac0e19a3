"""Each run of a step: when, with what result, and when it is tried again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, update

from data.tables import runs


def start_run(
    connection: Connection,
    step: str,
    source: str | None,
    origin: str | None,
    at: datetime,
    period: str | None = None,
) -> int:
    """Note that a step begins; return the run's number."""
    new = insert(runs).values(
        step=step,
        source=source,
        origin=origin,
        period=period,
        started_at=at,
        state="running",
        counts={},
    )
    number: int = connection.execute(new.returning(runs.c.id)).scalar_one()
    return number


def finish_run(
    connection: Connection,
    run: int,
    state: str,
    at: datetime,
    detail: str | None = None,
    counts: Mapping[str, int] | None = None,
    next_try: datetime | None = None,
) -> None:
    """Note how it ended (`data.reads.STATES`), what was counted, and when it is tried again."""
    connection.execute(
        update(runs)
        .where(runs.c.id == run)
        .values(
            state=state,
            finished_at=at,
            detail=detail,
            counts=dict(counts or {}),
            next_try=next_try,
        )
    )

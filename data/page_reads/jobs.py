"""The newest run of each job, though the store keeps every run of a year: found step by step."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    func,
    select,
)

from data.tables import runs

NEWEST_FIRST = (  # within one job: its names belong to it, or PostgreSQL does not walk the index
    *(runs.c[name].desc() for name in ("source", "origin", "started_at", "id")),
)


class Job(NamedTuple):
    """What runs again and again: a step, of a source at an origin where it has them."""

    step: str
    source: str | None
    origin: str | None


def newest_by_job(connection: Connection) -> list[Row[Any]]:
    """List the newest ended run of each job, else one that goes on; by step, source, origin."""
    found = (_newest(connection, job) for job in jobs(connection))
    return [row for row in found if row is not None]


def jobs(connection: Connection) -> list[Job]:
    """List what has ever run, in order; some of these without source or origin never did.

    Reads one entry of the index a job, where DISTINCT would read them all.
    """
    rows = (Job(*row) for row in connection.execute(_all_jobs()))
    return sorted(rows, key=lambda job: (job.step, job.source or "", job.origin or ""))


@cache
def _all_jobs() -> Select[Any]:
    steps = select(func.min(runs.c.step).label("step")).cte("steps", recursive=True)
    steps = steps.union_all(
        select(_least("step", runs.c.step > steps.c.step)).where(steps.c.step.is_not(None))
    )
    pairs = (
        select(steps.c.step, _least("source", runs.c.step == steps.c.step).label("source"))
        .where(steps.c.step.is_not(None))
        .cte("pairs", recursive=True)
    )
    more = _least("source", runs.c.step == pairs.c.step, runs.c.source > pairs.c.source)
    pairs = pairs.union_all(select(pairs.c.step, more).where(pairs.c.source.is_not(None)))
    named = select(pairs.c.step, pairs.c.source, _origin(pairs).label("origin"))
    all_ = named.cte("named", recursive=True)
    all_ = all_.union_all(
        select(all_.c.step, all_.c.source, _origin(all_, runs.c.origin > all_.c.origin)).where(
            all_.c.origin.is_not(None)
        )
    )
    return select(all_)


def _least(column: str, *those: ColumnElement[bool]) -> ColumnElement[str]:
    return select(func.min(runs.c[column])).where(*those).scalar_subquery()


def _origin(of: CTE, *those: ColumnElement[bool]) -> ColumnElement[str]:
    here = (runs.c.step == of.c.step, runs.c.origin.is_not(None), *those)
    of_none = (
        select(runs.c.origin)
        .where(runs.c.source.is_(None), *here)
        .order_by(runs.c.source, runs.c.origin)  # all of one source: PostgreSQL walks the index
        .limit(1)
        .scalar_subquery()
    )
    return case(
        (of.c.source.is_(None), of_none),
        else_=_least("origin", runs.c.source == of.c.source, *here),
    )


def _newest(connection: Connection, job: Job) -> Row[Any] | None:
    query = _of_shape(tuple(value is None for value in job))
    ended = connection.execute(query.where(runs.c.finished_at.is_not(None)), job._asdict()).first()
    return ended if ended is not None else connection.execute(query, job._asdict()).first()


@cache
def _of_shape(missing: tuple[bool, ...]) -> Select[Any]:
    """Ask for the newest run of a job of which these names are missing."""
    return (
        select(runs)
        .where(
            *(
                runs.c[name].is_(None) if no else runs.c[name] == bindparam(name)
                for name, no in zip(Job._fields, missing, strict=True)
            )
        )
        .order_by(*NEWEST_FIRST)
        .limit(1)
    )

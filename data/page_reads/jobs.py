"""The newest run of each job, though the store keeps every run of a year: found step by step."""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    select,
)

from data.among import among
from data.tables import runs

_NAMED = ("source", "origin")  # what a job may lack
NEWEST_FIRST = (  # within one job: its names belong to it, or PostgreSQL does not walk the index
    *(runs.c[name].desc() for name in ("source", "origin", "started_at", "id")),
)


def newest_by_job(connection: Connection) -> list[Row[Any]]:
    """List the newest ended run of each job, else one that goes on; by step, source, origin."""
    numbers = connection.scalars(_newest_runs()).all()
    query = select(runs).where(among(connection, runs.c.id, [each for each in numbers if each]))
    return sorted(
        connection.execute(query), key=lambda run: (run.step, run.source or "", run.origin or "")
    )


@cache
def _newest_runs() -> Select[Any]:
    """Give the number of each job's newest run; None for what never ran so."""
    job = _all_jobs()
    ended = runs.c.finished_at.is_not(None)
    newest = case(
        *(
            (
                and_(
                    *(
                        _is(job.c[name], missing=no)
                        for name, no in zip(_NAMED, missing, strict=True)
                    )
                ),
                func.coalesce(_newest(job, missing, ended), _newest(job, missing)),
            )
            for missing in product((False, True), repeat=len(_NAMED))
        )
    )
    return select(newest)


def _all_jobs() -> CTE:
    """List what has ever run; some of these without source or origin never did.

    A job is a step, of a source at an origin where it has them. Reads one entry of the index a
    job, where DISTINCT would read them all.
    """
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
    return all_.union_all(
        select(all_.c.step, all_.c.source, _origin(all_, runs.c.origin > all_.c.origin)).where(
            all_.c.origin.is_not(None)
        )
    )


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


def _newest(job: CTE, missing: Sequence[bool], *those: ColumnElement[bool]) -> ColumnElement[int]:
    """Give the newest run of a job of which these names are missing."""
    named = zip(_NAMED, missing, strict=True)
    return (
        select(runs.c.id)
        .where(
            runs.c.step == job.c.step,
            *(runs.c[name].is_(None) if no else runs.c[name] == job.c[name] for name, no in named),
            *those,
        )
        .order_by(*NEWEST_FIRST)
        .limit(1)
        .scalar_subquery()
    )


def _is(name: ColumnElement[str], *, missing: bool) -> ColumnElement[bool]:
    return name.is_(None) if missing else name.is_not(None)

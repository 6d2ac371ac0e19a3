"""How the sources and jobs are doing: newest runs, gaps, quarantine."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from data.reads import Run
from data.tables import coverage, posts, quarantine, runs


@dataclass(frozen=True, slots=True)
class Holding:
    """What the store holds of one source."""

    source: str
    posts: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that a source has not read."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Items of one source that could not be read for one reason."""

    source: str
    code: str
    items: int
    newest: datetime


def last_runs(connection: Connection) -> list[Run]:
    """List the newest ended run of each step, source and instance; else one that goes on."""
    ended = case((runs.c.finished_at.is_not(None), runs.c.id))
    newest = select(func.coalesce(func.max(ended), func.max(runs.c.id))).group_by(
        runs.c.step, runs.c.source, runs.c.origin
    )
    rows = connection.execute(
        select(runs)
        .where(runs.c.id.in_(newest))
        .order_by(runs.c.step, runs.c.source, runs.c.origin)
    )
    return [Run(**row._mapping) for row in rows]


def holdings(connection: Connection) -> list[Holding]:
    """Count the posts of each source."""
    rows = connection.execute(
        select(posts.c.source, func.count(), func.max(posts.c.created_at))
        .where(posts.c.deleted_at.is_(None))
        .group_by(posts.c.source)
        .order_by(posts.c.source)
    )
    return [Holding(*row) for row in rows]


def gaps(
    connection: Connection, since: datetime, shortest: timedelta = timedelta(minutes=30)
) -> dict[tuple[str, str], list[Gap]]:
    """List, by source and instance, what was not read between two stretches that were."""
    rows = connection.execute(
        select(coverage.c.source, coverage.c.origin, coverage.c.start, coverage.c.end)
        .where(coverage.c.end >= since)
        .order_by(coverage.c.source, coverage.c.origin, coverage.c.start)
    )
    found: dict[tuple[str, str], list[Gap]] = defaultdict(list)
    reached: dict[tuple[str, str], datetime] = {}
    for source, origin, start, end in rows:
        last = reached.get((source, origin))
        if last is not None and start - last >= shortest:
            found[source, origin].append(Gap(last, start))
        reached[source, origin] = max(end, last or end)
    return dict(found)


def quarantined(connection: Connection) -> list[Quarantined]:
    """Count what waits in quarantine by source and reason, most first."""
    items = func.count()
    rows = connection.execute(
        select(quarantine.c.source, quarantine.c.code, items, func.max(quarantine.c.at))
        .where(quarantine.c.resolved_at.is_(None))
        .group_by(quarantine.c.source, quarantine.c.code)
        .order_by(items.desc(), quarantine.c.code)
    )
    return [Quarantined(*row) for row in rows]

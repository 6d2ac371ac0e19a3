"""How the sources and jobs are doing: newest runs, gaps, quarantine."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from data.page_reads.jobs import newest_by_job
from data.reads import Run
from data.rollups.counts import counts
from data.rollups.stretches import EVER, stale_between
from data.rollups.truth import HOUR, posted
from data.tables import coverage, posts, quarantine, tallies


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
    return [Run(**row._mapping) for row in newest_by_job(connection)]


def holdings(connection: Connection) -> list[Holding]:
    """Count the posts of each source."""
    return [
        Holding(source, count.posts, _newest(connection, source))
        for source, count in sorted(counts(connection, "source", None, None).items())
    ]


def _newest(connection: Connection, source: str) -> datetime | None:
    """Give the time of a source's newest post: in the newest hour that has one, or a stale hour."""
    of, there = tallies.c, (posts.c.source == source, posts.c.deleted_at.is_(None))
    stale = stale_between(connection, *EVER)
    newest = select(func.max(posts.c.created_at)).where(*there)
    if stale is not None:
        hour = connection.scalar(
            select(of.start)
            .where(of.kind == "source", of.hours == 1, of.label == source, of.start.not_in(stale))
            .order_by(of.start.desc())
            .limit(1)
        )
        hours = stale if hour is None else [hour, *stale]
        newest = newest.where(posted([(each * HOUR, (each + 1) * HOUR) for each in hours]))
    at: datetime | None = connection.execute(newest).scalar_one()
    return at


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

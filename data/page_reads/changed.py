"""Whether the store has changed since somebody looked: marks that are cheap to make."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from data.page_reads.jobs import newest_by_job
from data.tables import (
    cluster_accounts,
    clusters,
    decisions,
    matches,
    quarantine,
    recounts,
    runs,
    stale_accounts,
    stale_hours,
    wishes,
)

_LOOKED_AT = 100  # newest runs, among which one may have ended
_last_run = select(func.max(runs.c.id)).scalar_subquery()
_last_end = select(func.max(runs.c.finished_at)).where(runs.c.id > _last_run - _LOOKED_AT)
_MARK = select(
    exists(select(stale_hours)) | exists(select(stale_accounts)),
    recounts.c.times,
    _last_run,
    _last_end.scalar_subquery(),
    select(func.max(decisions.c.id)).scalar_subquery(),
    select(func.max(wishes.c.id)).scalar_subquery(),
)


def mark(connection: Connection) -> str | None:
    """Give a mark of what the store holds: another one as soon as a page could show anything else.

    Posts and labels count once they are counted (data.writes.rollups), other steps when they end.
    None while something has changed and is not counted yet.
    """
    stale, *parts = connection.execute(_MARK).one()
    return None if stale else "-".join(str(each) for each in parts)


def news(connection: Connection, about: Collection[str]) -> str:
    """Give a mark that changes when there is something new about posts, matches and so on.

    What may be asked about: the keys of _ABOUT. A round that brought nothing is nothing new.
    """
    told: list[object] = [tuple(connection.execute(_values(frozenset(about))).one())]
    if "warnings" in about:
        told.append([tuple(row) for row in connection.execute(_WARNINGS).all()])
    if "sources" in about:
        told.append(
            [(job.step, job.source, job.origin, job.state) for job in newest_by_job(connection)]
        )
    return sha256(repr(told).encode()).hexdigest()[:16]


@cache
def _values(about: frozenset[str]) -> Select[Any]:
    return select(*(each.scalar_subquery() for name in sorted(about) for each in _ABOUT[name]))


_ABOUT: Mapping[str, Sequence[Select[Any]]] = {  # what is one value
    "posts": [select(recounts.c.times)],
    "decisions": [select(func.max(decisions.c.id))],
    "matches": [
        select(each).select_from(matches)
        for each in (func.count(), func.sum(matches.c.need), func.sum(matches.c.offer))
    ],
    "warnings": [],
    "sources": [select(func.count()).where(quarantine.c.resolved_at.is_(None))],
}
_WARNINGS = (
    select(clusters.c.id, clusters.c.level, func.count(cluster_accounts.c.account))
    .outerjoin(cluster_accounts, cluster_accounts.c.cluster == clusters.c.id)
    .where(clusters.c.gone_at.is_(None), clusters.c.level.in_(("alert", "watch")))
    .group_by(clusters.c.id, clusters.c.level)
    .order_by(clusters.c.id)
)

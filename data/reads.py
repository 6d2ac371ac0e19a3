"""What the steps and `hhhilft status` ask the store; the pages' questions are in page_reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from sqlalchemy import Connection, Row, Select, Table, and_, func, or_, select

from data.counted import counted
from data.tables import (
    accounts,
    cluster_accounts,
    clusters,
    corrections,
    coverage,
    labels,
    posts,
    quarantine,
    raw_items,
    runs,
    tags,
)

STATES = (  # how a run of a source ended, in its newest entry of `runs`
    "ok",
    "empty",  # answered, nothing new
    "no_token",  # not asked: here is no login, or none that can be read
    "denied",  # 401, 403, 422: a login or a permission is needed
    "not_found",  # 404: no such instance or hashtag
    "limited",  # 429: too many requests
    "unavailable",  # 5xx
    "unreachable",  # no connection, or no answer in time
    "garbled",  # an answer that is not what was asked for: cut off JSON, an HTML page
    "off",  # not asked: switched off here or there
    "quota",  # not asked: what may be asked in this time is spent
)
RUNNING, FAILED = "running", "failed"  # of any step; `failed` is an error inside the program
GOOD = ("ok", "empty")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a step; `source` and `origin` are None where the step has none."""

    id: int
    step: str
    source: str | None
    origin: str | None
    period: str | None
    started_at: datetime
    finished_at: datetime | None
    state: str
    detail: str | None
    counts: Mapping[str, int]
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source does at one origin: its newest run, its last good one, what it has read."""

    source: str
    origin: str
    newest: Run
    last_good: datetime | None
    covered: tuple[tuple[datetime, datetime], ...]  # oldest first; between them are gaps
    quarantined: int


def posts_to_tag(connection: Connection, taggers: Collection[str], limit: int) -> pa.Table:
    """Return posts with a text that none of these versions of the tagger has seen, newest first.

    Those whose labels a person has corrected are not among them.

    Columns: post (int64, the row's number), text (str).
    """
    query = (
        select(posts.c.id, posts.c.text)
        .outerjoin(tags, tags.c.post == posts.c.id)
        .where(
            posts.c.deleted_at.is_(None),
            posts.c.text != "",
            or_(tags.c.post.is_(None), tags.c.tagger.not_in(taggers)),
            posts.c.id.not_in(
                select(corrections.c.post).where(corrections.c.released_at.is_(None))
            ),
        )
        .order_by(posts.c.id.desc())
        .limit(limit)
    )
    rows = connection.execute(query).all()
    return pa.table(
        {
            "post": pa.array([row.id for row in rows], pa.int64()),
            "text": pa.array([row.text for row in rows], pa.string()),
        }
    )


def members_of_clusters(connection: Connection) -> dict[str, frozenset[str]]:
    """Return the accounts' keys of every cluster the store knows, those no longer found too."""
    found: dict[str, set[str]] = {}
    query = select(cluster_accounts.c.cluster, accounts.c.network, accounts.c.native_id).join(
        accounts, accounts.c.id == cluster_accounts.c.account
    )
    for cluster, network, native_id in connection.execute(query):
        found.setdefault(cluster, set()).add(f"{network}:{native_id}")
    return {name: frozenset(keys) for name, keys in found.items()}


def newest_runs(connection: Connection) -> list[Run]:
    """Return the newest run of each step, source and origin; by step."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.step, runs.c.source, runs.c.origin)
    return _runs(connection, select(runs).where(runs.c.id.in_(newest)))


def source_states(connection: Connection) -> list[SourceState]:
    """Return the state of every source at every origin that was ever asked."""
    asked = (runs.c.step == "collect", runs.c.source.is_not(None), runs.c.origin.is_not(None))
    group = (runs.c.source, runs.c.origin)
    newest = select(func.max(runs.c.id)).where(*asked).group_by(*group)
    good = {
        (row.source, row.origin): row.at
        for row in connection.execute(
            select(*group, func.max(runs.c.finished_at).label("at"))
            .where(*asked, runs.c.state.in_(GOOD))
            .group_by(*group)
        )
    }
    rejected = {
        (row.source, row.origin): row.items
        for row in connection.execute(
            select(quarantine.c.source, quarantine.c.origin, func.count().label("items"))
            .where(quarantine.c.resolved_at.is_(None))
            .group_by(quarantine.c.source, quarantine.c.origin)
        )
    }
    return [
        SourceState(
            source=run.source or "",
            origin=run.origin or "",
            newest=run,
            last_good=good.get((run.source, run.origin)),
            covered=tuple(covered(connection, run.source or "", run.origin or "")),
            quarantined=rejected.get((run.source, run.origin), 0),
        )
        for run in _runs(connection, select(runs).where(runs.c.id.in_(newest)))
    ]


def covered(connection: Connection, source: str, origin: str) -> list[tuple[datetime, datetime]]:
    """Return the intervals that a source has read at one origin, oldest first."""
    query = (
        select(coverage.c.start, coverage.c.end)
        .where(coverage.c.source == source, coverage.c.origin == origin)
        .order_by(coverage.c.start)
    )
    return [(row.start, row.end) for row in connection.execute(query)]


def is_done(connection: Connection, step: str, period: str) -> bool:
    """Say whether a step has finished well for a period (its idempotency key)."""
    query = (
        select(runs.c.id)
        .where(runs.c.step == step, runs.c.period == period, runs.c.state.in_(GOOD))
        .limit(1)
    )
    return connection.execute(query).first() is not None


def counts(connection: Connection) -> dict[str, int]:
    """Count what the store holds.

    Keys: posts (not deleted; bridged copies count once), deleted, accounts, tagged, untagged (posts
    with a text that have no tags), labels, unmapped (raw items), quarantined, alerts, watches,
    communities (still found).
    """
    alive = posts.c.deleted_at.is_(None)
    level = clusters.c.level
    open_cluster = clusters.c.gone_at.is_(None)
    untagged = (
        select(func.count())
        .select_from(posts)
        .outerjoin(tags, tags.c.post == posts.c.id)
        .where(alive, posts.c.text != "", tags.c.post.is_(None))
    )
    questions: dict[str, Select[int]] = {
        "posts": _count(posts).where(counted()),
        "deleted": _count(posts).where(posts.c.deleted_at.is_not(None)),
        "accounts": _count(accounts),
        "tagged": _count(tags),
        "untagged": untagged,
        "labels": _count(labels),
        "unmapped": _count(raw_items).where(raw_items.c.mapped_at.is_(None)),
        "quarantined": _count(quarantine).where(quarantine.c.resolved_at.is_(None)),
        "alerts": _count(clusters).where(and_(open_cluster, level == "alert")),
        "watches": _count(clusters).where(and_(open_cluster, level == "watch")),
        "communities": _count(clusters).where(and_(open_cluster, level == "community")),
    }
    return {name: connection.execute(query).scalar_one() for name, query in questions.items()}


def _count(table: Table) -> Select[int]:
    return select(func.count()).select_from(table)


def _runs(connection: Connection, query: Select[tuple[object, ...]]) -> list[Run]:
    found = [_run(row) for row in connection.execute(query)]
    return sorted(found, key=lambda run: (run.step, run.source or "", run.origin or ""))


def _run(row: Row[tuple[object, ...]]) -> Run:
    return Run(**row._mapping)

"""Groups that act together, as the newest detection found them, with their evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from data.among import among
from data.engine import hold
from data.keys import ids_of
from data.tables import (
    accounts,
    cluster_accounts,
    cluster_acts,
    cluster_episodes,
    cluster_posts,
    clusters,
    posts,
)
from data.writes.chunks import chunks


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One shared content of a group, with the posts (keys) of its accounts about it."""

    kind: str
    object: str
    others: int | None  # accounts outside that did the same; None: not counted
    posts: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One group. Accounts and posts by key; the store leaves out those it does not have."""

    id: str
    level: str  # alert, watch, community
    score: float
    name: str | None
    kinds: Sequence[str]
    first: datetime
    last: datetime
    reasons: Sequence[Mapping[str, Any]]
    accounts: Mapping[str, Mapping[str, Any]]  # account key -> its marks
    evidence: Sequence[tuple[str, str | None, str | None]]  # post key, shared object, kind
    episodes: Sequence[EpisodeRow] = ()  # in the order they began


def write_clusters(connection: Connection, found: Sequence[ClusterRow], at: datetime) -> None:
    """Write what was found, by id; groups that are no longer found get `gone_at` and stay."""
    hold(connection)
    known = dict(connection.execute(select(clusters.c.id, clusters.c.gone_at)).all())
    by_id = {row.id: row for row in found}
    for row in by_id.values():
        values = _values(row, at)
        if row.id in known:
            connection.execute(update(clusters).where(clusters.c.id == row.id).values(values))
        else:
            connection.execute(insert(clusters).values(id=row.id, detected_at=at, **values))
    gone = [each for each, when in known.items() if when is None and each not in by_id]
    for part in chunks(gone):
        connection.execute(
            update(clusters).where(among(connection, clusters.c.id, part)).values(gone_at=at)
        )
    for part in chunks(list(by_id)):
        for table in (cluster_accounts, cluster_posts, cluster_episodes, cluster_acts):
            connection.execute(delete(table).where(among(connection, table.c.cluster, part)))
    _write_members(connection, list(by_id.values()))
    ids = _post_ids(connection, list(by_id.values()))
    _write_evidence(connection, list(by_id.values()), ids)
    _write_episodes(connection, list(by_id.values()), ids)


def _values(row: ClusterRow, at: datetime) -> dict[str, object]:
    return {
        "level": row.level,
        "score": row.score,
        "name": row.name,
        "kinds": list(row.kinds),
        "first": row.first,
        "last": row.last,
        "reasons": [dict(each) for each in row.reasons],
        "updated_at": at,
        "gone_at": None,
    }


def _write_members(connection: Connection, found: Sequence[ClusterRow]) -> None:
    ids = ids_of(connection, accounts, (key for row in found for key in row.accounts))
    members = [
        {"cluster": row.id, "account": ids[key], "marks": dict(marks)}
        for row in found
        for key, marks in row.accounts.items()
        if key in ids
    ]
    if members:
        connection.execute(insert(cluster_accounts), members)


def _post_ids(connection: Connection, found: Sequence[ClusterRow]) -> dict[str, int]:
    keys = {key for row in found for key, _, _ in row.evidence}
    keys |= {key for row in found for each in row.episodes for key in each.posts}
    return ids_of(connection, posts, sorted(keys))


def _write_evidence(
    connection: Connection, found: Sequence[ClusterRow], ids: Mapping[str, int]
) -> None:
    evidence = {
        (row.id, ids[key]): {"cluster": row.id, "post": ids[key], "object": what, "kind": kind}
        for row in found
        for key, what, kind in row.evidence
        if key in ids
    }
    if evidence:
        connection.execute(insert(cluster_posts), list(evidence.values()))


def _write_episodes(
    connection: Connection, found: Sequence[ClusterRow], ids: Mapping[str, int]
) -> None:
    numbered = [(row.id, *each) for row in found for each in enumerate(row.episodes)]
    if not numbered:
        return
    connection.execute(
        insert(cluster_episodes),
        [
            {
                "cluster": name,
                "number": number,
                "kind": each.kind,
                "object": each.object,
                "others": each.others,
            }
            for name, number, each in numbered
        ],
    )
    acts = [
        {"cluster": name, "number": number, "post": ids[key]}
        for name, number, each in numbered
        for key in dict.fromkeys(each.posts)
        if key in ids
    ]
    if acts:
        connection.execute(insert(cluster_acts), acts)

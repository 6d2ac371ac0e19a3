"""A cluster, and how it keeps its name from run to run."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.detect.floods import Flood
from monitor.detect.scene import Episode
from monitor.detect.spans import without_span
from monitor.detect.verdict import Reason

SAME_CLUSTER = 0.5  # of all accounts of two runs' clusters: it is the same one


@dataclass(frozen=True, slots=True)
class Together:
    """One shared content: what it is, who else did the same, the members' posts."""

    kind: str
    object: str  # without its kind
    others: int | None  # accounts outside the cluster; None: not counted
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Accounts that act together, what they are taken for, and the posts that show it."""

    id: str
    level: str
    score: float
    accounts: tuple[str, ...]  # keys, sorted
    kinds: tuple[str, ...]
    first: datetime
    last: datetime
    reasons: tuple[Reason, ...]
    evidence: tuple[tuple[str, str], ...]  # post key, object (kind:name); by object's time
    parts: dict[str, int] = field(default_factory=dict)  # in how many shared objects each took part
    episodes: tuple[Together, ...] = ()  # in the order they began


def together(shared: Sequence[Episode]) -> tuple[Together, ...]:
    """Give a group's episodes as its cluster keeps them."""
    return tuple(
        Together(each.kind, without_span(each.name).partition(":")[2], each.outsiders, each.posts)
        for each in shared
    )


def together_in(flood: Flood) -> tuple[Together, ...]:
    """Give a flood's hashtags as its cluster keeps them, the earliest first."""
    tags = dict.fromkeys(tag for _, tag in flood.posts)
    return tuple(
        Together("hashtags", tag, None, tuple(post for post, its in flood.posts if its == tag))
        for tag in tags
    )


def first_name(shared: Sequence[Episode]) -> str:
    """Name a cluster by its earliest shared object and who of it took part; groups are disjoint."""
    return _digest(shared[0].name, *sorted(shared[0].members))


def name_of_flood(tags: Sequence[str], first: datetime) -> str:
    """Name a flood by its hashtags and the moment it began."""
    return _digest(first.isoformat(), *tags)


def keep_names(
    clusters: Sequence[Cluster], known: Mapping[str, frozenset[str]]
) -> tuple[Cluster, ...]:
    """Give clusters the id under which they are known, so that people's decisions stay with them.

    `known`: id -> accounts. A cluster is the known one that shares at least half of both's
    accounts; the best match goes first, each id once.
    """
    matches = sorted(
        (-_alike(frozenset(each.accounts), accounts), name, place)
        for name, accounts in known.items()
        for place, each in enumerate(clusters)
        if _alike(frozenset(each.accounts), accounts) >= SAME_CLUSTER
    )
    names: dict[int, str] = {}
    for _, name, place in matches:
        if place not in names and name not in names.values():
            names[place] = name
    taken = set(names.values())
    return tuple(
        replace(each, id=names.get(place) or _free(each, taken))
        for place, each in enumerate(clusters)
    )


def _free(cluster: Cluster, taken: Collection[str]) -> str:
    return _digest(*cluster.accounts) if cluster.id in taken else cluster.id


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

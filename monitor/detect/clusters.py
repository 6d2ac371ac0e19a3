"""From posts to clusters: actions, pairs, groups, marks, verdict, in one pure line."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pyarrow as pa

from monitor.detect.actions import actions
from monitor.detect.groups import groups
from monitor.detect.marks import CLOSE, RECYCLED, Episode, Scene, episodes, marks, scene
from monitor.detect.meetings import WINDOW, Meeting, Pairs, strong_pairs
from monitor.detect.pairs import meetings
from monitor.detect.profiles import same_person
from monitor.detect.verdict import Reason, Usual, Verdict, judge

FEWEST_TO_COMPARE = 20  # meetings or accounts; the rest of a tiny file is no yardstick
SAME_CLUSTER = 0.5  # of all accounts of two runs' clusters: it is the same one
LEVELS = ("alert", "watch", "community")


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


@dataclass(frozen=True, slots=True)
class Found:
    """All clusters, worst first, and the pairs behind them, one person's accounts left out."""

    clusters: tuple[Cluster, ...]
    pairs: Pairs


def find_clusters(
    posts: pa.Table,
    watched: Collection[str],
    places: Collection[str],
    min_shared: int,
    seed: int,
) -> Found:
    """Find the clusters in posts (POST_SCHEMA).

    `watched`: the hashtags every post has; `places`: words masked in texts; `min_shared`: distinct
    objects that make an edge; `seed`: of the grouping. The same posts give the same clusters.
    """
    acts = actions(posts, {tag.lower() for tag in watched}, places)
    here = scene(posts, acts)
    met = strong_pairs(meetings(acts, WINDOW, min_shared), min_shared)
    pairs = {(a, b): each for (a, b), each in met.items() if not _one_person(a, b, here)}
    found = list(_clusters(groups(pairs, seed), pairs, here))
    found.sort(key=lambda each: (LEVELS.index(each.level), -each.score, each.first, each.id))
    return Found(tuple(found), pairs)


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
    return tuple(replace(each, id=names.get(place, each.id)) for place, each in enumerate(clusters))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _one_person(a: str, b: str, here: Scene) -> bool:
    return same_person(here.profiles[a], here.profiles[b])


def _clusters(
    found: Sequence[frozenset[str]],
    pairs: Pairs,
    here: Scene,
) -> Iterator[Cluster]:
    everywhere = [each for met in pairs.values() for each in met]
    recyclers = _recyclers(here)
    for group in found:
        shared = episodes(group, here)
        if not shared:
            continue
        met = [each for (a, b), many in pairs.items() if a in group and b in group for each in many]
        measured = marks(group, shared, met, here)
        usual = _usual(group, everywhere, recyclers, here)
        yield _cluster(group, shared, judge(measured, usual))


def _cluster(group: frozenset[str], shared: Sequence[Episode], verdict: Verdict) -> Cluster:
    return Cluster(
        id=_name(group, shared),
        level=verdict.level,
        score=verdict.score,
        accounts=tuple(sorted(group)),
        kinds=tuple(sorted({each.kind for each in shared})),
        first=shared[0].first,
        last=max(each.last for each in shared),
        reasons=verdict.reasons,
        evidence=tuple((post, each.name) for each in shared for post in each.posts),
        parts=dict(sorted(Counter(member for each in shared for member in each.members).items())),
    )


def _name(group: frozenset[str], shared: Sequence[Episode]) -> str:
    """Name a cluster by its earliest shared object and who of it took part; groups are disjoint."""
    first = shared[0]
    whole = "\n".join((first.name, *sorted(first.members & group)))
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _recyclers(here: Scene) -> set[str]:
    """Accounts that took part in RECYCLED or more texts which at least three accounts posted."""
    texts: Counter[str] = Counter()
    for name, acts in here.by_object.items():
        who = {act.account for act in acts}
        if name.startswith("text:") and len(who) >= 3:
            texts.update(who)
    return {account for account, many in texts.items() if many >= RECYCLED}


def _usual(
    group: frozenset[str],
    everywhere: Sequence[Meeting],
    recyclers: set[str],
    here: Scene,
) -> Usual:
    gaps = [each.gap for each in everywhere if each.a not in group and each.b not in group]
    others = here.posts.keys() - group
    return Usual(
        close_gaps=_share(sum(gap <= CLOSE for gap in gaps), len(gaps)),
        recycled=_share(len(recyclers - group), len(others)),
    )


def _share(cases: int, of: int) -> float | None:
    return cases / of if of >= FEWEST_TO_COMPARE else None

"""From posts to clusters: actions, pairs, groups, marks, verdict, in one pure line."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from monitor.detect.actions import actions
from monitor.detect.cluster import Cluster, first_name
from monitor.detect.groups import groups
from monitor.detect.marks import CLOSE, RECYCLED, marks
from monitor.detect.meetings import WINDOW, Meeting, Pairs, strong_pairs
from monitor.detect.pairs import meetings
from monitor.detect.profiles import same_person
from monitor.detect.scene import Episode, Scene, episodes, scene
from monitor.detect.verdict import Usual, Verdict, judge

FEWEST_TO_COMPARE = 20  # meetings or accounts; the rest of a tiny file is no yardstick
LEVELS = ("alert", "watch", "community")


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
        id=first_name(shared),
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

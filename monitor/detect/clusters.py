"""From posts to clusters: actions, pairs, groups, marks, verdict, in one pure line."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import pyarrow as pa

from monitor.detect.actions import actions
from monitor.detect.cluster import Cluster, first_name, name_of_flood, together, together_in
from monitor.detect.floods import Flood, floods
from monitor.detect.groups import groups
from monitor.detect.known import Known, flood_to_judge, respected, to_judge
from monitor.detect.marks import CLOSE, RECYCLED, Marks, marks, waits_between
from monitor.detect.meetings import Meeting, Pairs, strong_pairs
from monitor.detect.moments import moments
from monitor.detect.pairs import meetings
from monitor.detect.profiles import same_person
from monitor.detect.scene import FEWEST_IN_EPISODE, Episode, Scene, episodes, scene
from monitor.detect.settings import ALL_STEPS, Steps
from monitor.detect.spans import spans, without_span
from monitor.detect.verdict import Usual, Verdict, judge, judge_flood
from monitor.detect.weighed import with_weights

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
    steps: Steps = ALL_STEPS,
    known: Known = Known(),  # noqa: B008 - frozen
) -> Found:
    """Find the clusters in posts (POST_SCHEMA).

    `watched`: the hashtags every post has; `places`: words masked in texts; `min_shared`: distinct
    objects that make an edge; `seed`: of the grouping; `steps`: what to leave out, to measure what
    it contributes; `known`: accounts that people named. The same posts give the same clusters.
    """
    tags = {tag.lower() for tag in watched}
    here, pairs = _meet(posts, tags, places, min_shared, steps)
    found = list(_clusters(groups(pairs, seed, steps.parting), pairs, here, steps, known))
    if steps.floods:
        alerted = {who for each in found if each.level == "alert" for who in each.accounts}
        found += _flood_clusters(floods(posts, here.profiles, tags), here, alerted, known)
    found.sort(key=lambda each: (LEVELS.index(each.level), -each.score, each.first, each.id))
    return Found(tuple(found), pairs)


@dataclass(frozen=True, slots=True)
class Measured:
    """What is found in posts before the learned weights say anything of it."""

    groups: tuple[tuple[frozenset[str], Marks], ...]
    floods: tuple[tuple[frozenset[str], str], ...]  # accounts, level: no weights decide about these


def measured(
    posts: pa.Table,
    watched: Collection[str],
    places: Collection[str],
    min_shared: int,
    seed: int,
    steps: Steps = ALL_STEPS,
) -> Measured:
    """Give the groups in posts with their marks, and the floods: what the verdict learns on."""
    tags = {tag.lower() for tag in watched}
    here, pairs = _meet(posts, tags, places, min_shared, steps)
    met = by_first(pairs)
    found = tuple(
        (group, marks(group, shared, within(group, met), here))
        for group in groups(pairs, seed, steps.parting)
        if (shared := episodes(group, here))
    )
    brought = floods(posts, here.profiles, tags) if steps.floods else ()
    return Measured(found, tuple((each.members, judge_flood(each, here).level) for each in brought))


def says_no_more(members: Set[str], alerted: Set[str]) -> bool:
    """Say whether a flood's accounts are mostly in an alert already."""
    return 2 * len(members & alerted) >= len(members)


def _meet(
    posts: pa.Table,
    watched: Collection[str],
    places: Collection[str],
    min_shared: int,
    steps: Steps,
) -> tuple[Scene, Pairs]:
    acts = actions(posts, watched, places, steps.kinds)
    acts = spans(acts) if steps.spans else acts
    if "moment" in steps.kinds:
        acts = pa.concat_tables([acts, moments(posts)])
    here = scene(posts, acts)
    met = strong_pairs(meetings(acts, steps.window, min_shared), min_shared)
    return here, {(a, b): each for (a, b), each in met.items() if not _one_person(a, b, here)}


def _one_person(a: str, b: str, here: Scene) -> bool:
    return same_person(here.profiles[a], here.profiles[b])


def _clusters(
    found: Sequence[frozenset[str]],
    pairs: Pairs,
    here: Scene,
    steps: Steps,
    known: Known,
) -> Iterator[Cluster]:
    waits = _quick_waits(here)
    every_wait = (sum(quick for quick, _ in waits.values()), sum(of for _, of in waits.values()))
    recyclers, met = _recyclers(here), by_first(pairs)
    for group in (to_judge(each, known) for each in found):
        shared = episodes(group, here)
        if not shared:
            continue
        measured = marks(group, shared, within(group, met), here)
        usual = _usual(group, waits, every_wait, recyclers, here)
        verdict = respected(judge(measured, usual, steps), group, known)
        yield _cluster(group, shared, with_weights(verdict, measured))


def by_first(pairs: Pairs) -> dict[str, list[tuple[str, Sequence[Meeting]]]]:
    """Sort pairs (a, b) by a: b and the meetings of each."""
    found: dict[str, list[tuple[str, Sequence[Meeting]]]] = defaultdict(list)
    for (a, b), met in pairs.items():
        found[a].append((b, met))
    return found


def within(
    group: frozenset[str], pairs: Mapping[str, Sequence[tuple[str, Sequence[Meeting]]]]
) -> list[Meeting]:
    """List the meetings of a group's members with each other; `pairs` as `by_first` gives them."""
    return [
        each for a in sorted(group) for b, met in pairs.get(a, ()) if b in group for each in met
    ]


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
        evidence=tuple(
            dict.fromkeys((post, without_span(each.name)) for each in shared for post in each.posts)
        ),
        parts=dict(sorted(Counter(member for each in shared for member in each.members).items())),
        episodes=together(shared),
    )


def _flood_clusters(
    found: Sequence[Flood], here: Scene, alerted: Set[str], known: Known
) -> Iterator[Cluster]:
    """Make clusters of floods; one whose accounts are mostly in an alert already says no more."""
    for flood in (flood_to_judge(each, known, here) for each in found):
        if flood is None or says_no_more(flood.members, alerted):
            continue
        verdict = respected(judge_flood(flood, here), flood.members, known)
        yield Cluster(
            id=name_of_flood(flood.tags, flood.first),
            level=verdict.level,
            score=verdict.score,
            accounts=tuple(sorted(flood.members)),
            kinds=("hashtags",),
            first=flood.first,
            last=flood.last,
            reasons=verdict.reasons,
            evidence=tuple((post, f"hashtags:{tag}") for post, tag in flood.posts),
            parts=dict(sorted(flood.parts.items())),
            episodes=together_in(flood),
        )


def _recyclers(here: Scene) -> set[str]:
    """Accounts that took part in RECYCLED or more texts which at least three accounts posted."""
    texts: Counter[str] = Counter()
    for name, acts in here.by_object.items():
        who = {act.account for act in acts}
        if name.startswith("text:") and len(who) >= 3:
            texts.update(who)
    return {account for account, many in texts.items() if many >= RECYCLED}


def _quick_waits(here: Scene) -> dict[str, tuple[int, int]]:
    """Count by object how many accounts follow the one before within CLOSE, and how many follow."""
    found = {}
    for name, acts in here.by_object.items():
        if len(acts) >= FEWEST_IN_EPISODE:
            waits = waits_between(acts)
            found[name] = (sum(wait <= CLOSE for wait in waits), len(waits))
    return found


def _usual(
    group: frozenset[str],
    waits: Mapping[str, tuple[int, int]],
    every_wait: tuple[int, int],
    recyclers: set[str],
    here: Scene,
) -> Usual:
    touched = {name for member in group for name in here.objects.get(member, ())}
    here_too = [waits[name] for name in touched if name in waits]
    quick = every_wait[0] - sum(quick for quick, _ in here_too)
    others = len(here.posts) - sum(member in here.posts for member in group)
    return Usual(
        close_gaps=_share(quick, every_wait[1] - sum(of for _, of in here_too)),
        recycled=_share(len(recyclers - group), others),
    )


def _share(cases: int, of: int) -> float | None:
    return cases / of if of >= FEWEST_TO_COMPARE else None

"""Groups of accounts that keep meeting: fused edges, 2-core, Louvain with a fixed seed."""

from collections.abc import Collection, Iterator, Mapping
from heapq import heapify, heappop, heappush

import networkx as nx

from monitor.detect.meetings import Pairs

FEWEST_MEMBERS = 4
CONTRAST = 3.0  # times the others' ties: who meets that much more often is a group of its own
RESOLUTION = 0.5  # of Louvain; below 1: larger groups. A cut-up campaign is harder to judge

Ties = Mapping[str, Mapping[str, float]]  # weight by account and partner, each edge both ways


def groups(pairs: Pairs, seed: int, parting: bool = True) -> list[frozenset[str]]:
    """Find groups of at least FEWEST_MEMBERS accounts in pairs that met often enough.

    A member needs two partners in its group; `parting` says whether CONTRAST parts groups. Largest
    first, then by name; the same pairs give the same groups.
    """
    core = _core(_ties(pairs))
    found = nx.community.louvain_communities(_graph(core), resolution=RESOLUTION, seed=seed)
    members = [frozenset(part) for each in found for part in _whole(_part(core, each), parting)]
    return sorted(members, key=lambda group: (-len(group), sorted(group)))


def _ties(pairs: Pairs) -> Ties:
    ties: dict[str, dict[str, float]] = {}
    for (a, b), met in sorted(pairs.items()):
        weight = sum(each.weight for each in met)
        ties.setdefault(a, {})[b] = weight
        ties.setdefault(b, {})[a] = weight
    return ties


def _graph(ties: Ties) -> "nx.Graph[str]":
    """Make the graph that networkx wants, in the order of `ties`."""
    graph = nx.Graph()
    graph.add_nodes_from(ties)
    done: set[str] = set()
    for each, its in ties.items():
        done.add(each)
        graph.add_weighted_edges_from(
            (each, other, weight) for other, weight in its.items() if other not in done
        )
    return graph


def _core(ties: Ties) -> Ties:
    """Leave out, again and again, who has fewer than two partners."""
    partners = {each: len(its) for each, its in ties.items()}
    lone = [each for each, many in partners.items() if many < 2]
    while lone:
        for other in ties[lone.pop()]:
            partners[other] -= 1
            if partners[other] == 1:
                lone.append(other)
    return _part(ties, {each for each, many in partners.items() if many >= 2})


def _part(ties: Ties, members: Collection[str]) -> Ties:
    """Keep some accounts and the ties among them, in the order they have, not that of a set."""
    return {
        each: {other: weight for other, weight in its.items() if other in members}
        for each, its in ties.items()
        if each in members
    }


def _whole(ties: Ties, parting: bool) -> Iterator[Collection[str]]:
    core = _core(ties)
    for part in _connected(core):
        if len(part) >= FEWEST_MEMBERS:
            yield from _split(_part(core, part)) if parting else (part,)


def _connected(ties: Ties) -> Iterator[set[str]]:
    """Yield the accounts that are tied to each other, directly or through others."""
    seen: set[str] = set()
    for start in ties:
        if start not in seen:
            part, new = {start}, [start]
            while new:
                further = ties[new.pop()].keys() - part
                part |= further
                new += further
            seen |= part
            yield part


def _split(ties: Ties) -> Iterator[Collection[str]]:
    """Part those who meet far more often than the others of the group from them."""
    dense = _densest(ties)
    rest = [each for each in ties if each not in dense]
    if not rest or _strength(_part(ties, dense), dense) < CONTRAST * _strength(ties, rest):
        yield ties.keys()
        return
    yield dense
    yield from _whole(_part(ties, set(rest)), parting=True)


def _strength(ties: Ties, members: Collection[str]) -> float:
    """Return the mean weight of the members' ties."""
    return sum(sum(ties[each].values()) for each in members) / len(members)


def _densest(ties: Ties) -> set[str]:
    """Find the accounts with the most weight of ties for each of them (greedy, Charikar 2000)."""
    left = {each: sum(its.values()) for each, its in ties.items()}
    total = sum(left.values()) / 2
    best, kept = total / len(left), len(left)
    order: list[str] = []
    weakest = [(tie, each) for each, tie in left.items()]
    heapify(weakest)
    while len(left) > FEWEST_MEMBERS:
        tie, each = heappop(weakest)
        if tie != left.get(each):
            continue  # out of date: it lost a partner since
        total -= left.pop(each)
        order.append(each)
        for other, weight in ties[each].items():
            if other in left:
                left[other] -= weight
                heappush(weakest, (left[other], other))
        if total / len(left) > best:
            best, kept = total / len(left), len(left)
    return set(ties) - set(order[: len(ties) - kept])

"""Groups of accounts that keep meeting: fused edges, 2-core, Louvain with a fixed seed."""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from typing import Any

import networkx as nx

from monitor.detect.meetings import Pairs

FEWEST_MEMBERS = 4
CONTRAST = 3.0  # times the others' ties: who meets that much more often is a group of its own
RESOLUTION = 0.5  # of Louvain; below 1: larger groups. A cut-up campaign is harder to judge


def groups(pairs: Pairs, seed: int, parting: bool = True) -> list[frozenset[str]]:
    """Find groups of at least FEWEST_MEMBERS accounts in pairs that met often enough.

    A member needs two partners in its group; `parting` says whether CONTRAST parts groups. Largest
    first, then by name; the same pairs give the same groups.
    """
    graph = nx.Graph()
    for (a, b), met in sorted(pairs.items()):
        graph.add_edge(a, b, weight=sum(each.weight for each in met))
    core = _core(graph)
    found = nx.community.louvain_communities(core, resolution=RESOLUTION, seed=seed)
    members = [frozenset(part) for each in found for part in _whole(_part(core, each), parting)]
    return sorted(members, key=lambda group: (-len(group), sorted(group)))


def _core(graph: Any) -> Any:
    """Leave out, again and again, who has fewer than two partners."""
    return _part(graph, {each for each, number in nx.core_number(graph).items() if number >= 2})


def _part(graph: Any, members: set[str]) -> Any:
    """Copy a part of a graph in the graph's order; networkx's own copy may follow that of a set."""
    part = nx.Graph()
    part.add_nodes_from(each for each in graph if each in members)
    part.add_edges_from(
        (each, other, edge)
        for each in part
        for other, edge in graph.adj[each].items()
        if other in members
    )
    return part


def _whole(graph: Any, parting: bool) -> Iterator[set[str]]:
    core = _core(graph)
    for part in nx.connected_components(core):
        if len(part) >= FEWEST_MEMBERS:
            yield from _split(_part(core, part)) if parting else (set(part),)


def _split(graph: Any) -> Iterator[set[str]]:
    """Part those who meet far more often than the others of the group from them."""
    dense = _densest(graph)
    rest = set(graph) - dense
    if not rest or _ties(_part(graph, dense), dense) < CONTRAST * _ties(graph, rest):
        yield set(graph)
        return
    yield dense
    yield from _whole(_part(graph, rest), parting=True)


def _ties(graph: Any, members: set[str]) -> float:
    """Return the mean weight of the members' edges in the graph."""
    return float(sum(graph.degree(each, weight="weight") for each in members)) / len(members)


def _densest(graph: Any) -> set[str]:
    """Find the accounts with the most weight of edges for each of them (greedy, Charikar 2000)."""
    ties = {each: graph.degree(each, weight="weight") for each in graph}
    total = sum(ties.values()) / 2
    best, kept = total / len(ties), len(ties)
    order: list[str] = []
    weakest = [(tie, each) for each, tie in ties.items()]
    heapify(weakest)
    while len(ties) > FEWEST_MEMBERS:
        tie, each = heappop(weakest)
        if tie != ties.get(each):
            continue  # out of date: it lost a partner since
        total -= ties.pop(each)
        order.append(each)
        for other, edge in graph[each].items():
            if other in ties:
                ties[other] -= edge["weight"]
                heappush(weakest, (ties[other], other))
        if total / len(ties) > best:
            best, kept = total / len(ties), len(ties)
    return set(graph) - set(order[: len(graph) - kept])

"""Groups of accounts that keep meeting: fused edges, 2-core, Louvain with a fixed seed."""

from collections.abc import Iterator
from typing import Any

import networkx as nx

from monitor.detect.meetings import Pairs

FEWEST_MEMBERS = 4
RESOLUTION = 0.5  # of Louvain; below 1: larger groups. A cut-up campaign is harder to judge


def groups(pairs: Pairs, seed: int) -> list[frozenset[str]]:
    """Find groups of at least FEWEST_MEMBERS accounts in pairs that met often enough.

    A member needs two partners in its group. Largest first, then by name; the same pairs give the
    same groups.
    """
    graph = nx.Graph()
    for (a, b), met in sorted(pairs.items()):
        graph.add_edge(a, b, weight=sum(each.weight for each in met))
    core = nx.k_core(graph, 2)
    found = nx.community.louvain_communities(core, resolution=RESOLUTION, seed=seed)
    members = [frozenset(part) for each in found for part in _whole(core.subgraph(each))]
    return sorted(members, key=lambda group: (-len(group), sorted(group)))


def _whole(graph: Any) -> Iterator[set[str]]:
    core = nx.k_core(graph, 2)
    for part in nx.connected_components(core):
        if len(part) >= FEWEST_MEMBERS:
            yield part

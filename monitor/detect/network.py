"""The picture of who talks and acts with whom: communities, places on paper, bridges."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import pyarrow as pa
import pyarrow.compute as pc

from monitor.detect.columns import rows
from monitor.detect.meetings import Pairs
from monitor.detect.scene import talks

MOST_ACCOUNTS = 300  # in the picture: the strongest; more is a hairball and takes seconds
RESOLUTION = 1.0  # of Louvain
SAMPLE = 100  # accounts from which betweenness is estimated, where there are more
ROUNDS = 60  # of the spring layout


@dataclass(frozen=True, slots=True)
class Node:
    """An account in the picture; x and y from -1 to 1."""

    account: str
    community: str  # "1" is the largest
    x: float
    y: float
    degree: int
    betweenness: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Edge:
    """Two accounts, a < b, and how often they talk ("talk") or act together ("together")."""

    a: str
    b: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes by name, edges by names and kind."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def draw(posts: pa.Table, pairs: Pairs, seed: int) -> Picture:
    """Draw the network of posts (POST_SCHEMA) and of the pairs that act together in them.

    Answers, mentions and reposts are talk. Only the MOST_ACCOUNTS strongest are drawn. The same
    posts and seed give the same picture; no posts give an empty one.
    """
    weights = _talk(posts)
    for (a, b), met in pairs.items():
        weights[a, b, "together"] += len(met)
    edges = _strongest(weights)
    graph = nx.Graph()
    for edge in edges:
        both = graph.get_edge_data(edge.a, edge.b, {"weight": 0.0})["weight"]
        graph.add_edge(edge.a, edge.b, weight=both + edge.weight)
    if not edges:
        return Picture((), ())
    places = _places(graph, seed)
    between = nx.betweenness_centrality(graph, k=min(SAMPLE, len(graph)), seed=seed)
    community = _communities(graph, seed)
    nodes = (
        Node(name, community[name], *places[name], graph.degree(name), round(between[name], 6))
        for name in sorted(graph)
    )
    return Picture(tuple(nodes), tuple(edges))


def _talk(posts: pa.Table) -> "Counter[tuple[str, str, str]]":
    counts: Counter[tuple[str, str, str]] = Counter()
    for who, whom in (*talks(posts), *_reposts(posts)):
        if who != whom:
            a, b = sorted((who, whom))
            counts[a, b, "talk"] += 1
    return counts


def _reposts(posts: pa.Table) -> Iterator[tuple[str, str]]:
    """Yield (who, whom) for each repost of a post that is there."""
    whom = posts["account"].take(pc.index_in(posts["repost_of"], posts["key"]))
    known = posts.select(["account"]).append_column("whom", whom).filter(pc.is_valid(whom))
    return rows(known, "account", "whom")


def _strongest(weights: "Counter[tuple[str, str, str]]") -> list[Edge]:
    strength: dict[str, float] = defaultdict(float)
    for (a, b, _), weight in weights.items():
        strength[a] += weight
        strength[b] += weight
    ranked = sorted(strength, key=lambda name: (-strength[name], name))
    drawn = set(ranked[:MOST_ACCOUNTS])
    return [
        Edge(a, b, kind, float(weight))
        for (a, b, kind), weight in sorted(weights.items())
        if a in drawn and b in drawn
    ]


def _places(graph: nx.Graph, seed: int) -> dict[str, tuple[float, float]]:
    spread = 1.5 / math.sqrt(len(graph))
    found = nx.spring_layout(graph, k=spread, iterations=ROUNDS, seed=seed, method="force")
    furthest = max((abs(value) for at in found.values() for value in at), default=0) or 1
    return {
        name: (round(float(x / furthest), 4), round(float(y / furthest), 4))
        for name, (x, y) in found.items()
    }


def _communities(graph: nx.Graph, seed: int) -> dict[str, str]:
    found = nx.community.louvain_communities(graph, resolution=RESOLUTION, seed=seed)
    ranked = sorted(found, key=lambda members: (-len(members), min(members)))
    return {name: str(rank) for rank, members in enumerate(ranked, 1) for name in members}

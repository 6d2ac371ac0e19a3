"""Groups of accounts that keep meeting: fused edges, 2-core, Louvain with a fixed seed."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import networkx as nx
import pyarrow as pa

from monitor.detect.actions import kind_of

WINDOW = timedelta(hours=24)  # longest gap that still counts, with next to no weight
HALF_LIFE = timedelta(hours=1)  # a meeting with this gap weighs half of one at the same second
FEWEST_MEMBERS = 4
RESOLUTION = 0.5  # of Louvain; below 1: larger groups. A cut-up campaign is harder to judge


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two accounts acted on one object: their two closest posts."""

    a: str
    b: str
    name: str  # the object, kind:name
    post_a: str
    post_b: str
    at_a: datetime
    at_b: datetime
    accounts: int  # how many accounts acted on the object at all

    @property
    def kind(self) -> str:
        """Return the object's kind."""
        return kind_of(self.name)

    @property
    def gap(self) -> timedelta:
        """Return the time between the two posts."""
        return abs(self.at_a - self.at_b)

    @property
    def weight(self) -> float:
        """Weigh by nearness in time and rarity of the object, 0 to 1."""
        return float(0.5 ** (self.gap / HALF_LIFE) / math.log2(max(self.accounts, 2)))


def groups(meetings: pa.Table, min_shared: int, seed: int) -> list[frozenset[str]]:
    """Find groups of at least FEWEST_MEMBERS accounts in the table that `pairs.meetings` gives.

    An edge needs `min_shared` distinct objects in distinct posts on both sides; a member needs two
    such partners in its group. Largest first, then by name; the same meetings give the same groups.
    """
    graph = nx.Graph()
    for (a, b), met in sorted(by_pair(read_meetings(meetings)).items()):
        if len(met) >= min_shared:
            graph.add_edge(a, b, weight=sum(each.weight for each in met))
    core = nx.k_core(graph, 2)
    found = nx.community.louvain_communities(core, resolution=RESOLUTION, seed=seed)
    members = [frozenset(part) for each in found for part in _whole(core.subgraph(each))]
    return sorted(members, key=lambda group: (-len(group), sorted(group)))


def read_meetings(table: pa.Table) -> Iterator[Meeting]:
    """Read the rows of `pairs.meetings`."""
    for row in table.to_pylist():
        yield Meeting(
            row["a"], row["b"], row["object"], row["content_a"], row["content_b"],
            row["at_a"], row["at_b"], row["accounts"],
        )  # fmt: skip


def by_pair(meetings: Iterable[Meeting]) -> dict[tuple[str, str], list[Meeting]]:
    """Put meetings to their pairs; of one post's text, link, tags, picture one counts."""
    pairs: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for each in meetings:
        pairs[each.a, each.b].append(each)
    return {pair: list(_once_a_post(met)) for pair, met in pairs.items()}


def _once_a_post(met: list[Meeting]) -> Iterator[Meeting]:
    used: set[str] = set()
    for each in sorted(met, key=lambda meeting: (meeting.gap, meeting.at_a, meeting.name)):
        if each.post_a not in used and each.post_b not in used:
            used |= {each.post_a, each.post_b}
            yield each


def _whole(graph: Any) -> Iterator[set[str]]:
    core = nx.k_core(graph, 2)
    for part in nx.connected_components(core):
        if len(part) >= FEWEST_MEMBERS:
            yield part

"""Which communities are linked with each other, how closely, and through whom."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.account_panel import account_link
from dashboard.charts.graph import SHAPES
from dashboard.communities import Community
from dashboard.filters import Filters
from dashboard.folding import foldable
from dashboard.here import Here
from dashboard.tables import Cell, Column, table
from data.page_reads.network import Node, Picture

SHOWN, THROUGH = 8, 2  # bridges, and accounts of each


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two communities, the larger first, the pairs of accounts that link them, and who most."""

    one: Community
    other: Community
    links: int
    through: tuple[Node, ...]


def ranks_of(communities: Sequence[Community]) -> Mapping[int, int]:
    """Give the rank of the community of each account that has one."""
    return {node.id: each.rank for each in communities for node in each.nodes}


def bridges(picture: Picture, communities: Sequence[Community]) -> list[Bridge]:
    """List pairs of communities with links between them, most links first."""
    ranks = ranks_of(communities)
    nodes = {each.id: each for each in picture.nodes}
    links: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for a, b in sorted({(each.a, each.b) for each in picture.edges}):
        one, other = ranks.get(a), ranks.get(b)
        if one is not None and other is not None and one != other:
            ends = links[min(one, other), max(one, other)]
            ends[a] += 1
            ends[b] += 1
    by_rank = {each.rank: each for each in communities}
    found = [
        Bridge(
            by_rank[first],
            by_rank[second],
            ends.total() // 2,
            tuple(nodes[each] for each, _ in ends.most_common(THROUGH)),
        )
        for (first, second), ends in links.items()
    ]
    return sorted(found, key=lambda each: (-each.links, each.one.rank, each.other.rank))


def bridge_table(at: Here, filters: Filters, found: Sequence[Bridge]) -> html.Section:
    """Show between which communities there are links, and through whom."""
    columns = [
        Column(at.say("network.community")),
        Column(at.say("network.linked_with")),
        Column(at.say("network.links"), number=True),
        Column(at.say("network.through"), sorts=False),
    ]
    rows: list[list[Any]] = []
    for each in found[:SHOWN]:
        through: list[Any] = []
        for node in each.through:
            through += [", "] if through else []
            through.append(account_link(at, filters, node))
        rows.append([_named(each.one), _named(each.other), each.links, Cell(through)])
    shown = (
        table(at, at.say("network.bridges"), columns, rows, "communities")
        if rows
        else html.P(at.say("network.bridges_none"), className="nothing")
    )
    more = len(found) - len(rows)
    return foldable(
        at.say("network.bridges"),
        [
            html.P(at.say("network.bridges_explain"), className="quiet"),
            shown,
            html.P(at.count("network.more_bridges", more), className="quiet") if more else None,
        ],
    )


def _named(community: Community) -> Cell:
    sign = html.Span(className=f"key key-{min(community.rank, SHAPES)}")
    return Cell([sign, community.name], community.name)

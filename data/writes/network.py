"""The picture of who acts with whom: drawn anew by each detection."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert

from data.engine import hold
from data.keys import ids_of
from data.tables import accounts, network_edges, network_nodes


class NodeRow(NamedTuple):
    """An account (by key) and its place in the picture."""

    account: str
    community: str | None
    x: float
    y: float
    degree: int
    betweenness: float


class EdgeRow(NamedTuple):
    """Two accounts (by key) and what joins them."""

    a: str
    b: str
    kind: str  # talk, together
    weight: float


def write_network(
    connection: Connection, nodes: Sequence[NodeRow], edges: Sequence[EdgeRow]
) -> None:
    """Replace the picture; accounts that the store does not have are left out."""
    hold(connection)
    keys = {node[0] for node in nodes}
    keys |= {key for edge in edges for key in edge[:2]}
    ids = ids_of(connection, accounts, keys)
    connection.execute(delete(network_edges))
    connection.execute(delete(network_nodes))
    drawn = {
        ids[key]: {
            "account": ids[key],
            "community": community,
            "x": x,
            "y": y,
            "degree": degree,
            "betweenness": betweenness,
        }
        for key, community, x, y, degree, betweenness in nodes
        if key in ids
    }
    if drawn:
        connection.execute(insert(network_nodes), list(drawn.values()))
    joined = {
        (ids[a], ids[b], kind): {"a": ids[a], "b": ids[b], "kind": kind, "weight": weight}
        for a, b, kind, weight in edges
        if a in ids and b in ids
    }
    if joined:
        connection.execute(insert(network_edges), list(joined.values()))

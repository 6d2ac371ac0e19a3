"""Who acts with whom: the drawn network, and why one account is linked to another."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data.among import among
from data.counted import counted
from data.page_reads.narrowed import Narrowing, narrowed
from data.rollups.rows import all_spans
from data.tables import accounts, labels, network_edges, network_nodes, posts


class Node(NamedTuple):
    """An account at its place in the picture. `hidden`: it does not want to be found or named."""

    id: int
    network: str
    handle: str | None
    name: str | None
    url: str | None
    hidden: bool
    bot: bool | None
    community: str | None
    x: float
    y: float
    degree: int
    betweenness: float


class Edge(NamedTuple):
    """Two accounts that talk with each other, or act together."""

    a: int
    b: int
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The network as the newest detection drew it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def picture(connection: Connection) -> Picture:
    """Read the drawn network; both parts are empty before the first detection."""
    who, drawn, edge = accounts.c, network_nodes.c, network_edges.c
    nodes = connection.execute(
        select(
            *(who.id, who.network, who.handle, who.name, who.url),
            who.discoverable.is_(False),
            who.bot,
            *(drawn.community, drawn.x, drawn.y, drawn.degree, drawn.betweenness),
        )
        .select_from(network_nodes)
        .join(accounts, who.id == drawn.account + 0)  # or SQLite begins with all accounts
        .order_by(drawn.degree.desc(), who.id)
    ).all()
    edges = connection.execute(
        select(edge.a, edge.b, edge.kind, edge.weight).order_by(edge.weight)
    ).all()
    return Picture(tuple(map(Node._make, nodes)), tuple(map(Edge._make, edges)))


def posts_of(
    connection: Connection, ids: list[int], start: datetime, end: datetime
) -> dict[int, int]:
    """Count posts of these accounts from `start` up to before `end`."""
    rows = connection.execute(
        select(posts.c.account, func.count())
        .where(
            among(connection, posts.c.account, ids),
            posts.c.created_at >= start,
            posts.c.created_at < end,
            counted(),
        )
        .group_by(posts.c.account)
    ).all()
    return dict(rows)


def who_wrote(connection: Connection, ids: list[int], to: Narrowing) -> set[int]:
    """Find those of these accounts with a post that a page is narrowed to."""
    rows = connection.scalars(
        select(posts.c.account)
        .where(among(connection, posts.c.account, ids), *narrowed(to), counted())
        .distinct()
    )
    return set(rows)


def first_posts(connection: Connection, ids: list[int]) -> dict[int, datetime]:
    """Give the time of each account's first post in the store, deleted ones too."""
    span = all_spans(connection).c
    rows = connection.execute(
        select(span.account, span.first).where(among(connection, span.account, ids))
    ).all()
    return dict(rows)


def spoken_of(
    connection: Connection, since: datetime
) -> dict[str | None, Counter[tuple[str, str]]]:
    """Count, by community of the drawn network, posts with each (kind, label) since then.

    Topics and places are counted; None is the community of accounts that are in none.
    """
    theirs = (
        select(posts.c.id, network_nodes.c.community)
        .join(network_nodes, network_nodes.c.account == posts.c.account)
        .where(
            posts.c.account.in_(select(network_nodes.c.account)),  # or SQLite begins with all posts
            posts.c.created_at >= since,
            counted(),
        )
        .cte("theirs")
        .prefix_with("MATERIALIZED")  # first their posts, or SQLite begins with all labels
    )
    found: dict[str | None, Counter[tuple[str, str]]] = defaultdict(Counter)
    for community, kind, label, count in connection.execute(
        select(theirs.c.community, labels.c.kind, labels.c.label, func.count())
        .join(labels, labels.c.post == theirs.c.id)
        .where((labels.c.kind + "").in_(("topic", "place")))
        .group_by(theirs.c.community, labels.c.kind, labels.c.label)
    ).all():
        found[community or None][kind, label] += count
    return found

"""What the filters leave of the drawn network: who wrote what they name, and their links."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from dashboard.communities import Community
from dashboard.filters import Filters, narrowing
from dashboard.here import Here
from dashboard.network_address import DAYS
from data.page_reads import network as reads
from data.page_reads.network import Picture


def narrowed_picture(
    at: Here, connection: Connection, picture: Picture, filters: Filters
) -> Picture:
    """Keep the accounts with a post that fits, and the links among them; degrees count these."""
    if not filters.chosen:
        return picture
    ids = [each.id for each in picture.nodes]
    fits = reads.who_wrote(connection, ids, narrowing(at, filters, DAYS))
    edges = tuple(each for each in picture.edges if each.a in fits and each.b in fits)
    pairs = {(each.a, each.b) for each in edges}
    degrees = Counter(account for pair in pairs for account in pair)
    nodes = [each._replace(degree=degrees[each.id]) for each in picture.nodes if each.id in fits]
    return Picture(tuple(sorted(nodes, key=lambda each: (-each.degree, each.id))), edges)


def narrowed_communities(communities: Sequence[Community], picture: Picture) -> list[Community]:
    """Keep of each community the accounts that are left; names and signs stay as they were."""
    left: dict[str | None, list[reads.Node]] = {}
    for node in picture.nodes:
        left.setdefault(node.community, []).append(node)
    return [replace(each, nodes=tuple(left[each.key])) for each in communities if each.key in left]

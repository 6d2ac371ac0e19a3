"""Communities of the drawn network: who belongs to which, by size, and what it is called."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from dashboard.here import Here
from dashboard.topic_names import topic_names
from data.community_names import community_name, unlike
from data.page_reads import network as reads
from data.page_reads.network import Node, Picture

LOOKS_BACK = timedelta(days=28)  # what communities speak of


@dataclass(frozen=True, slots=True)
class Community:
    """Accounts that are linked among themselves more than with others."""

    key: str
    rank: int
    name: str
    nodes: tuple[Node, ...]


def communities_of(at: Here, connection: Connection, picture: Picture) -> list[Community]:
    """List the communities, the largest first."""
    spoken = reads.spoken_of(connection, at.now - LOOKS_BACK)
    everybody = sum(spoken.values(), Counter())
    topics = topic_names(at.lang)
    sizes = Counter(each.community for each in picture.nodes if each.community)
    ranked = sorted(sizes, key=lambda key: (-sizes[key], key))
    members = [tuple(each for each in picture.nodes if each.community == key) for key in ranked]
    names = unlike([community_name(spoken.get(key, {}), everybody, topics) for key in ranked])
    return [
        Community(key, rank, names[rank] or at.say("network.group", n=rank + 1), members[rank])
        for rank, key in enumerate(ranked)
    ]

"""What the posts of a warning say and where their links lead, in short."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, func, select

from data.among import among
from data.tables import cluster_episodes, cluster_posts, posts

SITES = 3  # named of a group; the rest is in its evidence


@dataclass(frozen=True, slots=True)
class About:
    """The oldest post of what most of them share, and the sites that most shared links lead to."""

    text: str
    sites: tuple[str, ...]


def about(connection: Connection, names: Collection[str]) -> dict[str, About]:
    """Say what groups are about; those whose posts are deleted or say nothing are absent."""
    rows = connection.execute(
        select(
            cluster_posts.c.cluster,
            cluster_posts.c.kind,
            cluster_posts.c.object,
            func.count().label("times"),
            func.min(posts.c.id).label("first"),
        )
        .join(posts, posts.c.id == cluster_posts.c.post)
        .where(
            among(connection, cluster_posts.c.cluster, names),
            posts.c.deleted_at.is_(None),
            posts.c.text != "",
        )
        .group_by(cluster_posts.c.cluster, cluster_posts.c.kind, cluster_posts.c.object)
    )
    shared: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        shared[row.cluster].append(row)
    first = {name: min(found, key=_by_weight).first for name, found in shared.items()}
    texts = {
        row.id: row.text
        for row in connection.execute(
            select(posts.c.id, posts.c.text).where(among(connection, posts.c.id, first.values()))
        )
    }
    sites = _sites(connection, list(first))
    return {name: About(texts[post], sites.get(name, ())) for name, post in first.items()}


def _by_weight(row: Row[Any]) -> tuple[bool, int, int]:
    """Sort texts that are shared as such first, then what most posts share, then the oldest."""
    return row.kind != "text", -row.times, row.first


def _sites(connection: Connection, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(
        select(cluster_episodes.c.cluster, cluster_episodes.c.object).where(
            among(connection, cluster_episodes.c.cluster, names), cluster_episodes.c.kind == "link"
        )
    ):
        site = _site(row.object)
        if site:
            counted[row.cluster][site] += 1
    return {
        name: tuple(sorted(found, key=lambda site: (-found[site], site))[:SITES])
        for name, found in counted.items()
    }


def _site(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None

"""Which posts belong to a warning, so that nobody takes them for everybody's talk."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from data import decisions
from data.among import among
from data.tables import cluster_posts, clusters


def in_warning(connection: Connection, posts: Collection[int]) -> dict[int, str]:
    """Give the strongest warning of each post (by row number); posts without one are absent.

    Warnings that people dismissed, or that are no longer found and not confirmed, are none. The
    evidence is sorted by warning: it is looked up in each, not searched through.
    """
    warnings = connection.execute(
        select(clusters.c.id, clusters.c.gone_at)
        .where(clusters.c.level.in_(("alert", "watch")))
        .order_by(clusters.c.score.desc(), clusters.c.id)
    ).all()
    said = decisions.latest(connection, "cluster", [each.id for each in warnings])
    verdicts = {name: made.verdict for name, made in said.items()}
    standing = [
        each.id
        for each in warnings
        if verdicts.get(each.id) == "confirm"
        or (verdicts.get(each.id) != "dismiss" and each.gone_at is None)
    ]
    rank = {name: place for place, name in enumerate(standing)}
    rows = connection.execute(
        select(cluster_posts.c.post, cluster_posts.c.cluster).where(
            among(connection, cluster_posts.c.cluster, standing),
            among(connection, cluster_posts.c.post, posts),
        )
    ).all()
    ordered = sorted(rows, key=lambda row: rank[row.cluster], reverse=True)
    return {row.post: row.cluster for row in ordered}  # of several the strongest, which is last

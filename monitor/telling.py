"""The story of a fresh finding, and stories as JSON and as text for a terminal."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from data.story import Done, Story, episode
from monitor.detect.cluster import Cluster

_COLUMNS = ["key", "account", "handle", "name", "created_at", "text"]


def story_of(cluster: Cluster, posts: pa.Table) -> Story:
    """Tell the story of a cluster that was found in posts (POST_SCHEMA)."""
    rows = {row["key"]: row for row in posts.select(_COLUMNS).to_pylist()}
    newest = {
        row["account"]: row for row in sorted(rows.values(), key=lambda row: row["created_at"])
    }
    episodes = (
        episode(
            each.kind, each.object, each.others,
            [_done(rows[key], newest) for key in each.posts],
            rows[each.object]["text"] if each.object in rows else None,
        )
        for each in cluster.episodes
    )  # fmt: skip
    return Story(
        id=cluster.id,
        level=cluster.level,
        score=cluster.score,
        accounts=cluster.accounts,
        kinds=cluster.kinds,
        first=cluster.first,
        last=cluster.last,
        reasons=cluster.reasons,
        episodes=tuple(each for each in episodes if each is not None),
    )


def _done(row: Mapping[str, Any], newest: Mapping[str, Mapping[str, Any]]) -> Done:
    who = newest[row["account"]]
    return Done(
        at=row["created_at"],
        account=row["account"],
        name=who["handle"] or who["name"],
        hidden=False,
        post=row["key"],
        text=row["text"] or "",
    )

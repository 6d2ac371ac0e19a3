"""Pinterest: the pins on boards of one's own, by API v5.

Boards of others, and the search for hashtags, are not open to programs.
"""

from collections.abc import Sequence

from data.records import Post
from monitor.sources.pinterest.collect import collect
from monitor.sources.pinterest.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.pinterest.origin import look_after
from monitor.sources.source import Source


def _as_they_are(post: Post, _origin: str, _origins: Sequence[str]) -> Post:
    return post


PINTEREST = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.pinterest.enabled,
    origins=lambda config: config.pinterest.origins,
    interval_minutes=lambda config: config.pinterest.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    merge_counters=_as_they_are,
    look_after=look_after,
)

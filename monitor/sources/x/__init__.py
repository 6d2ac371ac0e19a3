"""X: the search for the hashtags, by its paid API, within a month's budget of posts.

Asked by the project's own client (`monitor.sources.http`); whether posts are still there is asked
too, as X's rules demand of everyone who stores them.
"""

from collections.abc import Sequence

from data.records import Post
from monitor.sources.source import Source
from monitor.sources.x.collect import collect
from monitor.sources.x.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.x.origin import AT_ONCE, look_after


def _as_they_are(post: Post, _origin: str, _origins: Sequence[str]) -> Post:
    return post


X = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.x.enabled,
    origins=lambda config: config.x.origins,
    interval_minutes=lambda config: config.x.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    merge_counters=_as_they_are,
    look_after=look_after,
    asked_a_round=AT_ONCE,
)

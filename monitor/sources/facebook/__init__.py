"""Facebook: the posts of one's own pages and their comments, by Meta's Graph API.

Pages of others, groups and hashtags are not open to programs. Where Meta does not say who
commented, the author is nobody known (data.records.NOBODY).
"""

from collections.abc import Sequence

from data.records import Post
from monitor.sources.facebook.collect import collect
from monitor.sources.facebook.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.facebook.origin import AT_ONCE, look_after
from monitor.sources.source import Source


def _as_they_are(post: Post, _origin: str, _origins: Sequence[str]) -> Post:
    return post


FACEBOOK = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.facebook.enabled,
    origins=lambda config: config.facebook.origins,
    interval_minutes=lambda config: config.facebook.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    merge_counters=_as_they_are,
    look_after=look_after,
    asked_a_round=2 * AT_ONCE,
)

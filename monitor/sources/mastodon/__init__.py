"""Mastodon: the public timelines of hashtags, as several instances see them.

A post's key is its `uri`, since ids are each instance's own. What an instance says of access,
limits and authors' wishes is respected; nothing is ever posted.
"""

from monitor.sources.mastodon.collect import collect
from monitor.sources.mastodon.mapping import MAPPER, NETWORK, merge_counters, to_posts
from monitor.sources.mastodon.origin import look_after
from monitor.sources.source import Source

MASTODON = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.mastodon.enabled,
    origins=lambda config: config.mastodon.origins,
    interval_minutes=lambda config: config.mastodon.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    merge_counters=merge_counters,
    look_after=look_after,
)

"""Bluesky: its stream of everything public (Jetstream v2), and its search.

The stream brings posts, reposts, edits and deletions as they happen, and has no filter for
hashtags; the search needs a login, reads back in time, fills what the stream missed, and counts.
A post's id is its at:// address, an account's its DID. Nothing is ever posted.
"""

from monitor.items.bluesky import NETWORK
from monitor.sources.bluesky.collect import collect
from monitor.sources.bluesky.mapping import MAPPER, to_posts
from monitor.sources.bluesky.origin import look_after
from monitor.sources.source import Source

BLUESKY = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.bluesky.enabled,
    origins=lambda config: config.bluesky.origins,
    interval_minutes=lambda config: config.bluesky.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=look_after,
)

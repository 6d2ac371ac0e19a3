"""RSS and Atom: the items of feeds, by feedparser.

An item without a time is never given one: it goes to quarantine. Feeds of a hashtag at a Mastodon
server (`https://norden.social/tags/hhhilft.rss`) are a case of their own: they name no author, but
each item's address does, and the item is a copy of the post there (`same_as`).
"""

from monitor.items.feed import MAPPER, NETWORK, to_posts
from monitor.sources.rss.collect import collect
from monitor.sources.rss.origin import look_after
from monitor.sources.source import Source

RSS = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.rss.enabled,
    origins=lambda config: config.rss.origins,
    interval_minutes=lambda config: config.rss.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=look_after,
)

"""Telegram: the public pages of channels, as t.me/s shows them to everybody.

Read by snscrape's TelegramChannelScraper, mended where it loses something (`messages`), fetched as
all sources are. A post's id is `channel/number`. How often a post was viewed and which reactions it
got is shown there too, and kept nowhere: neither is a like.
"""

from monitor.sources.source import Source
from monitor.sources.telegram.collect import collect
from monitor.sources.telegram.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.telegram.origin import look_after

TELEGRAM = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.telegram.enabled,
    origins=lambda config: config.telegram.origins,
    interval_minutes=lambda config: config.telegram.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=look_after,
)

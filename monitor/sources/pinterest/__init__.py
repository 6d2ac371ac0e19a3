"""Pinterest: the pins on boards of one's own, by API v5.

Boards of others, and the search for hashtags, are not open to programs.
"""

from monitor.sources.pinterest.collect import collect
from monitor.sources.pinterest.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.pinterest.origin import look_after
from monitor.sources.source import Source

PINTEREST = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.pinterest.enabled,
    origins=lambda config: config.pinterest.origins,
    interval_minutes=lambda config: config.pinterest.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=look_after,
)

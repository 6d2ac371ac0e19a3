"""Facebook: the posts of one's own pages and their comments, by Meta's Graph API.

Pages of others, groups and hashtags are not open to programs. Where Meta does not say who
commented, the author is nobody known (data.records.NOBODY).
"""

from monitor.sources.facebook.collect import collect
from monitor.sources.facebook.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.facebook.origin import AT_ONCE, look_after
from monitor.sources.source import Source

FACEBOOK = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.facebook.enabled,
    origins=lambda config: config.facebook.origins,
    interval_minutes=lambda config: config.facebook.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=look_after,
    asked_a_round=2 * AT_ONCE,
)

"""X: the search for the hashtags, by its paid API, within a month's budget of posts.

Asked by the project's own client (`monitor.sources.http`); whether posts are still there is asked
too, as X's rules demand of everyone who stores them.
"""

from monitor.sources.source import Source
from monitor.sources.x.collect import collect
from monitor.sources.x.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.x.origin import AT_ONCE, look_after

X = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.x.enabled,
    origins=lambda config: config.x.origins,
    interval_minutes=lambda config: config.x.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=look_after,
    asked_a_round=AT_ONCE,
)

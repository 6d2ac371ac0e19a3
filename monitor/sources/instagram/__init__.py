"""Instagram: hashtag search of Meta's Graph API.

It reaches back 24 hours, never says who posted (data.records.NOBODY), allows thirty hashtags in
seven days, and cannot be asked whether a post is still there.
"""

from collections.abc import Iterator, Sequence

from monitor.sources.instagram.collect import collect
from monitor.sources.instagram.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.source import Asked, Asking, Source


def _nobody_tells(_asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    return (Asked(native_id, None) for native_id in ids)


INSTAGRAM = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.instagram.enabled,
    origins=lambda config: config.instagram.origins,
    interval_minutes=lambda config: config.instagram.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=_nobody_tells,
)

"""snscrape's other scrapers, as they are: `snscrape:<scraper>:<name>`, none unless it is named."""

from collections.abc import Iterator, Sequence

from monitor.sources.snscrape.collect import collect
from monitor.sources.snscrape.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.source import Asked, Asking, Source


def _nobody_asks(_asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Leave open whether a post is still there: these networks show it only after a login."""
    yield from (Asked(native_id, None) for native_id in ids)


SNSCRAPE = Source(
    network=NETWORK,
    mapper=MAPPER,
    enabled=lambda config: config.snscrape.enabled,
    origins=lambda config: config.snscrape.origins,
    interval_minutes=lambda config: config.snscrape.interval_minutes,
    collect=collect,
    to_posts=to_posts,
    look_after=_nobody_asks,
)

"""snscrape's other scrapers, as they are: `snscrape:<scraper>:<name>`, none unless it is named."""

from collections.abc import Iterator, Sequence

from data.config import Config
from data.records import Post
from monitor.sources.http import Patience
from monitor.sources.snscrape.collect import collect
from monitor.sources.snscrape.mapping import MAPPER, NETWORK, to_posts
from monitor.sources.source import Asked, Source


def _as_they_are(post: Post, _origin: str, _origins: Sequence[str]) -> Post:
    return post


def _nobody_asks(_config: Config, ids: Sequence[str], _patience: Patience) -> Iterator[Asked]:
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
    merge_counters=_as_they_are,
    look_after=_nobody_asks,
)

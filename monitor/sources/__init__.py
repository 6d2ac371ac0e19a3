"""Where posts come from: networks (`SOURCES`) and files (`monitor.sources.files`)."""

from monitor.sources.mastodon import MASTODON
from monitor.sources.source import Source

SOURCES: dict[str, Source] = {MASTODON.network: MASTODON}

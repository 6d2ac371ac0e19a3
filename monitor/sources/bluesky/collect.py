"""One round at one origin: the stream where its address is a stream's, else the search."""

from collections.abc import Generator

from monitor.sources.bluesky.search import read_search
from monitor.sources.bluesky.stream import read_stream
from monitor.sources.source import Asking, Page


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what an origin has for the hashtags; Refused where it does not deliver."""
    if asking.origin.startswith("ws"):
        yield from read_stream(asking)
    else:
        yield from read_search(asking)

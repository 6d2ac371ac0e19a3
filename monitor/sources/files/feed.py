"""RSS and Atom as a file: a Mastodon server's page of a hashtag, saved, or a blog's feed.

A file does not tell where it was fetched: the page that the feed names as its own stands for that.
"""

import io
from collections.abc import Iterator

from data.errors import RecordError
from data.formats import this_moment
from data.records import Post
from monitor.items.feed import ENTRY, to_posts
from monitor.items.feed_entries import read_feed
from monitor.sources.files.unpacked import Unpacked
from monitor.sources.raw_json import raw_json

LOOKED_AT = 4_096  # bytes in which a feed has begun
LARGEST = 4_000_000  # bytes; feedparser needs some twenty seconds for these
_MARKS = (b"<rss", b"<feed", b"<rdf:RDF")


def is_feed(start: bytes) -> bool:
    """Say whether a file that begins like this is a feed."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and any(
        mark in start for mark in _MARKS
    )


def posts(stream: Unpacked) -> Iterator[tuple[str, Post | RecordError]]:
    """Yield each item's text, as JSON, and its post, or the reason why it is none."""
    body = io.BufferedReader(stream).read(LARGEST + 1)
    feed = read_feed(body, "", {}) if len(body) <= LARGEST else None
    if feed is None:
        yield "", RecordError("format_unknown", f"feed: {len(body)} bytes")
        return
    for entry in feed.entries:
        text = raw_json({"feed": feed.about, "entry": entry})
        try:
            for post in to_posts(ENTRY, feed.about["link"] or "", text, this_moment()):
                yield text, post
        except RecordError as error:
            yield text, error
    if feed.broken:
        yield "", RecordError("archive_broken", feed.broken)

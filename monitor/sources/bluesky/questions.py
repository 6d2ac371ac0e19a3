"""One question to the search, page by page; it gives at most 10,000 results to one.

Then it is asked for what is older.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data.errors import RecordError
from data.records import iso, read_time
from monitor.items.fields import at
from monitor.sources.bluesky.access import Session
from monitor.sources.bluesky.stretches import Stretch

PATH = "/xrpc/app.bsky.feed.searchPosts"
A_PAGE = 100
MOST_RESULTS = 10_000  # to one question; the server's limit
MOST_PAGES = 200  # a round; what is left waits for the next one
_A_SECOND = timedelta(seconds=1)


@dataclass
class Questions:
    """Asks as long as the round's pages last."""

    session: Session
    pages_left: int = field(default_factory=lambda: MOST_PAGES)

    def results(self, query: str, stretch: Stretch) -> Iterator[list[Any]]:
        """Yield pages of what a question finds in a stretch, newest first."""
        until = stretch.end
        while True:
            oldest = None
            found = 0
            for posts in self._downward(query, stretch.start, until):
                yield posts
                found += len(posts)
                oldest = min([*_times(posts), *([oldest] if oldest else [])], default=None)
            more = found >= MOST_RESULTS and oldest is not None and oldest > stretch.start
            if not more or oldest is None or oldest + _A_SECOND >= until:
                return
            until = oldest + _A_SECOND  # it leaves out `until` itself, and counts milliseconds

    def _downward(self, query: str, since: datetime, until: datetime) -> Iterator[list[Any]]:
        """Yield pages of one question, newest first, until it gives no more or older ones only."""
        cursor: str | None = None
        found = 0
        while found < MOST_RESULTS and self.pages_left > 0:
            self.pages_left -= 1
            asked = {"q": query, "sort": "latest", "limit": A_PAGE}
            asked |= {"since": iso(since), "until": iso(until)}
            document = self.session.get(PATH, asked | ({"cursor": cursor} if cursor else {}))
            posts = at(document, "posts")
            if not isinstance(posts, list):
                raise self.session.client.garbled(f"{PATH}: no posts")
            yield posts
            found += len(posts)
            further = at(document, "cursor")
            newest = max(_times(posts), default=None)
            if not posts or not further or further == cursor or (newest and newest < since):
                return
            cursor = str(further)


def _times(posts: Sequence[Any]) -> Iterator[datetime]:
    """Give the times by which the search sorts: the earlier of claimed and indexed."""
    for view in posts:
        told = []
        for value in (at(view, "record", "createdAt"), at(view, "indexedAt")):
            try:
                told.append(read_time(value))
            except RecordError:
                continue
        if told:
            yield min(told)

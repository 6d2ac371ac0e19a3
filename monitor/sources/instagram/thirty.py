"""Thirty hashtags in seven days: which were searched for, and when the next one is free. Pure.

A hashtag counts from its first search on for seven days, however often it is searched for in them.
Each account has its own count, kept among the cursors of its origin and written before the
request: a count that is lost would be a search too many.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from data.records import from_iso, iso
from data.writes import Cursor

MOST = 30
WINDOW = timedelta(days=7)
_COUNTED = "counted "  # name of a cursor, with the hashtag; its value: since when it counts


class Thirty:
    """The count of one account at one moment."""

    def __init__(self, cursors: Mapping[str, str], now: datetime) -> None:
        since = {
            name.removeprefix(_COUNTED): from_iso(value)
            for name, value in cursors.items()
            if name.startswith(_COUNTED)
        }
        self._now = now
        self._since = {tag: min(at, now) for tag, at in since.items() if now - at < WINDOW}
        self.put_right = [self.take(tag) for tag, at in since.items() if at > now]
        """Of a clock that ran ahead: these count from now on."""

    def counts(self, tag: str) -> bool:
        """Say whether a hashtag is among those that count: to search for it again is free."""
        return tag in self._since

    def is_full(self) -> bool:
        """Say whether another hashtag would be one too many."""
        return len(self._since) >= MOST

    def take(self, tag: str) -> Cursor:
        """Count a hashtag from now on."""
        self._since[tag] = self._now
        return Cursor(f"{_COUNTED}{tag}", iso(self._now))

    def next_free(self) -> datetime:
        """Return when the oldest stops counting."""
        return min(self._since.values()) + WINDOW

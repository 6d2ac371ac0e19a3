"""One timeline (of a hashtag, of an account) at one instance: upward, again, and back in time.

Cursors, by the timeline's name: `newest` (highest id stored), `joined` (up to it nothing is
missing), `high` (time up to which all is read), `low` (time down to which), `back` (id where the
first reading back in time goes on; "" when done), `until` (time down to which that goes).
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data.errors import RecordError
from data.records import EARLIEST, from_iso, iso, read_time
from monitor.sources.http import Client
from monitor.sources.mastodon.access import Access

PAGE = 40  # statuses a reply; Mastodon's limit


@dataclass(frozen=True, slots=True)
class Leaf:
    """One reply of the timeline, and how the cursors stand when it is stored."""

    statuses: list[Any]
    cursors: Mapping[str, str]


@dataclass(slots=True)
class Budget:
    """How many pages a round may still ask for; the rest waits for the next one."""

    pages: int

    def take(self) -> bool:
        """Take one page; False when none is left."""
        self.pages -= 1
        return self.pages >= 0


@dataclass
class Feed:
    """Reads what is at `path`. `cursors` are those of the store, and move with what is yielded."""

    client: Client
    name: str  # with which its cursors begin
    path: str
    access: Access
    budget: Budget
    now: datetime
    cursors: dict[str, str] = field(default_factory=dict)
    whole: bool = True  # nothing of this round was left out

    def read(self, first: timedelta, again: timedelta) -> Iterator[Leaf]:
        """Yield page after page: what is new, what may have changed or come late, what is older."""
        if not self.cursors.get("newest"):
            yield from self._first(first)
        else:
            trusted = yield from self._upward()
            yield from self._again(self.now - again, trusted=trusted)
        yield from self._back()

    def _first(self, first: timedelta) -> Iterator[Leaf]:
        page = self._page()
        if page is None:
            return
        ids = _ids(page)
        until = max(self.now - first, EARLIEST)
        start = {"high": iso(self.now), "until": iso(until)}
        if not ids:
            yield self._leaf(page, low=iso(until), **start)
            return
        top = max(ids, key=order)
        low = _newest(page, self.now) or self.now
        yield self._leaf(
            page, newest=top, joined=top, back=min(ids, key=order), low=iso(low), **start
        )

    def _upward(self) -> Generator[Leaf, None, bool]:
        """Read on from the newest id; return whether the server heeds `min_id`."""
        while True:
            cursor = self.cursors["newest"]
            page = self._page(min_id=cursor)
            if page is None:
                return True
            ids = _ids(page)
            if not ids:
                yield self._leaf(page, high=iso(self.now), joined=cursor)
                return True
            top = max(ids, key=order)
            if order(min(ids, key=order)) <= order(cursor):  # it answers something else
                yield self._leaf(page, newest=max(top, cursor, key=order))
                return False
            yield self._leaf(page, newest=top)

    def _again(self, since: datetime, *, trusted: bool) -> Iterator[Leaf]:
        """Read the last days from the top: edits, counters, posts that federated late."""
        joined = self.cursors.get("joined", "")
        for page, lowest in self._downward(None):
            done = lowest is None or (
                _all_before(page, since) and (trusted or order(lowest) <= order(joined))
            )
            if done and not trusted:
                yield self._leaf(page, joined=self.cursors["newest"], high=iso(self.now))
            else:
                yield self._leaf(page)
            if done:
                return

    def _back(self) -> Iterator[Leaf]:
        """Go on with the first reading back in time, if it is not done."""
        if not self.cursors.get("back"):
            return
        until = from_iso(self.cursors["until"])
        for page, lowest in self._downward(self.cursors["back"]):
            if lowest is None or _all_before(page, until):
                yield self._leaf(page, back="", low=iso(until))
                return
            low = min(_newest(page, self.now) or self.now, from_iso(self.cursors["low"]))
            yield self._leaf(page, back=lowest, low=iso(max(low, until)))

    def _downward(self, max_id: str | None) -> Iterator[tuple[list[Any], str | None]]:
        """Yield pages with their lowest id, from the top or below `max_id`; None at the end."""
        while True:
            page = self._page(**({"max_id": max_id} if max_id else {}))
            if page is None:
                return
            ids = _ids(page)
            lowest = min(ids, key=order) if ids else None
            if lowest and max_id and order(lowest) >= order(max_id):
                lowest = None  # the server repeats itself
            yield page, lowest
            if lowest is None:
                return
            max_id = lowest

    def _page(self, **where: str) -> list[Any] | None:
        if not self.budget.take():
            self.whole = False
            return None
        reply = self.client.get(self.path, {"limit": PAGE, **self.access.params, **where})
        if not isinstance(reply.document, list):
            raise self.client.garbled(f"{self.path}: {type(reply.document).__name__}")
        return reply.document

    def _leaf(self, page: list[Any], **moved: str) -> Leaf:
        self.cursors |= moved
        return Leaf(page, {f"{self.name} {name}": value for name, value in moved.items()})


def order(native_id: str) -> tuple[int, str]:
    """Sort ids as their servers do: numbers by size, ULIDs and the like by their letters."""
    return len(native_id), native_id


def id_of(status: object) -> str | None:
    """Return a status's id at its instance, None where it has none."""
    value = status.get("id") if isinstance(status, Mapping) else None
    return str(value) if isinstance(value, str | int) and 0 < len(str(value)) <= 100 else None


def _ids(page: list[Any]) -> list[str]:
    return [native_id for each in page if (native_id := id_of(each)) is not None]


def _times(page: list[Any], now: datetime) -> Iterator[datetime]:
    for each in page:
        try:
            yield read_time(each.get("created_at") if isinstance(each, Mapping) else None, now)
        except RecordError:
            continue


def _newest(page: list[Any], now: datetime) -> datetime | None:
    return max(_times(page, now), default=None)


def _all_before(page: list[Any], since: datetime) -> bool:
    """Say whether the whole page is older; one stray old post in it does not end the reading."""
    newest = _newest(page, since + timedelta(days=36_500))
    return newest is not None and newest < since

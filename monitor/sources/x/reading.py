"""How far one query is read: stretches that are still open, newest first. Pure.

X's search answers newest first and reaches seven days back. Where a round stops in between, for the
budget, a refusal or a kill, its stretch stays open below the lowest id that is stored; the next
round begins a new one above, and then goes on with those that are open, as far as they are reached.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.records import from_iso, iso
from data.writes import Cursor
from monitor.sources.x.ids import time_of

REACH = timedelta(days=7) - timedelta(minutes=5)  # X refuses to look further back, by its own clock
LAG = timedelta(minutes=1)  # what is newer, X may not show yet: half of it by its own rules
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that is read from its end down to `low`, an id; None: not begun."""

    since: datetime
    until: datetime
    low: int | None = None

    @property
    def reached(self) -> datetime:
        """The moment down to which it is read."""
        return self.until if self.low is None else min(time_of(self.low), self.until)


@dataclass(frozen=True, slots=True)
class Reading:
    """A query that is read from `begin` to `end`, except for what is open."""

    query: str
    begin: datetime
    end: datetime
    open: tuple[Stretch, ...] = ()

    def at(self, now: datetime) -> "Reading":
        """Open the stretch that is new since the last round; forget what X no longer reaches."""
        reach, top = now - REACH, now - LAG
        new = (Stretch(self.end, top),) if top > self.end else ()
        kept = [replace(each, since=max(each.since, reach)) for each in (*new, *self.open)]
        return Reading(
            self.query,
            max(self.begin, reach),
            max(top, self.end),
            tuple(each for each in kept if each.reached > each.since),
        )

    def read(
        self, stretch: Stretch, low: int | None, *, whole: bool
    ) -> "tuple[Reading, Stretch | None]":
        """Note that an open stretch is read down to the id `low`, or whole; return its rest too."""
        place = self.open.index(stretch)
        now = replace(stretch, low=stretch.low if low is None else low)
        rest = None if whole or now.reached <= now.since else now
        left = () if rest is None else (rest,)
        return replace(self, open=(*self.open[:place], *left, *self.open[place + 1 :])), rest

    def covered(self) -> list[Span]:
        """Return the stretches that are read, oldest first."""
        found, since = [], self.begin
        for each in reversed(self.open):
            if each.since > since:
                found.append((since, each.since))
            since = max(since, each.reached)
        return [*found, (since, self.end)] if self.end > since else found

    def cursor(self) -> Cursor:
        """Write it down for the next round."""
        told = {
            "begin": iso(self.begin),
            "end": iso(self.end),
            "open": [[iso(each.since), iso(each.until), each.low] for each in self.open],
        }
        return Cursor(name_of(self.query), json.dumps(told))


def first_reading(query: str, now: datetime, first: timedelta) -> Reading:
    """Start a query that has never been asked."""
    begin = now - min(first, REACH)
    return Reading(query, begin, begin)


def stored_reading(query: str, value: str) -> Reading:
    """Go on where a cursor says."""
    told = json.loads(value)
    return Reading(
        query,
        from_iso(told["begin"]),
        from_iso(told["end"]),
        tuple(Stretch(from_iso(since), from_iso(until), low) for since, until, low in told["open"]),
    )


def name_of(query: str) -> str:
    """Name a query's cursor; other hashtags are another query, and read from their beginning."""
    return f"query {hashlib.sha256(query.encode()).hexdigest()[:16]}"


def covered_by_all(readings: Sequence[Reading]) -> list[Span]:
    """Return the stretches that every query has read, oldest first."""
    common = readings[0].covered()
    for each in readings[1:]:
        common = [
            (max(a, c), min(b, d))
            for a, b in common
            for c, d in each.covered()
            if max(a, c) < min(b, d)
        ]
    return common

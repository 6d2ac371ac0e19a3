"""One round of the stream: on from where the last one stopped, until the present is reached.

Cursors: `position` (JSON: time, number, server), and those of `leaving`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data.records import from_iso, iso, read_time
from data.writes import Cursor, RawItem
from monitor.items.fields import at
from monitor.sources.bluesky.frames import Batch, Position, Stream
from monitor.sources.bluesky.leaving import Leaving
from monitor.sources.bluesky.mapping import ACCOUNT, COMMIT, FRAME, IDENTITY
from monitor.sources.bluesky.people import People
from monitor.sources.bluesky.sieve import Sieve, authors
from monitor.sources.http import Client
from monitor.sources.raw_json import raw_json
from monitor.sources.source import Asking, Page

LONGEST = 240.0  # seconds a round; what is left waits for the next one
FIRST = timedelta(hours=1)  # how far back the very first round reads; the search reads further
_POSITION = "position"


def read_stream(asking: Asking) -> Iterator[Page]:
    """Yield what the stream brings of ours; Refused where it does not."""
    here = asking.config.bluesky
    client = Client(here.appview, here.timeout_seconds, asking.patience, "[bluesky] appview")
    try:
        yield from _Round(asking, client).pages()
    finally:
        client.close()


@dataclass
class _Round:
    asking: Asking
    client: Client
    sieve: Sieve = field(init=False)
    people: People = field(init=False)
    leaving: Leaving = field(init=False)
    read_since: datetime | None = None  # without a gap up to the last batch

    def __post_init__(self) -> None:
        self.sieve = Sieve(self.asking.config, self.asking.stored)
        self.people = People(self._ask)
        self.leaving = Leaving(self.asking, self._ask)

    def pages(self) -> Iterator[Page]:
        yield from self.leaving.returned()
        start = self._start()
        if self.read_since is not None:
            yield Page(read=(self.read_since, self.read_since))  # of another server: a gap shows
        here = self.asking.config.bluesky
        stream = Stream(
            self.asking.origin,
            start,
            self.asking.now,
            here.timeout_seconds,
            self.asking.patience,
            LONGEST,
        )
        missed = False
        for batch in stream.batches():
            missed |= batch.missed and self.read_since is not None
            yield self._page(batch)
        if missed:
            yield Page(
                note=(
                    "Der Server hebt nicht alles auf, was seit der letzten Runde war. "
                    "Die Suche füllt die Lücke, wo sie eingerichtet ist.",
                    "The server does not keep all that was since the last round. "
                    "The search fills the gap, where it is set up.",
                )
            )
        if self.people.refused is not None:
            yield Page(note=_nameless(self.people.refused.de, self.people.refused.en))

    def _start(self) -> Position:
        told = self.asking.cursors.get(_POSITION)
        if told:
            position = json.loads(told)
            when = from_iso(position["at"])
            self.read_since = when
            return Position(when, position["seq"], position["boot"])
        others = [
            end
            for origin, stretches in self.asking.stored.covered().items()
            if origin.startswith("ws")
            for _, end in stretches
        ]
        if others:  # the settings name another server than before
            self.read_since = max(others)
            return Position(self.read_since)
        return Position(self.asking.now - FIRST)

    def _page(self, batch: Batch) -> Page:
        kept = self.sieve.kept(batch.events)
        profiles = self.people.profiles(authors(kept))
        tags = [tag.lower() for tag in self.asking.config.watch.hashtags]
        odd = [each for each in batch.odd if any(f"#{tag}" in each.lower() for tag in tags)]
        when = batch.position.at
        if batch.missed or self.read_since is None:
            self.read_since = when if not batch.events else _first(batch.events, when)
        return Page(
            items=[
                *(_raw(each, profiles) for each in kept),
                *(RawItem(FRAME, raw_json(each)) for each in odd),
            ],
            cursors=[Cursor(_POSITION, _written(batch.position)), *self.leaving.noted(kept)],
            read=(self.read_since, max(when, self.read_since)),
            fetched=len(batch.events) + len(batch.odd),
        )

    def _ask(self, path: str, params: Mapping[str, Any]) -> Any:
        return self.client.get(path, params).document


def _raw(event: Mapping[str, Any], profiles: Mapping[str, Any]) -> RawItem:
    kind = str(event["$type"]).rpartition("#")[2]
    if kind in (ACCOUNT, IDENTITY):
        return RawItem(kind, raw_json(event))
    return RawItem(COMMIT, raw_json({"event": event, "author": profiles.get(str(event["did"]))}))


def _first(events: list[Mapping[str, Any]], usual: datetime) -> datetime:
    told = at(events[0], "witnessedAt") or at(events[0], "time")
    return min(read_time(told, usual), usual)


def _written(position: Position) -> str:
    return raw_json({"at": iso(position.at), "seq": position.seq, "boot": position.boot})


def _nameless(de: str, en: str) -> tuple[str, str]:
    return (
        f"Wie Konten heißen und ob sie gezeigt werden wollen, war nicht zu erfahren. {de}",
        f"How accounts are called, and whether they want to be shown, was not told. {en}",
    )

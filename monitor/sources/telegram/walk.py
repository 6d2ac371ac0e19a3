"""The way through a channel's posts, from the newest down: what is new, what is again, what is old.

Cursors: `read` (the stretches of numbers that are read, `spans`), `until` (time down to which the
first reading goes). A round that was cut off leaves a hole in `read`; the next one fills it, since
it always walks down from the newest and skips only what is read and not to be read again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from data.records import EARLIEST, from_iso, iso
from monitor.sources.refused import Refused
from monitor.sources.telegram.pages import Channel, ChannelPage
from monitor.sources.telegram.spans import Span, at_number, from_text, joined, to_text

MOST_PAGES = 60  # a round; what is left waits for the next one
LARGE_HOLE = 20  # numbers in a row that no post has; single ones are pictures of an album, deleted


@dataclass(frozen=True, slots=True)
class Step:
    """One page, how the cursors stand when it is stored, and the time that is read by then."""

    page: ChannelPage
    cursors: Mapping[str, str]
    read: tuple[datetime, datetime]


@dataclass
class Walk:
    """Reads one channel. After `steps`, `notes` and `whole` tell what a person should know."""

    channel: Channel
    cursors: Mapping[str, str]
    now: datetime
    whole: bool = True  # nothing of this round was left out
    notes: list[tuple[str, str]] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)
    _until: datetime = EARLIEST
    _lost: int | None = None  # the number before which a link to earlier posts was missing

    def steps(self, first: timedelta, again: timedelta) -> Iterator[Step]:
        """Yield page after page."""
        self._spans = from_text(self.cursors.get("read"))
        started = self.cursors.get("until")
        self._until = from_iso(started) if started else max(self.now - first, EARLIEST)
        before: int | None = None
        for _ in range(MOST_PAGES):
            page = self.channel.page(before)
            if not page.messages:
                yield self._end(page, before)
                return
            lowest, highest = page.messages[0].number, page.messages[-1].number
            if before is not None and highest >= before:
                raise _repeats(self.channel.client.origin, self.channel.name, before)
            self._look_for_holes(page, before)
            step = self._taken(page, before)
            yield step
            below = at_number(self._spans, lowest)
            newest = max((each.at for each in page.messages if each.at), default=self.now)
            before = below.low if below and newest < self.now - again else lowest
            if before <= 1:
                return
            if not page.links_back and before == lowest:
                self._missing_link(lowest)
        self.whole = False

    def _taken(self, page: ChannelPage, before: int | None) -> Step:
        lowest, highest = page.messages[0].number, page.messages[-1].number
        oldest = min((each.at for each in page.messages if each.at), default=None)
        upper = at_number(self._spans, before) if before is not None else None
        since = oldest or (from_iso(upper.since) if upper else self.now)
        times = [each.at for each in page.messages if each.at]
        if lowest <= 1 or (times and max(times) < self._until):
            lowest, since = 1, min(since, self._until)
        top = highest if before is None else before - 1
        return self._step(page, Span(lowest, top, iso(since)))

    def _end(self, page: ChannelPage, before: int | None) -> Step:
        """There is nothing (more): all is read, as far as the channel shows it."""
        if before is None:
            return Step(page, {"until": iso(self._until)}, (self._until, self.now))
        if self._lost == before:
            self.notes[-1:] = [
                (
                    f"Vor Beitrag {before} zeigt der Kanal nichts; ob es dort etwas gab, "
                    "ist nicht zu sehen.",
                    f"Before post {before} the channel shows nothing; whether there was anything "
                    "cannot be seen.",
                )
            ]
        upper = at_number(self._spans, before)
        since = upper.since if upper else iso(self.now)
        return self._step(page, Span(1, before - 1, since))

    def _step(self, page: ChannelPage, new: Span) -> Step:
        self._spans = joined(self._spans, new)
        block = self._spans[-1]
        return Step(
            page,
            {"read": to_text(self._spans), "until": iso(self._until)},
            (max(from_iso(block.since), self._until), self.now),
        )

    def _missing_link(self, lowest: int) -> None:
        if self._lost is None:
            self.notes.append(
                (
                    f"Bei Beitrag {lowest} fehlt der Verweis auf frühere Beiträge; "
                    "sie wurden über ihre Nummern gefunden.",
                    f"At post {lowest} the link to earlier posts is missing; "
                    "they were found by their numbers.",
                )
            )
        self._lost = lowest

    def _look_for_holes(self, page: ChannelPage, before: int | None) -> None:
        numbers = [each.number for each in page.messages] + ([before] if before else [])
        for low, high in pairwise(numbers):
            if high - low > LARGE_HOLE and at_number(self._spans, low + 1) is None:
                self.notes.append(
                    (
                        f"Zwischen den Beiträgen {low} und {high} zeigt der Kanal nichts.",
                        f"Between posts {low} and {high} the channel shows nothing.",
                    )
                )


def _repeats(origin: str, name: str, before: int) -> Refused:
    return Refused(
        "garbled",
        de=f"{origin} zeigt von {name} immer dieselben Beiträge. Es wird wieder versucht.",
        en=f"{origin} keeps showing the same posts of {name}. It is tried again.",
        said=f"?before={before}",
    )

"""One round at X: what is new first, then what earlier rounds left open, as the budget allows."""

from collections.abc import Generator, Iterator
from datetime import timedelta

from monitor.sources.http import Client
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page
from monitor.sources.x.access import open_client
from monitor.sources.x.purse import Purse
from monitor.sources.x.query import queries
from monitor.sources.x.reading import (
    Reading,
    Span,
    Stretch,
    covered_by_all,
    first_reading,
    name_of,
    stored_reading,
)
from monitor.sources.x.search import DEAREST, LARGEST, SMALLEST, search

MOST_PAGES = 100  # a round; X allows hundreds of questions in 15 minutes, the budget mostly fewer
NEW = timedelta(days=1)  # what is older can wait for the budget of another day


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what X finds for the hashtags; Refused where it does not, or the budget is spent."""
    client = open_client(asking.config, asking.origin, asking.patience)
    try:
        yield from _Round(asking, client).pages()
    finally:
        client.close()


class _Round:
    def __init__(self, asking: Asking, client: Client) -> None:
        self.asking = asking
        self.client = client
        self.purse = Purse(asking)
        self.pages_left = MOST_PAGES
        self.readings = [_reading(asking, each) for each in queries(asking.config.watch.hashtags)]
        self.waiting = False  # there is more, for which the budget does not suffice yet
        self.trouble: str | None = None
        self.unbegun = {  # queries of which nothing is stored yet
            number
            for number, reading in enumerate(self.readings)
            if name_of(reading.query) not in asking.cursors
        }

    def pages(self) -> Iterator[Page]:
        open_ones = [
            (stretch, number)
            for number, reading in enumerate(self.readings)
            for stretch in reading.open
        ]
        try:
            for stretch, number in sorted(open_ones, key=lambda each: each[0].until, reverse=True):
                yield from self._stretch(number, stretch)
        except Refused:
            yield from self._covered()
            raise
        yield from self._covered()
        yield from self._notes()

    def _stretch(self, number: int, stretch: Stretch) -> Iterator[Page]:
        """Read a stretch page by page, each counted before it is asked for."""
        rest: Stretch | None = stretch
        asked, token, size = stretch, None, 0
        while rest is not None and self.pages_left > 0:
            affordable = self._affordable(rest)
            if not affordable:
                self.waiting = True
                return
            if affordable != size:  # a token goes on only with a question that is the same
                asked, token, size = rest, None, affordable
            self.pages_left -= 1
            yield Page(spent=self.purse.posts(DEAREST * size))
            try:
                found = search(self.client, self.readings[number].query, asked, size, token)
            except Refused as refused:
                if refused.state != "garbled":  # X bills what it answers, not what it refuses
                    yield Page(spent=self.purse.posts(-DEAREST * size))
                raise
            token = found.next_token
            self.readings[number], rest = self.readings[number].read(
                rest, found.low, whole=token is None
            )
            self.trouble = self.trouble or found.trouble
            yield Page(
                items=found.items,
                cursors=[self.readings[number].cursor()],
                fetched=found.fetched,
                seen=found.ids,
                read=self._beginning(number),
                unwanted=found.unwanted,
                spent=self.purse.posts(found.cost - DEAREST * size),
            )

    def _beginning(self, number: int) -> Span | None:
        """Mark where a query's reading begins, so that what is not read from there on is a gap."""
        if number not in self.unbegun:
            return None
        self.unbegun.remove(number)
        return (self.readings[number].begin, self.readings[number].begin)

    def _affordable(self, rest: Stretch) -> int:
        """Return how many posts the next page may have.

        Where that is too few: none of what can wait, and Refused of what is new.
        """
        budget = self.purse.budget()
        can_wait = rest.reached < self.asking.now - NEW
        left = budget.posts.spare if can_wait else budget.posts.today
        size = min(LARGEST, left // DEAREST)
        if size < SMALLEST and not can_wait:
            raise self.purse.empty(budget, DEAREST * SMALLEST)
        return size if size >= SMALLEST else 0

    def _covered(self) -> Iterator[Page]:
        for span in covered_by_all(self.readings):
            yield Page(read=span)

    def _notes(self) -> Iterator[Page]:
        if self.trouble:
            yield Page(
                note=(
                    "Einiges, worauf sich Beiträge beziehen, zeigt X nicht (gelöscht, gesperrt "
                    f"oder geschützt), zum Beispiel: {self.trouble}",
                    "Some of what posts refer to X does not show (deleted, suspended or "
                    f"protected), for example: {self.trouble}",
                )
            )
        if self.waiting:
            yield Page(
                note=(
                    "Neues ist gelesen. Älteres wartet, bis das Kontingent dafür reicht, und wird "
                    "nachgelesen, soweit X es dann noch zeigt (7 Tage).",
                    "What is new is read. What is older waits until the budget suffices for it, "
                    "and is read then, as far as X still shows it (7 days).",
                )
            )
        if self.pages_left <= 0:
            yield Page(
                note=(
                    "Es gibt dort mehr, als in eine Runde passt; die nächste macht weiter.",
                    "There is more than fits into one round; the next one goes on.",
                )
            )


def _reading(asking: Asking, query: str) -> Reading:
    value = asking.cursors.get(name_of(query))
    begun = stored_reading(query, value) if value else None
    if begun is None or begun.end > asking.now:  # a clock that ran ahead: who knows what is read
        begun = first_reading(query, asking.now, timedelta(days=asking.config.x.first_days))
    return begun.at(asking.now)

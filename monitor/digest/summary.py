"""The week in numbers: what the digest says, before it is put into words. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data.digest_files import week_name
from data.digest_reads import Gathered, Quote
from data.page_reads.balance import Balance, Place
from data.page_reads.sources import Gap
from data.page_reads.warnings import Group
from data.page_reads.week import Week
from data.plain import plain
from data.reads import Run
from data.topics import UNSOUGHT

QUOTES = 3  # unanswered calls that the digest prints
LONGEST_QUOTE = 170  # characters
SAMPLE = "sample"  # the source of invented posts
_PRIVATE = re.compile(
    r"https?://\S+|www\.\S+"  # links
    r"|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.]+"  # e-mail addresses, each from where its word begins
    r"|@[\w.@-]+"  # handles
    r"|#\w+\s*$"  # the last hashtag, mostly the one that is watched
    r"|\+?\d[\d ()/-]{5,}\d"  # telephone numbers
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Calls for help and offers of one topic, this week and the week before."""

    key: str
    now: Balance
    before: Balance


@dataclass(frozen=True, slots=True)
class Day:
    """Posts of a local day and of the same weekday one week earlier."""

    day: date
    posts: int
    before: int


@dataclass(frozen=True, slots=True)
class Source:
    """What a source brought, how its newest run ended, what it did not read."""

    name: str
    origin: str | None
    posts: int | None  # None: known for the source as a whole only
    run: Run | None
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The week in numbers. `gathered` keeps the counts that need no further thought."""

    name: str
    week: Week
    made_at: datetime
    gathered: Gathered
    topics: tuple[Topic, ...]  # widest gap first
    days: tuple[Day, ...]
    quotes: tuple[Quote, ...]  # cut and without links, handles, numbers
    quotes_left: int  # unanswered calls that are not printed
    places: tuple[Place, ...]
    warnings: tuple[Group, ...]
    sources: tuple[Source, ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing was posted."""
        return self.gathered.talk.posts == 0

    @property
    def complete(self) -> bool:
        """Say whether the week was over when the digest was made."""
        return self.week.end.astimezone(self.week.zone).date() > self.week.days[-1]

    @property
    def sample(self) -> bool:
        """Say whether posts of this week are invented ones."""
        return SAMPLE in self.gathered.by_source


def summarise(gathered: Gathered, made_at: datetime) -> Digest:
    """Put the week's counts in the order in which they are read."""
    quotes = [
        Quote(each.at, text, each.lang, each.urgent, each.topics, each.places)
        for each in gathered.quotes
        if (text := without_names(each.text))
    ]
    return Digest(
        name=week_name(gathered.week.days[0]),
        week=gathered.week,
        made_at=made_at,
        gathered=gathered,
        topics=_topics(gathered.topics, gathered.topics_before),
        days=_days(gathered),
        quotes=tuple(_spread(quotes)),
        quotes_left=max(0, len(quotes) - QUOTES),
        places=gathered.places,
        warnings=gathered.groups,
        sources=tuple(_sources(gathered)),
    )


def without_names(text: str) -> str:
    """Take links, handles, addresses and telephone numbers out of a post; cut it at a word."""
    left = " ".join(_PRIVATE.sub(" ", plain(text)).split())
    if len(left) <= LONGEST_QUOTE:
        return left
    return left[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def _topics(now: Mapping[str, Balance], before: Mapping[str, Balance]) -> tuple[Topic, ...]:
    none = Balance(0, 0)
    found = [
        Topic(key, now.get(key, none), before.get(key, none))
        for key in now
        if key not in UNSOUGHT and (now[key].needs or now[key].offers)
    ]
    return tuple(sorted(found, key=lambda each: (-each.now.gap, -each.now.needs, each.key)))


def _days(gathered: Gathered) -> tuple[Day, ...]:
    week = gathered.week
    return tuple(
        Day(
            day,
            gathered.days.get(day, 0),
            gathered.days_before.get(date.fromordinal(day.toordinal() - 7), 0),
        )
        for day in week.days
    )


def _spread(quotes: list[Quote]) -> list[Quote]:
    """Choose calls of different topics first, so that no topic fills the list."""
    seen: set[str] = set()
    first: list[Quote] = []
    rest: list[Quote] = []
    for quote in quotes:
        topic = quote.topics[0] if quote.topics else ""
        (rest if topic in seen else first).append(quote)
        seen.add(topic)
    return (first + rest)[:QUOTES]


def _sources(gathered: Gathered) -> list[Source]:
    origins = [(run.source or "", run.origin, run) for run in gathered.runs]
    told = {source for source, _, _ in origins}
    listed = [
        Source(
            source,
            origin,
            gathered.by_source.get(source) if _only(source, origins) else None,
            run,
            tuple(gathered.gaps.get((source, origin or ""), ())),
        )
        for source, origin, run in origins
    ]
    listed += [
        Source(source, None, posts, None, ())
        for source, posts in gathered.by_source.items()
        if source not in told
    ]
    return listed


def _only(source: str, origins: list[tuple[str, str | None, Run]]) -> bool:
    return sum(1 for other, _, _ in origins if other == source) == 1

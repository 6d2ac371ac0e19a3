"""Needs against offers: by topic and by place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import Connection

from data.page_reads.narrowed import Narrowing, narrowed
from data.page_reads.week import Week, midnight
from data.rollups.counts import NONE, Asked, Count, by_day, counts, counts_now, counts_of
from data.rollups.truth import APART
from data.topics import UNSOUGHT


@dataclass(frozen=True, slots=True)
class Balance:
    """Calls for help and offers under one label."""

    needs: int
    offers: int

    @property
    def gap(self) -> int:
        """How many more needs than offers."""
        return self.needs - self.offers


@dataclass(frozen=True, slots=True)
class Place:
    """What is said about a place: in a stretch of days, in that before, and in 14 days, each."""

    name: str
    posts: int
    before: int
    needs: int
    offers: int
    days: tuple[int, ...]

    @property
    def gap(self) -> int:
        """How many more needs than offers."""
        return self.needs - self.offers


def balance(
    connection: Connection, start: datetime, end: datetime, kind: str = "topic"
) -> dict[str, Balance]:
    """Count own posts (no reposts) with the intents gesuch and angebot by topic or place.

    A post with two topics counts in both. Labels without either intent are absent.
    """
    return {
        label: Balance(each.needs, each.offers)
        for label, each in counts(connection, kind, start, end).items()
        if each.needs or each.offers
    }


def by_topic(connection: Connection, to: Narrowing) -> dict[str, Balance]:
    """Count needs and offers by topic, each post once; topics that nobody seeks are left out."""
    return {
        topic: Balance(each.needs, each.offers)
        for topic, each in _counted(connection, "topic", to).items()
        if topic not in UNSOUGHT and (each.needs or each.offers)
    }


def by_topic_and_bezirk(connection: Connection, to: Narrowing) -> dict[tuple[str, str], Balance]:
    """Count needs and offers by topic and Bezirk; "" is the Bezirk of posts that name no place.

    Topics of which nothing is sought or offered are left out. A post that names several places of
    one Bezirk counts there once.
    """
    needs: Counter[tuple[str, str]] = Counter()
    offers: Counter[tuple[str, str]] = Counter()
    for label, count in _counted(connection, "wanted", to).items():
        topic, _, bezirk = label.partition(APART)
        if topic not in UNSOUGHT:
            needs[topic, bezirk] += count.needs
            offers[topic, bezirk] += count.offers
    return {key: Balance(needs[key], offers[key]) for key in needs}


def places(connection: Connection, week: Week, limit: int = 10) -> list[Place]:
    """List the places most posted about this week; reposts do not count."""
    days = [week.days[0] - timedelta(days=7 - back) for back in range(7)] + list(week.days)
    found = counted_places(connection, week, "place", [midnight(each, week.zone) for each in days])
    return [each for each in found if each.posts][:limit]


def counted_places(
    connection: Connection, week: Week, kind: str, days: Sequence[datetime]
) -> list[Place]:
    """List what is said about the labels of a kind, most posts first; `days`: when each begins."""
    now, before, *shown = counts_of(
        connection,
        [
            Asked(kind, week.start, week.end),
            Asked(kind, week.before_start, week.before_end),
            *by_day(kind, days[0], week.end, days),
        ],
    )
    found = [
        Place(
            name=name,
            posts=now.get(name, NONE).posts,
            before=before.get(name, NONE).posts,
            needs=now.get(name, NONE).needs,
            offers=now.get(name, NONE).offers,
            days=tuple(day.get(name, NONE).posts for day in shown),
        )
        for name in {*now, *before, *chain.from_iterable(shown)}
    ]
    return sorted(found, key=lambda each: (-each.posts, each.name))


def _counted(connection: Connection, kind: str, to: Narrowing) -> dict[str, Count]:
    if to == Narrowing(start=to.start, end=to.end):
        return counts(connection, kind, to.start, to.end)
    return counts_now(connection, kind, narrowed(to))

"""Needs against offers: by topic and by place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from sqlalchemy import Connection

from data.page_reads.narrowed import Narrowing, narrowed
from data.page_reads.week import Week, midnight
from data.rollups.counts import (
    NONE,
    Asked,
    Counted,
    Counting,
    by_day,
    counts,
    counts_now,
    counts_of,
)
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


def balance(start: datetime, end: datetime) -> Counting[dict[str, Balance]]:
    """Count own posts (no reposts) with the intents gesuch and angebot by topic.

    A post with two topics counts in both. Topics without either intent are absent.
    """
    return Counting([Asked("topic", start, end)], lambda found: _balances(*found))


def _balances(found: Counted) -> dict[str, Balance]:
    return {
        label: Balance(each.needs, each.offers)
        for label, each in found.items()
        if each.needs or each.offers
    }


def by_topic(connection: Connection, to: Narrowing) -> dict[str, Balance]:
    """Count needs and offers by topic, each post once; topics that nobody seeks are left out."""
    found = _balances(_counted(connection, "topic", to))
    return {topic: each for topic, each in found.items() if topic not in UNSOUGHT}


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


def places(week: Week, limit: int = 10) -> Counting[list[Place]]:
    """List the places most posted about this week, without days; reposts do not count."""
    all_ = counted_places(week, "place", [])
    return Counting(
        all_.asked, lambda found: [each for each in all_.read(found) if each.posts][:limit]
    )


def with_days(connection: Connection, week: Week, found: Sequence[Place]) -> list[Place]:
    """Count the posts about few places on each day of the week and of that before."""
    days = [week.days[0] - timedelta(days=7 - back) for back in range(7)] + list(week.days)
    begins = [midnight(each, week.zone) for each in days]
    asked = by_day("place", begins[0], week.end, begins)
    shown = counts_of(connection, asked, [each.name for each in found])
    return [
        replace(each, days=tuple(day.get(each.name, NONE).posts for day in shown)) for each in found
    ]


def counted_places(week: Week, kind: str, days: Sequence[date]) -> Counting[list[Place]]:
    """List what is said about the labels of a kind, most posts first, also on each of some days."""
    begins = [midnight(each, week.zone) for each in days]
    asked = [
        Asked(kind, week.start, week.end),
        Asked(kind, week.before_start, week.before_end),
        *(by_day(kind, begins[0], week.end, begins) if begins else ()),
    ]
    return Counting(asked, lambda found: _places(*found))


def _places(now: Counted, before: Counted, *shown: Counted) -> list[Place]:
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


def _counted(connection: Connection, kind: str, to: Narrowing) -> Counted:
    if to == Narrowing(start=to.start, end=to.end):
        return counts(connection, kind, to.start, to.end)
    return counts_now(connection, kind, narrowed(to))

"""Needs against offers: by topic and by place."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from data.counted import counted
from data.page_reads.narrowed import Narrowing, narrowed
from data.page_reads.volume import HOUR
from data.page_reads.week import Week
from data.places import read_places
from data.tables import labels, posts
from data.topics import UNSOUGHT

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    subject, intent = labels.alias("subject"), labels.alias("intent")
    rows = connection.execute(
        select(subject.c.label, intent.c.label, func.count())
        .select_from(posts)
        .join(subject, (subject.c.post == posts.c.id) & (subject.c.kind == kind))
        .join(intent, (intent.c.post == posts.c.id) & (intent.c.kind == "intent"))
        .where(
            intent.c.label.in_(("gesuch", "angebot")),
            posts.c.created_at >= start,
            posts.c.created_at < end,
            counted(),
            posts.c.repost_of.is_(None),
        )
        .group_by(subject.c.label, intent.c.label)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for label, wanted, count in rows:
        found[label][wanted] = count
    return {
        label: Balance(counts.get("gesuch", 0), counts.get("angebot", 0))
        for label, counts in found.items()
    }


def by_topic_and_bezirk(connection: Connection, to: Narrowing) -> dict[tuple[str, str], Balance]:
    """Count needs and offers by topic and Bezirk; "" is the Bezirk of posts that name no place.

    Topics of which nothing is sought or offered are left out.
    """
    topic, intent, place = labels.alias("topic"), labels.alias("intent"), labels.alias("place")
    rows = connection.execute(
        select(posts.c.id, topic.c.label, intent.c.label, place.c.label)
        .join(topic, (topic.c.post == posts.c.id) & (topic.c.kind == "topic"))
        .join(intent, (intent.c.post == posts.c.id) & (intent.c.kind == "intent"))
        .outerjoin(place, (place.c.post == posts.c.id) & (place.c.kind == "place"))
        .where(
            topic.c.label.not_in(UNSOUGHT),
            intent.c.label.in_(("gesuch", "angebot")),
            *narrowed(to),
            counted(),
            posts.c.repost_of.is_(None),
        )
    )
    bezirke = {each.name: each.bezirk for each in read_places()}
    said = {
        (post, topic, wanted, bezirke.get(place, "") if place else "")
        for post, topic, wanted, place in rows
    }
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, topic_key, wanted, bezirk in said:
        found[topic_key, bezirk][wanted] += 1
    return {
        key: Balance(counts.get("gesuch", 0), counts.get("angebot", 0))
        for key, counts in found.items()
    }


def places(connection: Connection, week: Week, limit: int = 10) -> list[Place]:
    """List the places most posted about this week; reposts do not count."""
    hour = type_coerce(posts.c.created_at, BigInteger) // HOUR
    rows = connection.execute(
        select(labels.c.label, hour, func.count())
        .select_from(posts)
        .join(labels, (labels.c.post == posts.c.id) & (labels.c.kind == "place"))
        .where(
            posts.c.created_at >= week.before_start,
            posts.c.created_at < week.end,
            counted(),
            posts.c.repost_of.is_(None),
        )
        .group_by(labels.c.label, hour)
    )
    days = [week.days[0] - timedelta(days=7 - back) for back in range(7)] + list(week.days)
    by_day: dict[str, dict[date, int]] = defaultdict(lambda: dict.fromkeys(days, 0))
    now: dict[str, int] = defaultdict(int)
    before: dict[str, int] = defaultdict(int)
    for label, hours, count in rows:
        at = _EPOCH + timedelta(hours=int(hours))
        by_day[label][at.astimezone(week.zone).date()] += count
        if at >= week.start:
            now[label] += count
        elif at < week.before_end:
            before[label] += count
    wanted = balance(connection, week.start, week.end, "place")
    most = sorted(now, key=lambda label: (-now[label], label))[:limit]
    return [
        Place(
            name=label,
            posts=now[label],
            before=before[label],
            needs=wanted[label].needs if label in wanted else 0,
            offers=wanted[label].offers if label in wanted else 0,
            days=tuple(by_day[label][day] for day in days),
        )
        for label in most
    ]

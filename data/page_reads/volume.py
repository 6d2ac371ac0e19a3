"""How much is posted: totals and posts by local day."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from data.counted import counted
from data.tables import posts

HOUR = 3_600_000_000  # microseconds, the unit of times in the store
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Total:
    """Posts, and accounts that posted, in a stretch of time."""

    posts: int
    accounts: int


def total(connection: Connection, start: datetime, end: datetime) -> Total:
    """Count posts from `start` up to before `end`."""
    row = connection.execute(
        select(func.count(), func.count(posts.c.account.distinct())).where(
            posts.c.created_at >= start, posts.c.created_at < end, counted()
        )
    ).one()
    return Total(row[0], row[1])


def newest_post(connection: Connection) -> datetime | None:
    """Give the time of the newest post, or None where there is none at all."""
    at: datetime | None = connection.execute(
        select(func.max(posts.c.created_at)).where(posts.c.deleted_at.is_(None))
    ).scalar_one()
    return at


def posts_per_day(
    connection: Connection, start: datetime, end: datetime, zone: ZoneInfo
) -> dict[date, int]:
    """Count posts by local day; days without posts are absent.

    The store counts by hour and the days are put together here: neither database knows the zone's
    clock changes the same way.
    """
    hour = type_coerce(posts.c.created_at, BigInteger) // HOUR
    rows = connection.execute(
        select(hour, func.count())
        .where(posts.c.created_at >= start, posts.c.created_at < end, counted())
        .group_by(hour)
    )
    days: Counter[date] = Counter()
    for hours, count in rows:
        days[(_EPOCH + timedelta(hours=int(hours))).astimezone(zone).date()] += count
    return dict(days)


def first_post(connection: Connection) -> datetime | None:
    """Give the time of the oldest post, or None where there is none at all."""
    at: datetime | None = connection.execute(
        select(func.min(posts.c.created_at)).where(posts.c.deleted_at.is_(None))
    ).scalar_one()
    return at

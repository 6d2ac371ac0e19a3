"""How much is posted: totals and posts by local day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, func, or_, select

from data.counted import counted
from data.page_reads.week import midnight
from data.rollups.counts import counts, posts_by_day
from data.rollups.rows import all_spans
from data.tables import posts


@dataclass(frozen=True, slots=True)
class Total:
    """Posts, and accounts that posted, in a stretch of time."""

    posts: int
    accounts: int


def total(connection: Connection, start: datetime, end: datetime) -> Total:
    """Count posts from `start` up to before `end`, and who wrote them."""
    return Total(posts_between(connection, start, end), accounts_between(connection, start, end))


def posts_between(connection: Connection, start: datetime, end: datetime) -> int:
    """Count posts from `start` up to before `end`."""
    return sum(each.posts for each in counts(connection, "posts", start, end).values())


def accounts_between(connection: Connection, start: datetime, end: datetime) -> int:
    """Count accounts with a post from `start` up to before `end`; fast where `end` is now.

    Whose first or last post lies between has one there; only for whoever has posts on both sides it
    is looked up.
    """
    span = all_spans(connection).c
    there = exists().where(
        posts.c.account == span.account, posts.c.created_at >= start, posts.c.created_at < end,
        counted(),
    )  # fmt: skip
    count: int = connection.execute(
        select(func.count(span.account)).where(
            span.counted_last >= start,
            span.counted_first < end,
            or_(span.counted_last < end, span.counted_first >= start, there),
        )
    ).scalar_one()
    return count


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

    The store counts by hour and is told when each day begins: neither database knows the zone's
    clock changes the same way.
    """
    first = start.astimezone(zone).date()
    days = [first + timedelta(days=each) for each in range((end - start).days + 2)]
    begins = [midnight(each, zone) for each in days]
    found = posts_by_day(connection, "posts", start, end, begins)
    return {days[place]: count for place, count in found.get("", {}).items()}


def first_post(connection: Connection) -> datetime | None:
    """Give the time of the oldest post, or None where there is none at all."""
    at: datetime | None = connection.execute(
        select(func.min(posts.c.created_at)).where(posts.c.deleted_at.is_(None))
    ).scalar_one()
    return at

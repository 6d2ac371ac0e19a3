"""How much is posted: totals and posts by local day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, func, or_, select

from data.counted import counted
from data.page_reads.week import Week, midnight
from data.rollups.counts import NONE, Asked, Counted, Counting, by_day, counts, counts_of
from data.rollups.rows import all_spans
from data.tables import posts


@dataclass(frozen=True, slots=True)
class Weeks:
    """Posts of a week, of the stretch before it, and of each local day of both that has some."""

    posts: int
    before: int
    days: Mapping[date, int]


def weeks(week: Week) -> Counting[Weeks]:
    """Count the posts of a week and of that before it."""
    days, begins = _days(week.before_start, week.end, week.zone)
    asked = [
        Asked("posts", week.start, week.end),
        Asked("posts", week.before_start, week.before_end),
        *by_day("posts", week.before_start, week.end, begins),
    ]
    return Counting(
        asked, lambda found: Weeks(_posts(found[0]), _posts(found[1]), _with_some(days, found[2:]))
    )


def posts_between(connection: Connection, start: datetime, end: datetime) -> int:
    """Count posts from `start` up to before `end`."""
    return _posts(counts(connection, "posts", start, end))


def accounts_between(connection: Connection, start: datetime, end: datetime) -> int:
    """Count accounts with a post from `start` up to before `end`; fast where `end` is now.

    Whose first or last post lies between has one there; only for whoever has posts on both sides it
    is looked up. Those whose last one does are counted apart: of them PostgreSQL reads the index.
    """
    span = all_spans(connection).c
    last = select(func.count()).where(span.counted_last >= start, span.counted_last < end)
    there = exists().where(
        posts.c.account == span.account, posts.c.created_at >= start, posts.c.created_at < end,
        counted(),
    )  # fmt: skip
    later = select(func.count(span.account)).where(
        span.counted_last >= end,
        span.counted_first < end,
        or_(span.counted_first >= start, there),
    )
    both = connection.execute(select(last.scalar_subquery(), later.scalar_subquery())).one()
    return sum(both)


def first_post(connection: Connection) -> datetime | None:
    """Give the time of the oldest post, or None where there is none at all."""
    at: datetime | None = connection.execute(
        select(func.min(posts.c.created_at)).where(posts.c.deleted_at.is_(None))
    ).scalar_one()
    return at


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
    days, begins = _days(start, end, zone)
    return _with_some(days, counts_of(connection, by_day("posts", start, end, begins)))


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[list[date], list[datetime]]:
    """Give the local days of a time, and when each begins."""
    first = start.astimezone(zone).date()
    days = [first + timedelta(days=each) for each in range((end - start).days + 2)]
    return days, [midnight(each, zone) for each in days]


def _with_some(days: Sequence[date], found: Sequence[Counted]) -> dict[date, int]:
    return {day: _posts(count) for day, count in zip(days, found, strict=True) if count}


def _posts(found: Counted) -> int:
    """Take the posts out of a count of all, which has one label."""
    return found.get("", NONE).posts

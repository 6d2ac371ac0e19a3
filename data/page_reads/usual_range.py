"""What is usual among accounts that stand in no warning: the range of the middle half."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from sqlalchemy import Connection, select

from data.tables import accounts, cluster_accounts, clusters

LOOKED_AT, FEWEST_USUAL = 2_000, 20  # accounts
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Range:
    """From the first to the third quarter: half of the accounts are within, a quarter on each side.

    `of` is how many accounts told it.
    """

    low: float
    high: float
    of: int

    def place(self, value: float) -> int:
        """Say where a value lies: -1 below, 0 within, 1 above."""
        return -1 if value < self.low else 1 if value > self.high else 0


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Each measure's range; None where fewer than FEWEST_USUAL accounts tell it."""

    age_days: Range | None
    followers: Range | None
    following: Range | None
    posts_a_day: Range | None


def usual_range(connection: Connection, now: datetime) -> UsualRange:
    """Measure the newest LOOKED_AT accounts that stand in no warning."""
    inside = (
        select(cluster_accounts.c.account)
        .join(clusters, clusters.c.id == cluster_accounts.c.cluster)
        .where(clusters.c.level.in_(("alert", "watch")))
    )
    rows = connection.execute(
        select(accounts.c.created_at, accounts.c.followers, accounts.c.following, accounts.c.posts)
        .where(accounts.c.id.not_in(inside))
        .order_by(accounts.c.id.desc())
        .limit(LOOKED_AT)
    ).all()
    ages = [age_days(row.created_at, now) for row in rows]
    rates = [posts_a_day(row.posts, age) for row, age in zip(rows, ages, strict=True)]
    return UsualRange(
        age_days=_range(ages),
        followers=_range(row.followers for row in rows),
        following=_range(row.following for row in rows),
        posts_a_day=_range(rates),
    )


def age_days(created_at: datetime | None, now: datetime) -> float | None:
    """Say how old an account is; at least a day, so that a new one has a rate of posts."""
    return None if created_at is None else max((now - created_at) / DAY, 1.0)


def posts_a_day(posts: int | None, age: float | None) -> float | None:
    """Say how much an account writes, by all its posts in its network; None where unknown."""
    return None if posts is None or age is None else posts / age


def _range(values: Iterable[float | None]) -> Range | None:
    known = [each for each in values if each is not None]
    if len(known) < FEWEST_USUAL:
        return None
    low, _, high = quantiles(known, n=4, method="inclusive")
    return Range(low, high, len(known))

"""What is left of a month's budget where fetching costs, and how much of that is for today.

The budget has two pots: for new posts, and for asking whether stored ones are still there. Each is
released day by day, evenly, two days ahead: a busy day can take three days' share and all that
earlier days left over, and still none of the days after it goes without. What is not of today can
wait, and takes nothing in advance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from data.config import Config, XConfig
from data.formats import day, number
from data.tables import spending

POSTS, CHECKS = "posts", "checks"  # the pots
AHEAD = 2  # days
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pot:
    """The month's items for one purpose: in all, used by now, released up to and with today."""

    total: int
    used: int
    released: int
    even: int  # of these, without the days in advance

    @property
    def left(self) -> int:
        """Items that this month still has."""
        return max(self.total - self.used, 0)

    @property
    def today(self) -> int:
        """Items of these that may be used by tonight."""
        return max(self.released - self.used, 0)

    @property
    def spare(self) -> int:
        """Items that the days up to today have left over."""
        return max(self.even - self.used, 0)


@dataclass(frozen=True, slots=True)
class Budget:
    """One network's billing month, from `start` up to before `end` (midnights in UTC)."""

    source: str
    start: datetime
    end: datetime
    posts: Pot
    checks: Pot

    @property
    def month(self) -> str:
        """The name under which the month is counted (`data.writes.Spent`)."""
        return self.start.date().isoformat()

    def next_release(self, pot: Pot, least: int) -> datetime:
        """Return when a pot has `least` items for the day: a midnight, the month's end at latest.

        Never today, which has been looked at.
        """
        for at in _midnights(self.start, self.end):
            released = _released(pot.total, self.start, self.end, at)
            if released > pot.released and released - pot.used >= least:
                return at
        return self.end

    def sentence(self, lang: str) -> str:
        """Say what is left, for people."""
        posts, checks = (
            [number(each, lang) for each in (pot.left, pot.total, pot.today)]
            for pot in (self.posts, self.checks)
        )
        last = day(self.end - _DAY, lang)
        if lang == "en":
            return (
                f"Budget until {last}: {posts[0]} of {posts[1]} new posts left ({posts[2]} of them "
                f"today), {checks[0]} of {checks[1]} checks whether posts are still there."
            )
        return (
            f"Budget bis {last}: noch {posts[0]} von {posts[1]} neuen Beiträgen (davon heute "
            f"{posts[2]}), noch {checks[0]} von {checks[1]} Nachfragen, ob Beiträge noch da sind."
        )

    def to_json(self) -> dict[str, object]:
        """Return what `--json` prints."""
        pots = {POSTS: self.posts, CHECKS: self.checks}
        return {
            "month": self.month,
            "ends": self.end.date().isoformat(),
            **{
                name: {"total": pot.total, "used": pot.used, "left": pot.left, "today": pot.today}
                for name, pot in pots.items()
            },
        }


def budgets(connection: Connection, config: Config, now: datetime) -> dict[str, Budget]:
    """Return the budgets of the networks that are asked and cost, by network."""
    if "x" not in dict(config.asked):
        return {}
    used = spent(connection, "x", month_of(now, config.x.billing_day)[0].date().isoformat())
    return {"x": x_budget(config.x, used, now)}


def spent(connection: Connection, source: str, month: str) -> dict[str, int]:
    """Return what a source has used of a month's budget, by pot."""
    query = select(spending.c.purpose, spending.c.used).where(
        spending.c.source == source, spending.c.month == month
    )
    return dict(connection.execute(query).all())


def x_budget(settings: XConfig, used: Mapping[str, int], now: datetime) -> Budget:
    """Work out X's budget from its settings and what is used of this month by pot."""
    start, end = month_of(now, settings.billing_day)
    checks = settings.monthly_posts * settings.check_percent // 100
    totals = {POSTS: settings.monthly_posts - checks, CHECKS: checks}
    pots = {
        name: Pot(
            total,
            used.get(name, 0),
            _released(total, start, end, now),
            _released(total, start, end, now, ahead=0),
        )
        for name, total in totals.items()
    }
    return Budget("x", start, end, pots[POSTS], pots[CHECKS])


def month_of(now: datetime, billing_day: int) -> tuple[datetime, datetime]:
    """Return the billing month that holds `now`: its first midnight in UTC, and the next month's.

    `billing_day`: 1 to 28.
    """
    at = now.astimezone(UTC)
    this = datetime(at.year, at.month, billing_day, tzinfo=UTC)
    if at < this:
        before = this.replace(day=1) - _DAY
        return before.replace(day=billing_day), this
    after = this.replace(day=1) + timedelta(days=31)
    return this, after.replace(day=billing_day)


def _released(total: int, start: datetime, end: datetime, at: datetime, ahead: int = AHEAD) -> int:
    days, today = (end - start).days, (at - start).days + 1
    return min(total, -(-total * (today + ahead) // days))


def _midnights(start: datetime, end: datetime) -> Iterator[datetime]:
    for number_of_day in range(1, (end - start).days):
        yield start + number_of_day * _DAY

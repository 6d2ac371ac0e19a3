"""The days a page speaks of: today and six days before, and the same stretch one week earlier."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days, the last of them still running, and the same stretch just before.

    Both stretches are equally long and end at the same time of day, so that counts compare. A page
    whose readers choose may ask for another number of days.
    Bounds are UTC; `days` are local days, oldest first.
    """

    start: datetime
    end: datetime
    before_start: datetime
    before_end: datetime
    days: tuple[date, ...]
    zone: ZoneInfo


def week_to(now: datetime, zone: ZoneInfo) -> Week:
    """Give the week that ends `now`."""
    return days_to(now, zone, 7)


def days_to(now: datetime, zone: ZoneInfo, count: int) -> Week:
    """Give the `count` days that end `now`."""
    here = now.astimezone(zone)
    today = here.date()
    return Week(
        start=midnight(today - timedelta(days=count - 1), zone),
        end=now,
        before_start=midnight(today - timedelta(days=2 * count - 1), zone),
        before_end=(here - timedelta(days=count)).astimezone(UTC),
        days=tuple(today - timedelta(days=back) for back in range(count - 1, -1, -1)),
        zone=zone,
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the start of a local day in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)

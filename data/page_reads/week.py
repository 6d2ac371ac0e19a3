"""The week a page speaks of: today and six days before, and the same stretch one week earlier."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days, the last of them still running, and the same stretch a week earlier.

    Both stretches are equally long and end at the same time of day, so that counts compare.
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
    today = now.astimezone(zone).date()
    here = now.astimezone(zone)
    return Week(
        start=midnight(today - timedelta(days=6), zone),
        end=now,
        before_start=midnight(today - timedelta(days=13), zone),
        before_end=(here - timedelta(days=7)).astimezone(UTC),
        days=tuple(today - timedelta(days=back) for back in range(6, -1, -1)),
        zone=zone,
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the start of a local day in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)

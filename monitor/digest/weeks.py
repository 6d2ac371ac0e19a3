"""ISO weeks in local time: 2026-W47 runs from Monday to Sunday, also over a clock change."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.digest_files import last_complete, week_name
from data.errors import ConfigError
from data.page_reads.week import Week, midnight

_FORM = re.compile(r"(\d{4})-W(\d{2})")


def iso_week(name: str, zone: ZoneInfo) -> Week:
    """Give the week `2026-W47` with the week before; raises ConfigError on anything else."""
    form = _FORM.fullmatch(name)
    try:
        if form is None:
            raise ValueError(name)
        monday = date.fromisocalendar(int(form[1]), int(form[2]), 1)
        before = monday - timedelta(days=7)
        return Week(
            start=midnight(monday, zone),
            end=midnight(monday + timedelta(days=7), zone),
            before_start=midnight(before, zone),
            before_end=midnight(monday, zone),
            days=tuple(monday + timedelta(days=number) for number in range(7)),
            zone=zone,
        )
    except (ValueError, OverflowError) as error:
        example = week_name(datetime.now(UTC).date() - timedelta(days=7))
        raise ConfigError(
            de=f"Eine Woche {name} gibt es nicht. Jahr und Kalenderwoche angeben, zum Beispiel: "
            f"--week {example}",
            en=f"There is no week {name}. Give year and ISO week, for example: --week {example}",
        ) from error


def until(week: Week, now: datetime) -> Week:
    """End a week that still runs at `now`, and the week before at the same weekday and time.

    Raises ConfigError for a week that has not begun.
    """
    if week.end <= now:
        return week
    if week.start > now:
        last = last_complete(now, week.zone)
        raise ConfigError(
            de=f"Die Woche {week_name(week.days[0])} hat noch nicht begonnen. "
            f"Die letzte ganze Woche ist {last}: --week {last}",
            en=f"Week {week_name(week.days[0])} has not begun. "
            f"The last whole week is {last}: --week {last}",
        )
    same_time = (now.astimezone(week.zone) - timedelta(days=7)).astimezone(UTC)
    return replace(week, end=now, before_end=same_time)

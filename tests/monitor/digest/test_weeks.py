"""ISO weeks in local time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.digest_files import last_complete, week_name
from data.errors import ConfigError
from monitor.digest.weeks import iso_week, until

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "hours"), [("2026-W12", 168), ("2026-W13", 167), ("2026-W43", 169)]
)
def test_a_week_is_an_hour_shorter_or_longer_where_the_clock_changes(name: str, hours: int) -> None:
    week = iso_week(name, BERLIN)
    assert week.end - week.start == timedelta(hours=hours)
    assert week.before_end == week.start


def test_a_week_begins_on_monday_at_local_midnight() -> None:
    week = iso_week("2026-W47", BERLIN)
    assert week.start == datetime(2026, 11, 15, 23, tzinfo=UTC)
    assert [day.isoformat() for day in week.days][::6] == ["2026-11-16", "2026-11-22"]


def test_the_last_whole_week_changes_on_monday_at_local_midnight() -> None:
    sunday = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
    assert last_complete(sunday, BERLIN) == "2026-W46"
    assert last_complete(sunday + timedelta(minutes=1), BERLIN) == "2026-W47"


def test_the_first_days_of_january_belong_to_the_last_week_of_the_year_before() -> None:
    assert week_name(datetime(2027, 1, 3, tzinfo=UTC).date()) == "2026-W53"
    assert last_complete(datetime(2027, 1, 4, 12, tzinfo=UTC), BERLIN) == "2026-W53"


@pytest.mark.parametrize("name", ["2026-47", "W47", "2026-W54", "2026-W00", "heute", "2027-W53"])
def test_a_wrong_week_is_refused_with_the_right_form(name: str) -> None:
    with pytest.raises(ConfigError, match=r"--week \d{4}-W\d\d") as refused:
        iso_week(name, BERLIN)
    assert name in refused.value.en


def test_a_running_week_is_compared_up_to_the_same_weekday_and_hour() -> None:
    now = datetime(2026, 10, 26, 11, 30, tzinfo=UTC)  # the clock went back the day before
    week = until(iso_week("2026-W44", BERLIN), now)
    assert week.end == now
    assert week.before_end == datetime(2026, 10, 19, 10, 30, tzinfo=UTC)


def test_a_week_to_come_is_refused() -> None:
    with pytest.raises(ConfigError, match="--week 2026-W43"):
        until(iso_week("2026-W45", BERLIN), datetime(2026, 10, 26, tzinfo=UTC))

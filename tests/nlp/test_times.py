from datetime import UTC, datetime

import pytest

from nlp.times import ZONE, When, read_when
from nlp.wishes import words_of

TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)  # 10:00 in Hamburg


def when(text: str, at: datetime = TUESDAY) -> When:
    return read_when(text, words_of(text), at)


def here(day: int, hour: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("heute Abend", here(3, 17), here(3, 23)),
        ("morgen um 10 Uhr", here(4, 10), here(4, 12)),
        ("Montag von 9 bis 12", here(9, 9), here(9, 12)),
        ("am 17.", here(17), here(18)),
        ("am 5.4.", here(5, month=4), here(6, month=4)),
        ("tomorrow at 3 pm", here(4, 15), here(4, 17)),
        ("завтра вранці", here(4, 6), here(4, 11)),
        ("nächsten Donnerstag", here(5), here(6)),
        ("Freitagabend", here(6, 17), here(6, 23)),
    ],
)
def test_a_day_is_seen_from_the_day_of_the_post(text: str, begin: datetime, end: datetime) -> None:
    assert when(text).windows == ((begin, end),)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("nur bis Freitag", here(7)),
        ("bis heute Abend", here(3, 23)),
        ("bis spätestens 20. März", here(21)),
        ("bis Ende des Monats", here(1, month=4)),
        ("bis 18 Uhr", here(3, 18)),
        ("in den nächsten zwei Stunden", here(3, 12)),
    ],
)
def test_a_deadline_ends_the_matter(text: str, end: datetime) -> None:
    assert when(text).until == end
    assert when(text).ends == end


def test_what_is_every_week_has_no_end() -> None:
    found = when("dienstags und jeden Donnerstag ab 17 Uhr")
    assert found.weekly == {1, 3}
    assert found.hours == (17.0, 24.0)
    assert found.ends is None


def test_a_beginning_is_no_end() -> None:
    found = when("frei ab 1.4.")
    assert found.start == here(1, month=4)
    assert found.ends is None


@pytest.mark.parametrize(
    "text", ["Guten Morgen!", "seit Montag krank", "Moin", "3 Kinder, 2 Taschen"]
)
def test_a_greeting_the_past_and_mere_numbers_are_no_time(text: str) -> None:
    assert not when(text)


def test_a_weekday_said_in_the_evening_of_that_day_is_next_weeks() -> None:
    evening = datetime(2026, 3, 3, 18, tzinfo=UTC)
    assert when("Dienstag", evening).windows == ((here(10), here(11)),)


def test_the_time_is_hamburgs_in_summer_and_winter() -> None:
    summer = when("am 1.7. um 8 Uhr").windows[0][0]
    assert summer.astimezone(UTC).hour == 6
    winter = when("morgen um 8 Uhr").windows[0][0]
    assert winter.astimezone(UTC).hour == 7


def test_a_day_that_does_not_exist_is_none() -> None:
    assert not when("am 31.2.")


def test_a_weekday_said_in_the_morning_of_that_day_is_today_or_in_a_week() -> None:
    assert when("am Dienstag").windows == ((here(3), here(4)), (here(10), here(11)))


def test_a_month_alone_can_be_a_beginning() -> None:
    assert when("erst wieder im Mai").start == here(1, month=5)
    assert when("erst wieder im Februar").start == datetime(2027, 2, 1, tzinfo=ZONE)


def test_hours_without_uhr_count_behind_a_day_but_not_before_an_age() -> None:
    assert when("sonntags ab 12 frei").hours == (12.0, 24.0)
    assert when("samstags ab 12 Jahren").hours is None


def test_what_is_ruled_out_bounds_nothing() -> None:
    assert when("sonntags, nicht vormittags").hours is None

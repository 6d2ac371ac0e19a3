"""Days in a text, seen from the day it was written: "heute", "bis Freitag", "17.3.", "montags"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlp import time_words as said
from nlp.clocks import is_morning
from nlp.words import Words, fold

PAST_KEPT = 90  # days; a date without a year that is longer past is next year's
_BEFORE = 24  # characters
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a stretch of days at a character; `mode`: "" itself, "until" or "from" it."""

    at: int
    first: date
    last: date
    mode: str


def days(text: str, words: Words, here: datetime) -> Iterator[Day]:
    """Yield the days said in words, then the dates, then weekends, weeks and the month's end."""
    yield from _in_words(words, here)
    today = here.date()
    for match in said.DATE.finditer(text):
        day = _date(match, today)
        if day is not None:
            yield Day(match.start(), day, day, _mode_before(text, match.start(), match.group()))
    yield from _stretches(text, today)
    yield from _months(text, today)


def weekly(text: str, words: Words) -> frozenset[int]:
    """Return the weekdays of every week that a text names, 0 = Monday."""
    found = {said.WEEKLY[word] for word in words.folded if word in said.WEEKLY}
    for at, word in enumerate(words.folded):
        weekday = _weekday(word)
        if weekday is not None and _is_weekly(words, at):
            found.add(weekday)
    found.update(
        said.SHORT[match.group(1) or match.group(2)] for match in said.SHORT_DAY.finditer(text)
    )
    if said.DAILY.search(text):
        found.update(range(7))
    if said.WORKDAYS.search(text):
        found.update(range(5))
    if said.WEEKENDS.search(text):
        found.update((5, 6))
    return frozenset(found)


def _in_words(words: Words, here: datetime) -> Iterator[Day]:
    today = here.date()
    for at, word in enumerate(words.folded):
        ahead = None
        if word in said.DAYS and not is_morning(words, at):
            ahead = said.DAYS[word]
            if here.hour < 4 and not ahead and "nacht" in words.folded[at : at + 2]:
                ahead = -1  # said after midnight, tonight has begun the day before
        elif (weekday := _weekday(word)) is not None and not _is_weekly(words, at):
            ahead = (weekday - today.weekday()) % 7
            next_one = at > 0 and words.folded[at - 1].startswith(("naechste", "uebernaechste"))
            # nobody calls today by its name in the evening
            if (not ahead and here.hour >= 12) or (next_one and ahead < 2):
                ahead += 7
        mode = _mode(words, at)
        if ahead is not None and mode != "past":
            day = today + timedelta(days=ahead)
            yield Day(words.starts[at], day, day, mode)
            if word not in said.DAYS and not ahead and not mode:  # or in a week
                yield Day(words.starts[at], day + _WEEK, day + _WEEK, mode)


def _stretches(text: str, today: date) -> Iterator[Day]:
    if (match := said.WEEKEND.search(text)) and not said.WEEKENDS.search(text):
        saturday = today + timedelta(days=max(0, 5 - today.weekday()))
        sunday = saturday + timedelta(days=6 - saturday.weekday())
        yield Day(match.start(), saturday, sunday, _mode_before(text, match.start(), ""))
    if match := said.NEXT_WEEK.search(text):
        monday = today + timedelta(days=7 - today.weekday())
        sunday = monday + timedelta(days=6)
        yield Day(match.start(), monday, sunday, _mode_before(text, match.start(), ""))
    if match := said.MONTH_END.search(text):
        end = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        yield Day(match.start(), end, end, _mode_before(text, match.start(), ""))


def _months(text: str, today: date) -> Iterator[Day]:
    """Yield "erst wieder im Februar", "ab März": from its first day on."""
    for match in said.FROM_MONTH.finditer(text):
        month = said.MONTHS[match["month"].lower()]
        year = today.year + (month < today.month)
        first = max(date(year, month, 1), today)
        yield Day(match.start(), first, first, "from")


def _mode(words: Words, at: int) -> str:
    before = words.folded[max(0, at - 3) : at]
    near = frozenset(before[-2:])
    if near & said.PAST:
        return "past"
    if said.UNTIL.intersection(before) or said.UNTIL_BEHIND.intersection(
        words.folded[at + 1 : at + 2]
    ):
        return "until"
    return "from" if near & said.FROM else ""


def _mode_before(text: str, at: int, met: str) -> str:
    """Judge a date by the words before it, or by the first word of the match itself."""
    words = re.findall(r"\w+", text[max(0, at - _BEFORE) : at])[-2:]
    near = frozenset(map(fold, words + re.findall(r"[^\W\d]+", met)[:1]))
    if near & said.UNTIL:
        return "until"
    return "from" if near & said.FROM else ""


def _date(match: re.Match[str], today: date) -> date | None:
    group = match.groupdict()
    day = int(group["d1"] or group["d2"] or group["d3"] or group["d4"])
    name = group["m2"] or group["m3"]
    month = int(group["m1"]) if group["m1"] else said.MONTHS[name.lower()] if name else None
    year = int(group["y1"]) if group["y1"] else None
    try:
        if month is None:
            found = today.replace(day=day)
            return found if found >= today else _a_month_later(found)
        if year is not None:
            return date(year if year > 99 else 2000 + year, month, day)
        found = date(today.year, month, day)
        return found if (today - found).days < PAST_KEPT else found.replace(year=today.year + 1)
    except ValueError:  # 31.2., or the 31st of a month of 30 days
        return None


def _a_month_later(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=day.day)


def _weekday(word: str) -> int | None:
    if word in said.WEEKDAYS:
        return said.WEEKDAYS[word]
    if word in said.WEEKLY:
        return None
    for part in said.DAY_PARTS:
        if word.endswith(part) and word.removesuffix(part) in said.WEEKDAYS:
            return said.WEEKDAYS[word.removesuffix(part)]
    for length in range(len(word) - 1, max(3, len(word) - 4), -1):  # cumaya, понедельника
        if word[:length] in said.WEEKDAYS:
            return said.WEEKDAYS[word[:length]]
    return None


def _is_weekly(words: Words, at: int) -> bool:
    return not said.EVERY.isdisjoint(words.folded[max(0, at - 2) : at])

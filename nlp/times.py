"""When something is needed or to be had: deadlines, days, times of day, in Hamburg's time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nlp import time_words as said
from nlp.clocks import Clock, Hours, clocks
from nlp.days import days, weekly
from nlp.words import Words, fold

ZONE = ZoneInfo("Europe/Berlin")
NOW_LASTS = timedelta(hours=6)  # "jetzt", "sofort"
_NEAR = 40  # characters between a day and a time of day that belong together

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class When:
    """Times of a need or an offer, with their zone.

    `windows`: certain stretches of time; `weekly`: weekdays (0 = Monday) of every week; `hours`:
    the time of day where it holds for all days; `until`: a deadline; `start`: not before.
    """

    windows: tuple[Window, ...] = ()
    weekly: frozenset[int] = frozenset()
    hours: Hours | None = None
    until: datetime | None = None
    start: datetime | None = None

    @property
    def ends(self) -> datetime | None:
        """When it is over; None: not said."""
        if self.until is not None:
            return self.until
        if self.weekly or not self.windows:
            return None
        return max(end for _, end in self.windows)

    def __bool__(self) -> bool:
        return bool(self.windows or self.weekly or self.hours or self.until or self.start)


def read_when(text: str, words: Words, created: datetime) -> When:
    """Read the times said in a text that was written at `created`."""
    here = created.astimezone(ZONE)
    said_clocks = list(clocks(text, words))
    every_week = weekly(text, words)
    windows: list[Window] = []
    until: list[datetime] = []
    start: list[datetime] = []
    used: set[Clock] = set()
    for day in () if said.DAILY.search(text) else days(text, words, here):
        near = [each for each in said_clocks if abs(each.at - day.at) <= _NEAR]
        clock = min(near, key=lambda each: abs(each.at - day.at), default=None)
        used.update(near)
        begin, end = _window(day.first, day.last, clock.hours if clock else None)
        if day.mode == "until" or (clock is not None and clock.mode == "until"):
            until.append(end)
        elif day.mode == "from":
            start.append(begin)
        else:
            windows.append((begin, end))
    spare = [each for each in said_clocks if each not in used]
    hours = _common(spare or (said_clocks if every_week else []))
    certain = [each for each in spare if each.mode != "part"]
    if certain and not (windows or until or start or every_week):
        begin, end = _next_such(certain[0].hours, here)
        hours = None
        if certain[0].mode == "until":
            until.append(end)
        else:
            windows.append((begin, end))
    for begin, end, is_deadline in _ahead(text, here):
        if is_deadline:
            until.append(end)
        else:
            windows.append((begin, end))
    if not windows and not until and _is_now(words):
        windows.append((here, here + NOW_LASTS))
    return When(
        tuple(windows), every_week, hours, max(until, default=None), min(start, default=None)
    )


def _window(first: date, last: date, hours: Hours | None) -> Window:
    begin, end = hours or (0.0, 24.0)
    return (
        datetime.combine(first, time(), ZONE) + timedelta(hours=begin),
        datetime.combine(last, time(), ZONE) + timedelta(hours=max(begin, end)),
    )


def _next_such(hours: Hours, here: datetime) -> Window:
    """Take a time of day without a day as the next such time."""
    begin, end = _window(here.date(), here.date(), hours)
    later = timedelta(days=1 if end < here else 0)
    return begin + later, end + later


def _common(found: Sequence[Clock]) -> Hours | None:
    if not found:
        return None
    return min(each.hours[0] for each in found), max(each.hours[1] for each in found)


def _is_now(words: Words) -> bool:
    """Say whether it is for this hour: "sofort", or a shouted "JETZT"; not "ab sofort"."""
    return any(
        (word in said.NOW and (not at or words.folded[at - 1] != "ab"))
        or words.raw[at] in ("JETZT", "NOW")
        for at, word in enumerate(words.folded)
    )


def _ahead(text: str, here: datetime) -> Iterator[tuple[datetime, datetime, bool]]:
    """Yield what lies so many hours, days or weeks ahead; True: a deadline."""
    for match in said.SPAN.finditer(text):
        word, unit = fold(match["count"]), fold(match["unit"])
        count = int(word) if word.isdecimal() and len(word) < 4 else said.NUMBERS.get(word)
        lies_ahead = fold(match.group()).startswith(("in ", "через", "за "))
        if count is None:
            continue
        if unit.startswith(("stund", "std", "hour", "час", "годин")):
            yield here, here + timedelta(hours=count), True
        elif unit.startswith(("tag", "day", "дн")) and lies_ahead:
            yield here, here + timedelta(days=count + 1), False
        elif lies_ahead:
            aim = here + timedelta(weeks=count)
            yield aim - timedelta(days=3), aim + timedelta(days=4), False

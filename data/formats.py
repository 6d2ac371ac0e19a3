"""Numbers, dates and times as German and English readers write them; local times only here.

Babel carries the rules of both languages; the zone is that of the settings, by default
Europe/Berlin.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

BERLIN = ZoneInfo("Europe/Berlin")
_LOCALE = {"de": "de_DE", "en": "en_GB"}
FEWEST_FOR_PERCENT = 20  # below, a percentage pretends to know more than it does


@lru_cache(maxsize=4_096)
def number(value: float, lang: str, digits: int = 0) -> str:
    """Write a number: 3917 -> "3.917" (de), "3,917" (en); `digits` after the decimal mark."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=_LOCALE[lang]))


def percent(share: float, lang: str, digits: int = 0) -> str:
    """Write a share of one as a percentage: 0.125 -> "13 %"; German with a no-break space."""
    text = number(share * 100, lang, digits)
    return f"{text}\u00a0%" if lang == "de" else f"{text}%"


def change(now: int, before: int, lang: str, than_de: str, than_en: str) -> str:
    """Compare with the time before, e.g. `than_de` "in der Vorwoche", `than_en` "the week before".

    A percentage only from 20 cases on both sides; below, the difference is counted.
    """
    de = lang == "de"
    than = than_de if de else than_en
    if now == before:
        return f"so viele wie {than}" if de else f"as many as {than}"
    more = ("mehr" if now > before else "weniger") if de else ("more" if now > before else "fewer")
    if min(now, before) >= FEWEST_FOR_PERCENT:
        by = percent(abs(now - before) / before, lang)
    else:
        by = number(abs(now - before), lang)
    return f"{by} {more} als {than}" if de else f"{by} {more} than {than}"


def local(at: datetime, zone: ZoneInfo = BERLIN) -> datetime:
    """Give a UTC time as local time."""
    return at.astimezone(zone)


def day(value: date, lang: str) -> str:
    """Write a day: "18. Mai 2026", "18 May 2026". A UTC time is taken as its local day."""
    return _date(_day(value), "d. MMMM y" if lang == "de" else "d MMMM y", lang)


def short_day(value: date, lang: str) -> str:
    """Write a day for an axis: "Mo 18.5.", "Mon 18/5"."""
    value = _day(value)
    name = _date(value, "EEEEEE" if lang == "de" else "EEE", lang).rstrip(".")
    if lang == "de":
        return f"{name} {value.day}.{value.month}."
    return f"{name} {value.day}/{value.month}"


def weekday(value: date, lang: str) -> str:
    """Name the day of the week: "Dienstag", "Tuesday"."""
    return _date(_day(value), "EEEE", lang)


def day_span(first: date, last: date, lang: str) -> str:
    """Write a span of days without repeating month or year: "18. bis 24. Mai 2026"."""
    first, last = _day(first), _day(last)
    if first == last:
        return day(last, lang)
    dot = "." if lang == "de" else ""
    to = "bis" if lang == "de" else "to"
    if (first.year, first.month) == (last.year, last.month):
        start = f"{first.day}{dot}"
    elif first.year == last.year:
        start = _date(first, f"d{dot} MMMM", lang)
    else:
        start = day(first, lang)
    return f"{start} {to} {day(last, lang)}"


def clock(at: datetime, lang: str, zone: ZoneInfo = BERLIN) -> str:
    """Write a local time of day: "07:30 Uhr", "07:30"."""
    text = f"{local(at, zone):%H:%M}"
    return f"{text} Uhr" if lang == "de" else text


def moment(at: datetime, lang: str, zone: ZoneInfo = BERLIN) -> str:
    """Write day and time: "18. Mai 2026, 07:30 Uhr", "18 May 2026, 07:30"."""
    return f"{day(local(at, zone).date(), lang)}, {clock(at, lang, zone)}"


def ago(at: datetime, now: datetime, lang: str) -> str:
    """Say how long ago: "vor 12 Minuten", "12 minutes ago"; the future reads "gerade eben"."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return "gerade eben" if lang == "de" else "just now"
    text = span(seconds, lang, dative=True)
    return f"vor {text}" if lang == "de" else f"{text} ago"


def ahead(at: datetime, now: datetime, lang: str) -> str:
    """Say in how long: "in 12 Minuten", "in 12 minutes"; the past reads "gleich"."""
    seconds = (at - now).total_seconds()
    if seconds < 30:
        return "gleich" if lang == "de" else "any moment"
    return "in " + span(seconds, lang, dative=True)


def span(seconds: float, lang: str, dative: bool = False) -> str:
    """Write a length of time in its largest fitting unit: "2 Tage", with `dative` "2 Tagen"."""
    for size, de_one, de_many, de_dative, en in (
        (86_400, "Tag", "Tage", "Tagen", "day"),
        (3_600, "Stunde", "Stunden", "Stunden", "hour"),
        (60, "Minute", "Minuten", "Minuten", "minute"),
        (1, "Sekunde", "Sekunden", "Sekunden", "second"),
    ):
        count = round(seconds / size)
        if seconds >= size or size == 1:
            if lang == "en":
                return f"{number(count, lang)} {en}" + ("" if count == 1 else "s")
            one = de_one if count == 1 else (de_dative if dative else de_many)
            if count == 1 and dative:
                return f"{'einem' if de_one == 'Tag' else 'einer'} {one}"
            return f"{number(count, lang)} {one}"
    raise AssertionError  # the loop returns at one second at the latest


def this_moment() -> datetime:
    """Return the clock's time in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=1_024)
def _date(value: date, pattern: str, lang: str) -> str:
    return str(format_date(value, pattern, _LOCALE[lang]))


def _day(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value

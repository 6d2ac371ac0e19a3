"""The words of data/reference/times.toml, folded, and how days and clocks look in digits."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from data.times import read_times
from nlp.words import fold

T = TypeVar("T")


def _folded(table: Mapping[str, T]) -> dict[str, T]:
    return {fold(word): value for word, value in table.items()}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SAID = read_times()
DAYS, WEEKDAYS, WEEKLY = _folded(_SAID.days), _folded(_SAID.weekdays), _folded(_SAID.weekly)
NUMBERS, PARTS = _folded(_SAID.numbers), _folded(_SAID.parts)
MONTHS = {word.lower(): number for word, number in _SAID.months.items()}
EVERY, UNTIL, UNTIL_BEHIND, FROM, AFTER, PAST, NOW, NOT_MORNING = (
    frozenset(map(fold, _SAID.words[name]))
    for name in (
        "every",
        "until",
        "until_behind",
        "from",
        "after",
        "past",
        "now",
        "not_morning",
    )
)
SHORT = {"Mo": 0, "Di": 1, "Mi": 2, "Do": 3, "Fr": 4, "Sa": 5, "So": 6}
DAY_PARTS = ("abend", "nachmittag", "vormittag", "frueh", "morgen", "mittag", "nacht")

_NO_ORDINAL = r"(?:klasse|stock|etage|og|geburtstag|monat|woche|klässler)"
DATE = re.compile(
    r"\b(?P<d1>\d{1,2})\.\s?(?P<m1>\d{1,2})\.(?:(?P<y1>20\d\d|\d\d)\b)?"
    rf"|\b(?P<d2>\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?P<m2>{_either(MONTHS)})\b"
    rf"|\b(?P<m3>{_either(MONTHS)})\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b(?:am|zum|bis|ab|den|dem|vom|der|das)\s(?P<d4>\d{{1,2}})\.(?!\s?\d|\s{_NO_ORDINAL})",
    re.IGNORECASE,
)
FROM_MONTH = re.compile(
    rf"\b(?:erst(?:\swieder)?|ab|frühestens|from|not\suntil)\s(?:im\s|in\s)?"
    rf"(?:anfang\s|mitte\s|ende\s)?(?P<month>{_either(MONTHS)})\b(?!\s\d)",
    re.IGNORECASE,
)
_HOUR = r"(?P<h{0}>[01]?\d|2[0-4])(?:[:.](?P<n{0}>[0-5]\d))?"
_TO = r"\s?(?:uhr\s)?(?:-|–|bis|to|and)\s?"
_NOT_HOURS = r"(?!\s?(?:€|euro|jahr|personen|leute|[.]\d))"
_COUNTED = r"(?:leute|personen|kinder|wochen|tage|monat|jahre|stück|stunden)"
CLOCK = re.compile(
    rf"\b{_HOUR.format(1)}{_TO}{_HOUR.format(2)}\s?(?:uhr|h|pm)\b"
    r"|(?:\bvon|\bbetween|\bfrom|tags|\b(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\.?)\s"
    rf"{_HOUR.format(7)}{_TO}{_HOUR.format(8)}\b{_NOT_HOURS}"
    rf"|\b(?:uhr\s)?{_HOUR.format(3)}\s?(?:uhr|h)\b"
    r"|\b(?P<h4>[01]?\d|2[0-3]):(?P<n4>[0-5]\d)\b"
    r"|\b(?P<h5>1?\d)(?::(?P<n5>\d\d))?\s?(?P<half>am|pm)\b"
    r"|(?:\b(?:um|at|gegen|saat|в|о|об|à|las)|الساعة|ساعت)\s(?P<h6>[01]?\d|2[0-3])"
    r"(?=[\s,.!?;]|-|$)"
    r"|\b(?:um|gegen|bis|ab|nach)\s(?P<late>halb\s)?(?P<word>ein|eins|zwei|drei|vier|fünf|sechs|"
    rf"sieben|acht|neun|zehn|elf|zwölf)(?=[\s,.!?;]|$)(?!\s{_COUNTED})",
    re.IGNORECASE,
)
OPEN_HOUR = re.compile(  # "sonntags ab 12", but not "ab 12 Jahren", "ab 12.30 Uhr", "ab 12. Mai"
    r"(?:tags?|wochenende[ns]?|abends|vormittags|nachmittags|werktags)\s(?P<mode>ab|bis|vor)\s"
    r"(?P<hour>[1-9]|1\d|2[0-3])(?=[\s,;!?)]|$)"
    r"(?!\s?(?:uhr|h\b|jahr|person|leut|kind|€|euro|mal|stück))",
    re.IGNORECASE,
)
SPAN = re.compile(
    r"\b(?:in|nächsten?|kommenden?|noch|next|for|within|через|за)\s(?:den\s)?(?:nächsten\s)?"
    r"(?P<count>\w+)\s(?P<unit>stunden?|std|tage?n?|wochen?|hours?|days?|weeks?|час\w*|"
    r"дн\w+|недел\w+|годин\w*|тижн\w+)\b",
    re.IGNORECASE,
)
WORKDAYS = re.compile(
    r"\b(?:werktags|unter der woche|wochentags|weekdays|"
    r"mo(?:ntag)?\s?(?:-|–|bis)\s?fr(?:eitag)?\b)",
    re.IGNORECASE,
)
WEEKEND = re.compile(
    r"\b(?:this weekend|weekend|wochenende|на выходн\w+|на вихідн\w+|آخر هفته|hafta sonu)\b",
    re.IGNORECASE,
)
WEEKENDS = re.compile(r"\b(?:wochenends|an wochenenden|weekends)\b", re.IGNORECASE)
DAILY = re.compile(
    r"\b(?:täglich|jeden tag|every day|daily|щодня|каждый день|her gün)\b|كل يوم|هر روز",
    re.IGNORECASE,
)
NEXT_WEEK = re.compile(
    r"\b(?:nächste[rn]?|kommende[rn]?|next) (?:woche|week)\b|наступного тижня|на следующей неделе",
    re.IGNORECASE,
)
MONTH_END = re.compile(r"\b(?:monatsende|ende des monats|end of the month)\b", re.IGNORECASE)
SHORT_DAY = re.compile(
    r"\b(Mo|Di|Mi|Do|Fr|Sa|So)\b"
    r"(?=\.?\s?(?:[\d/+&–-]|und |oder |u\. |ab |um |abends|nachm|vorm|früh))"
    r"|(?<=[/+&–-])\s?(Mo|Di|Mi|Do|Fr|Sa|So)\b"
)

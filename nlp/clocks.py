"""Times of day in a text: "um halb drei", "abends", "von 9 bis 12", "bis 18 Uhr"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp import time_words as said
from nlp.words import Words, fold

Hours = tuple[float, float]  # from and to, counted from midnight; above 24 is the next day
VISIT = 2.0  # hours that "um 14 Uhr" holds
_JUST_BEFORE = 18  # characters

_ASIDE = frozenset(("auch", "nicht"))  # "auch abends", "nicht vormittags" bound nothing


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day at a character; `mode`: "at" a certain time, "until", or "part" of the day."""

    at: int
    hours: Hours
    mode: str


def clocks(text: str, words: Words) -> Iterator[Clock]:
    """Yield the times of day, those in digits first."""
    dates = [match.span() for match in said.DATE.finditer(text)]
    for match in said.CLOCK.finditer(text):
        if not any(begin <= match.start() < end for begin, end in dates):
            yield _in_digits(text, match)
    for match in said.OPEN_HOUR.finditer(text):
        hour = float(match["hour"])
        begin, end = (0.0, hour) if fold(match["mode"]) in said.UNTIL else (hour, 24.0)
        yield Clock(match.start(), (begin, end), "part")
    for at in range(len(words.folded)):
        hours = _part_of_day(words, at)
        if hours is not None and _ASIDE.isdisjoint(words.folded[max(0, at - 2) : at]):
            until = at and words.folded[at - 1] in said.UNTIL
            yield Clock(words.starts[at], hours, "until" if until else "part")


def is_morning(words: Words, at: int) -> bool:
    """Say whether "Morgen" is the time of day or a greeting, not tomorrow."""
    if words.folded[at] != "morgen":
        return False
    before = words.folded[at - 1] if at else ""
    if before in said.NOT_MORNING or before in said.WEEKDAYS:
        return True
    return not at and words.folded[1:2] in (["zusammen"], ["allerseits"], ["ihr"], ["liebe"])


def _part_of_day(words: Words, at: int) -> Hours | None:
    word = words.folded[at]
    if word in said.PARTS:
        return said.PARTS[word]
    part = next((part for part in said.DAY_PARTS if word.endswith(part)), "")
    if part and word.removesuffix(part) in said.WEEKDAYS:  # Freitagabend
        return said.PARTS.get(part, said.PARTS["frueh"])
    greeting = at and words.folded[at - 1] in ("guten", "schoenen")
    return said.PARTS["frueh"] if at and is_morning(words, at) and not greeting else None


def _in_digits(text: str, match: re.Match[str]) -> Clock:
    group = match.groupdict()
    if group["h1"] or group["h7"]:
        begin = _hour(group["h1"] or group["h7"], group["n1"] or group["n7"])
        end = _hour(group["h2"] or group["h8"], group["n2"] or group["n8"])
        return Clock(match.start(), (begin, end if end > begin else end + 12), "at")
    hour = _single(group)
    before = re.findall(r"\w+", text[max(0, match.start() - _JUST_BEFORE) : match.start()])[-1:]
    before += re.findall(r"[^\W\d]+", match.group())[:1]
    near = frozenset(map(fold, before))
    if near & said.UNTIL:
        return Clock(match.start(), (0.0, hour), "until")
    if near & (said.FROM | said.AFTER):
        return Clock(match.start(), (hour, 24.0), "part")
    return Clock(match.start(), (hour, min(hour + VISIT, 26.0)), "at")


def _single(group: dict[str, str | None]) -> float:
    word, half = group["word"], group["half"]
    if word:
        hour = float(said.NUMBERS[fold(word)]) - (0.5 if group["late"] else 0)
    elif half:
        hour = _hour(group["h5"], group["n5"]) % 12 + (12 if half.lower() == "pm" else 0)
    else:
        hour = _hour(group["h3"] or group["h4"] or group["h6"], group["n3"] or group["n4"])
    return hour + 12 if (word or group["h6"]) and hour < 7 else hour


def _hour(hour: str | None, minute: str | None) -> float:
    return int(hour or 0) + int(minute or 0) / 60

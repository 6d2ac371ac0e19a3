"""Fields of other programs' items: what is missing or broken is unknown (None), never zero."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from data.errors import RecordError
from data.records import LONGEST_TEXT, clean, read_id, read_time

# one of digits alone is none, nor is what follows # in a web address
_HASHTAG = re.compile(r"(?<![\w&/=?#.])#(\w*[^\W\d_]\w*)")
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TWITTER = re.compile(r"\w{3} (\w{3}) (\d\d?) (\d\d):(\d\d):(\d\d) \+0000 (\d{4})")


def at(item: Any, *path: str | int) -> Any:
    """Follow keys (of objects) and places (of lists); None where the path ends early."""
    for step in path:
        if isinstance(item, Mapping):
            item = item.get(step)
        elif isinstance(item, list) and isinstance(step, int) and -len(item) <= step < len(item):
            item = item[step]
        else:
            return None
    return item


def objects(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def word(value: Any) -> str | None:
    """Return a text that is not empty, without control characters."""
    return (clean(value).strip() or None) if isinstance(value, str) else None


def words(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the texts that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(found for value in values if (found := word(value))))


def tags(values: Iterable[Any]) -> tuple[str, ...]:
    """Return hashtags in lower case, without #, each once."""
    return tuple(dict.fromkeys(each.lstrip("#").lower() for each in words(values)))


def hashtags_in(text: str) -> tuple[str, ...]:
    """Find the hashtags of a text whose network does not list them."""
    return tags(_HASHTAG.findall(text))


def whole_text(value: Any) -> str:
    """Return a post's text, "" where it has none. Raises RecordError `text_too_long`."""
    text = clean(value) if isinstance(value, str) else ""
    if len(text) > LONGEST_TEXT:
        raise RecordError("text_too_long", f"{len(text)} characters")
    return text


def count(value: Any) -> int | None:
    """Read a number that is not negative, also one written as text (of a table's cell)."""
    if isinstance(value, str):
        try:
            value = float(value) if "." in value else int(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value < 2**53 else None  # false of NaN too


def moment(value: Any) -> datetime | None:
    """Read a time that a post may lack."""
    try:
        return read_time(value)
    except RecordError:
        return None


def seconds(value: Any) -> float | None:
    """Read epoch seconds, also those written as text; None where they are no number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def reference(value: Any) -> str | None:
    """Return the id of another post; a broken one is unknown, and costs no post its place."""
    try:
        return read_id(value, "reference") if value else None
    except RecordError:
        return None


def language(value: Any) -> str | None:
    """Return the language of a tag such as `de-DE`; X's `und`, `zxx`, `qme` are none."""
    tag = (word(value) or "").replace("_", "-").split("-")[0].lower()
    known = tag.isalpha() and len(tag) in (2, 3) and not tag.startswith("q")
    return tag if known and tag not in ("und", "zxx", "art") else None


def twitter_time(value: Any) -> datetime:
    """Read a time such as `Mon Nov 16 08:03:11 +0000 2026`, whatever the locale."""
    parts = _TWITTER.fullmatch(value) if isinstance(value, str) else None
    if parts is None or parts[1] not in _ENGLISH:
        return read_time(value)
    day, hour, minute, second, year = (int(parts[place]) for place in range(2, 7))
    try:
        told = datetime(year, _ENGLISH.index(parts[1]) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise RecordError("time_unreadable", str(value)) from error
    return read_time(told.isoformat())


def first(values: Sequence[Any]) -> Any:
    """Return the first that is there; None where none is."""
    return next((value for value in values if value is not None and value != ""), None)

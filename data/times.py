"""How days, times of day and deadlines are called: data/reference/times.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.reference import FOLDER, read_reference, refuse

TIMES_FILE = FOLDER / "times.toml"
_NUMBERED = ("days", "weekdays", "weekly", "numbers", "months")


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words as the file has them: `days` "heute" -> 0, …, `parts` "abends" -> (17, 23)."""

    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekly: Mapping[str, int]
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    parts: Mapping[str, tuple[float, float]]
    words: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def read_times(path: Path = TIMES_FILE) -> TimeWords:
    """Return the words. Raises ModelError with file, line and fix."""
    tables = read_reference(path)
    for name in (*_NUMBERED, "parts", "words"):
        if not isinstance(tables.get(name), dict):
            raise refuse(path, f"[{name}]", "fehlt als Tabelle.", "is missing as a table.")
    numbered = {name: _numbered(path, tables[name]) for name in _NUMBERED}
    parts = {
        word: _hours(path, key) for key, words in tables["parts"].items() for word in words.split()
    }
    words = {name: tuple(words.split()) for name, words in tables["words"].items()}
    return TimeWords(**numbered, parts=parts, words=words)


def _numbered(path: Path, table: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, words in table.items():
        if not key.isdecimal() or not isinstance(words, str):
            raise refuse(
                path,
                key,
                'braucht die Form 0 = "wort wort".',
                'needs the form 0 = "word word".',
            )
        found.update(dict.fromkeys(words.split(), int(key)))
    return found


def _hours(path: Path, key: str) -> tuple[float, float]:
    begin, _, end = key.partition("-")
    if not (begin.isdecimal() and end.isdecimal()):
        raise refuse(path, key, 'braucht die Form 8-12 = "wort".', 'needs the form 8-12 = "word".')
    return float(begin), float(end)

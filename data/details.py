"""What decides besides the item (languages, subjects, …), and who seeks, offers or has enough.

Read from data/reference/details.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.reference import FOLDER, read_reference, refuse
from data.topics import texts

DETAILS_FILE = FOLDER / "details.toml"
KINDS = (
    "language",
    "subject",
    "level",
    "trade",
    "activity",
    "destination",
    "wearer",
    "medical",
    "instrument",
    "craft",
    "club",
)  # items.toml names them in `by`
PEOPLE = ("audience", "person")  # for whom an offer is; who is spoken of
CUES = ("sought", "offered", "hiring", "jobless", "settled", "left", "anywhere", "fetches")


@dataclass(frozen=True, slots=True)
class Detail:
    """One value of a kind: ("language", "dari"); the names are empty where none is shown."""

    kind: str
    key: str
    de: str
    en: str
    terms: tuple[str, ...]

    def name(self, lang: str) -> str:
        """Return the name in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de


@dataclass(frozen=True, slots=True)
class Details:
    """The values by (kind, key), and the words of each cue."""

    values: Mapping[tuple[str, str], Detail]
    cues: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def read_details(path: Path = DETAILS_FILE) -> Details:
    """Return details and cues. Raises ModelError with file, line and fix."""
    tables = read_reference(path)
    for name in (*KINDS, *PEOPLE, *CUES):
        if not isinstance(tables.get(name), dict):
            raise refuse(path, f"[{name}", "fehlt als Tabelle.", "is missing as a table.")
    values = {
        (kind, key): _detail(path, kind, key, table)
        for kind in (*KINDS, *PEOPLE)
        for key, table in tables[kind].items()
    }
    cues = {name: texts(path, f"[{name}]", tables[name].get("terms", [])) for name in CUES}
    return Details(values, cues)


def _detail(path: Path, kind: str, key: str, table: Any) -> Detail:
    where = f"[{kind}.{key}]"
    if not isinstance(table, dict):
        raise refuse(path, where, "braucht terms.", "needs terms.")
    words = texts(path, where, table.get("terms", []))
    return Detail(kind, key, str(table.get("de", "")), str(table.get("en", "")), words)

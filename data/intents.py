"""What posts want (offer, request, …) and how urgency is told: data/reference/intents.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.reference import FOLDER, read_reference, refuse
from data.topics import texts

INTENTS_FILE = FOLDER / "intents.toml"
FORMS = ("frage_als_angebot", "frage_als_gesuch", "frage_rhetorisch")
URGENCY = "eilt"


@dataclass(frozen=True, slots=True)
class Cues:
    """Terms by language, and what speaks against; de and en are names where people see them."""

    key: str
    de: str
    en: str
    terms: Mapping[str, tuple[str, ...]]
    against: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the name in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de


@dataclass(frozen=True, slots=True)
class IntentCues:
    """The intents, the three forms of a question that is none, and urgency."""

    intents: tuple[Cues, ...]
    forms: tuple[Cues, ...]
    urgency: Cues


def read_intents(path: Path = INTENTS_FILE) -> list[Cues]:
    """Return the intents in the file's order, for names on pages."""
    return list(read_cues(path).intents)


@lru_cache(maxsize=4)
def read_cues(path: Path = INTENTS_FILE) -> IntentCues:
    """Return everything in the file. Raises ModelError with file, line and fix."""
    tables = read_reference(path)
    for key in (*FORMS, URGENCY):
        if key not in tables:
            raise refuse(path, key, "fehlt als Tabelle.", "is missing as a table.")
    return IntentCues(
        intents=tuple(
            _cues(path, key, table, table.get("terms"))
            for key, table in tables.items()
            if key not in (*FORMS, URGENCY)
        ),
        forms=tuple(_cues(path, key, {}, tables[key]) for key in FORMS),
        urgency=_cues(path, URGENCY, tables[URGENCY], tables[URGENCY].get("terms")),
    )


def _cues(path: Path, key: str, table: Mapping[str, Any], terms: Any) -> Cues:
    if not isinstance(terms, dict):
        raise refuse(path, key, "braucht terms je Sprache.", "needs terms for each language.")
    return Cues(
        key=key,
        de=str(table.get("de", key)),
        en=str(table.get("en", key)),
        terms={lang: texts(path, key, words) for lang, words in terms.items()},
        against=texts(path, key, table.get("against", [])),
    )

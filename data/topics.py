"""The topics that posts are sorted into, with names and words: data/reference/topics.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.reference import FOLDER, read_reference, refuse

TOPICS_FILE = FOLDER / "topics.toml"
PROTECTED = "opferschutz"  # whose questions and helplines come first
UNSOUGHT = ("politik", "anfeindung")  # topics of which nothing is sought or offered
IGNORE = "ignore"  # the table of what a post is about where no topic holds


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its key as in the contract, its names, and its words.

    `terms` maps a language (ISO 639-1) to terms in the notation that topics.toml explains.
    `against` speaks against the topic in every language. `quoted` says whether words inside a
    quotation count.
    """

    key: str
    de: str
    en: str
    terms: Mapping[str, tuple[str, ...]]
    against: tuple[str, ...] = ()
    quoted: bool = True

    def name(self, lang: str) -> str:
        """Return the name in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de


@dataclass(frozen=True, slots=True)
class Ignored:
    """What makes a post none of the topics: advertising, and aid in another city."""

    advertising: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def read_topics(path: Path = TOPICS_FILE) -> list[Topic]:
    """Return the topics in the file's order. Raises ModelError with file, line and fix."""
    return list(_read(path)[0])


def read_ignored(path: Path = TOPICS_FILE) -> Ignored:
    """Return what makes a post none of the topics."""
    return _read(path)[1]


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[tuple[Topic, ...], Ignored]:
    tables = read_reference(path)
    ignored = tables.pop(IGNORE, {})
    topics = tuple(_topic(path, key, table) for key, table in tables.items())
    if not topics:
        raise refuse(path, "", "enthält kein Thema.", "holds no topic.")
    return topics, Ignored(
        advertising=texts(path, IGNORE, ignored.get("advertising", [])),
        elsewhere=texts(path, IGNORE, ignored.get("elsewhere", [])),
    )


def _topic(path: Path, key: str, table: Any) -> Topic:
    if not isinstance(table, dict) or not {"de", "en", "terms"} <= table.keys():
        raise refuse(
            path,
            key,
            'braucht de = "Name", en = "Name" und eine Tabelle terms.',
            'needs de = "name", en = "name" and a table terms.',
        )
    terms = table["terms"]
    if not isinstance(terms, dict):
        raise refuse(path, key, "braucht terms je Sprache.", "needs terms for each language.")
    return Topic(
        key=key,
        de=str(table["de"]),
        en=str(table["en"]),
        terms={lang: texts(path, key, words) for lang, words in terms.items()},
        against=texts(path, key, table.get("against", [])),
        quoted=table.get("quoted", True) is not False,
    )


def texts(path: Path, key: str, value: Any) -> tuple[str, ...]:
    """Return a list of texts as a tuple, or refuse it with the line of `key`."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise refuse(
            path,
            key,
            'braucht eine Liste von Wörtern: ["wort", "zwei wörter"].',
            'needs a list of words: ["word", "two words"].',
        )
    return tuple(value)

"""What is sought and offered, with names and words: data/reference/items.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.details import KINDS
from data.reference import FOLDER, read_reference, refuse
from data.topics import UNSOUGHT, read_topics, texts

ITEMS_FILE = FOLDER / "items.toml"
SIZES = ("clothes", "shoes", "inches", "nappies")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing, room or service. items.toml explains each field.

    `of` is the key of its collective name or ""; `near` and `also` are the items that help nearly
    as well, or less well; `by` the kinds of detail that decide besides. `work`: who seeks people
    offers it. `mutual`: a team seeks people, and people a team. `help`: hands and time rather than
    a thing. `implied`: the kind of detail that alone means it.
    """

    key: str
    topic: str
    de: str
    en: str
    terms: Mapping[str, tuple[str, ...]]
    near: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    of: str = ""
    size: str = ""
    by: tuple[str, ...] = ()
    timed: bool = False
    work: bool = False
    mutual: bool = False
    help: bool = False
    implied: str = ""
    needs_place: bool = True

    def name(self, lang: str) -> str:
        """Return the name in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de


WHOLE = Item("whole", "", "Anliegen", "Matter", {}, by=KINDS, timed=True)  # what a post is about


@lru_cache(maxsize=4)
def read_items(path: Path = ITEMS_FILE) -> Mapping[str, Item]:
    """Return the items by key, in the file's order. Raises ModelError with file, line and fix."""
    tables = read_reference(path)
    topics = {topic.key for topic in read_topics()}
    items = {key: _item(path, key, table) for key, table in tables.items()}
    if not items:
        raise refuse(path, "", "enthält keinen Gegenstand.", "holds no item.")
    for item in items.values():
        for other in (*item.near, *item.also, *filter(None, (item.of,))):
            if other not in items:
                raise refuse(
                    path,
                    other,
                    f"kommt bei {item.key} vor, ist aber kein Eintrag dieser Datei.",
                    f"is named by {item.key}, but is no entry of this file.",
                )
        if item.topic not in topics:
            raise refuse(path, item.topic, "ist kein Thema aus topics.toml.", "is no topic.")
    return items


@lru_cache(maxsize=1)
def topic_items() -> Mapping[str, Item]:
    """Return for each topic what stands for whatever of it the file does not name."""
    return {
        topic.key: Item(
            f"topic:{topic.key}", topic.key, topic.de, topic.en, {}, by=KINDS, timed=True
        )
        for topic in read_topics()
        if topic.key not in UNSOUGHT
    }


def _item(path: Path, key: str, table: Any) -> Item:
    where = f"[{key}]"
    if not isinstance(table, dict) or not {"topic", "de", "en", "terms"} <= table.keys():
        raise refuse(
            path,
            where,
            'braucht topic = "Thema", de = "Name", en = "Name" und terms je Sprache.',
            'needs topic = "topic", de = "name", en = "name" and terms for each language.',
        )
    unknown = table.keys() - Item.__dataclass_fields__.keys()
    terms, size = table["terms"], table.get("size", "")
    by = texts(path, where, table.get("by", []))
    if unknown or not isinstance(terms, dict) or size not in ("", *SIZES) or set(by) - set(KINDS):
        raise refuse(
            path,
            where,
            f"ist nicht lesbar; size ist eines von {', '.join(SIZES)}, by eine Auswahl von "
            f"{', '.join(KINDS)}, alles Weitere erklärt der Kopf der Datei.",
            f"cannot be read; size is one of {', '.join(SIZES)}, by some of {', '.join(KINDS)}, "
            "the head of the file explains the rest.",
        )
    return Item(
        key=key,
        topic=str(table["topic"]),
        de=str(table["de"]),
        en=str(table["en"]),
        terms={lang: texts(path, where, words) for lang, words in terms.items()},
        near=texts(path, where, table.get("near", [])),
        also=texts(path, where, table.get("also", [])),
        of=str(table.get("of", "")),
        size=str(size),
        by=by,
        timed=table.get("timed") is True,
        work=table.get("work") is True,
        mutual=table.get("mutual") is True,
        help=table.get("help") is True,
        implied=str(table.get("implied", "")),
        needs_place=table.get("needs_place") is not False,
    )

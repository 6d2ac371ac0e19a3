"""Texts that people copy into an answer of their own: data/reference/text_blocks.toml."""

import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.languages import LANGUAGES
from data.reference import FOLDER, read_reference, refuse
from data.topics import read_topics, texts

BLOCKS_FILE = FOLDER / "text_blocks.toml"
CONTACT = "contact"  # the one placeholder
_KNOWN = {"de", "en", "topics", "private", "text"}


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One text in several languages, German and English among them.

    `topics` is empty where it fits every question. `private`: not to be posted in public.
    """

    key: str
    de: str
    en: str
    text: Mapping[str, str]
    topics: tuple[str, ...] = ()
    private: bool = False

    def name(self, lang: str) -> str:
        """Return the name in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de

    def filled(self, lang: str, contact: str) -> str:
        """Return the text in a language, with who can be turned to in its place."""
        return self.text[lang].format(**{CONTACT: contact})


@lru_cache(maxsize=4)
def read_text_blocks(path: Path = BLOCKS_FILE) -> tuple[TextBlock, ...]:
    """Return the texts in the file's order. Raises ModelError with file, line and fix."""
    return tuple(_block(path, key, table) for key, table in read_reference(path).items())


def fitting_blocks(blocks: Sequence[TextBlock], topics: Collection[str]) -> list[TextBlock]:
    """Keep the texts for these topics, and after them those that fit every question."""
    found = [each for each in blocks if not each.topics or not set(each.topics).isdisjoint(topics)]
    return sorted(found, key=lambda each: not each.topics)


def _block(path: Path, key: str, table: Any) -> TextBlock:
    where = f"[{key}"
    said = table.get("text") if isinstance(table, dict) else None
    if not isinstance(said, dict) or not {"de", "en"} <= table.keys() & said.keys():
        raise refuse(
            path,
            where,
            'braucht de = "Name", en = "Name" und text.de, text.en und weitere Sprachen.',
            'needs de = "name", en = "name" and text.de, text.en and other languages.',
        )
    if table.keys() - _KNOWN:
        raise refuse(
            path,
            min(table.keys() - _KNOWN),
            f"ist kein Feld; es gibt {', '.join(sorted(_KNOWN))}.",
            f"is no field; there are {', '.join(sorted(_KNOWN))}.",
        )
    topics = texts(path, where, table.get("topics", []))
    for each in topics:
        if each not in {topic.key for topic in read_topics()}:
            raise refuse(path, each, "ist kein Thema aus topics.toml.", "is no topic.")
    for lang, text in said.items():
        _check_text(path, where, lang, text)
    return TextBlock(
        key=key,
        de=str(table["de"]),
        en=str(table["en"]),
        text=dict(said),
        topics=topics,
        private=table.get("private") is True,
    )


def _check_text(path: Path, where: str, lang: str, text: Any) -> None:
    if lang not in LANGUAGES:
        raise refuse(
            path,
            where,
            f"hat einen Text in „{lang}“; möglich sind {', '.join(LANGUAGES)}.",
            f"has a text in “{lang}”; possible are {', '.join(LANGUAGES)}.",
        )
    try:
        named = {tuple(each[1:]) for each in string.Formatter().parse(text) if each[1] is not None}
        if not text.strip() or named - {(CONTACT, "", None)}:
            raise ValueError(text)
    except (ValueError, TypeError) as error:
        raise refuse(
            path,
            where,
            f"hat in „{lang}“ einen leeren Text oder einen falschen Platzhalter; es gibt nur "
            f"{{{CONTACT}}}.",
            f"has an empty text or a wrong placeholder in “{lang}”; there is only {{{CONTACT}}}.",
        ) from error

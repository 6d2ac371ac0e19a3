"""Offices and hotlines that a question can be passed on to: data/reference/contacts.toml."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.places import read_places
from data.reference import FOLDER, read_reference, refuse
from data.topics import PROTECTED, read_topics, texts

CONTACTS_FILE = FOLDER / "contacts.toml"
OUTDATED = timedelta(days=365)
_PHONE = re.compile(r"\+?\d[\d ]{1,24}\d")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WEB = re.compile(r"https://[^\s/]+\.[^\s]+")
_LANG = re.compile(r"[a-z]{2}")
_NEEDED = {"de", "en", "for_de", "for_en", "since", "source"}
_LISTS = ("phone", "languages", "topics", "places")
_LINES = ("mail", "web", "hours_de", "hours_en")
_YES_OR_NO = ("urgent", "check")


@dataclass(frozen=True, slots=True)
class Contact:
    """One office or hotline; contacts.toml explains each field.

    `phone` is empty where no number is known. `urgent`: only for questions that are urgent.
    `since` is the day on which the entry was last looked up, `check`: a team must look it up first.
    """

    key: str
    de: str
    en: str
    for_de: str
    for_en: str
    since: date
    source: str
    phone: tuple[str, ...] = ()
    mail: str = ""
    web: str = ""
    hours_de: str = ""
    hours_en: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    urgent: bool = False
    check: bool = False

    def to_look_up(self, today: date) -> bool:
        """Say whether it must be looked up before use: never done, or more than a year ago."""
        return self.check or today - self.since > OUTDATED

    def name(self, lang: str) -> str:
        """Return the name in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de

    def purpose(self, lang: str) -> str:
        """Say in a sentence what it is for."""
        return self.for_en if lang == "en" else self.for_de

    def hours(self, lang: str) -> str:
        """Say when it answers; empty: unknown."""
        return self.hours_en if lang == "en" else self.hours_de


@lru_cache(maxsize=4)
def read_contacts(path: Path = CONTACTS_FILE) -> tuple[Contact, ...]:
    """Return the contacts in the file's order. Raises ModelError with file, line and fix."""
    return tuple(_contact(path, key, table) for key, table in read_reference(path).items())


def fitting(
    contacts: Sequence[Contact], topics: Collection[str], places: Collection[str], *, urgent: bool
) -> list[Contact]:
    """List the contacts that a question of these topics and places can be passed on to.

    First those that protect victims, where that is a topic, then those for the other topics, then
    those for everything (of no topic); each in the file's order, but where nothing is urgent those
    of a named place before those of the whole city. A contact for other places is left out.
    """
    bezirke = {place.name: place.bezirk for place in read_places()}
    here = {*places, *(bezirke.get(each, "") for each in places)}
    found = [
        each
        for each in contacts
        if (not each.topics or not set(each.topics).isdisjoint(topics))
        and (not each.places or not here.isdisjoint(each.places))
        and (urgent or not each.urgent)
    ]
    return sorted(
        found,
        key=lambda each: (
            not each.topics,
            not (PROTECTED in topics and PROTECTED in each.topics),
            not each.places and not urgent,
        ),
    )


def _contact(path: Path, key: str, table: Any) -> Contact:
    where = f"[{key}]"
    if not isinstance(table, dict) or not table.keys() >= _NEEDED:
        missing = ", ".join(sorted(_NEEDED - (table.keys() if isinstance(table, dict) else set())))
        raise refuse(path, where, f"fehlt: {missing}.", f"lacks: {missing}.")
    unknown = table.keys() - Contact.__dataclass_fields__.keys()
    if unknown:
        raise refuse(
            path,
            min(unknown),
            "ist kein Feld; welche es gibt, sagt der Kopf der Datei.",
            "is no field; the head of the file says which there are.",
        )
    if type(table["since"]) is not date:
        raise refuse(
            path,
            where,
            "braucht since als Tag ohne Anführungszeichen: since = 2026-11-28.",
            "needs since as a day without quotes: since = 2026-11-28.",
        )
    lines = {name: table[name] for name in ("de", "en", "for_de", "for_en", "source")}
    lines |= {name: table.get(name, "") for name in _LINES}
    for name, value in lines.items():
        if not isinstance(value, str) or (name in _NEEDED and not value.strip()):
            raise refuse(
                path,
                where,
                f'braucht {name} als Text in Anführungszeichen: {name} = "…".',
                f'needs {name} as a text in quotes: {name} = "…".',
            )
    for name in _YES_OR_NO:
        if not isinstance(table.get(name, False), bool):
            raise refuse(
                path, where, f"braucht {name} = true oder false.", f"needs {name} = true or false."
            )
    lists = {name: texts(path, where, table.get(name, [])) for name in _LISTS}
    _check_values(path, lists, lines)
    flags = {name: table.get(name, False) for name in _YES_OR_NO}
    read: dict[str, Any] = {**lines, **lists, **flags}
    return Contact(key=key, since=table["since"], **read)


def _check_values(
    path: Path, lists: Mapping[str, tuple[str, ...]], lines: Mapping[str, str]
) -> None:
    """Refuse numbers, addresses, topics and places that cannot be."""
    topics = {topic.key for topic in read_topics()}
    places = {place.name for place in read_places()}
    for each in lists["phone"]:
        if not _PHONE.fullmatch(each):
            raise refuse(
                path,
                each,
                'ist keine Nummer: nur Ziffern und Leerzeichen, vorn auch „+“ ("0800 111 0 111").',
                'is no number: digits and spaces only, in front also "+" ("0800 111 0 111").',
            )
    for each in lists["languages"]:
        if not _LANG.fullmatch(each):
            raise refuse(
                path,
                each,
                'ist keine Sprache aus zwei Buchstaben ("de", "uk").',
                'is no language of two letters ("de", "uk").',
            )
    for each in lists["topics"]:
        if each not in topics:
            raise refuse(path, each, "ist kein Thema aus topics.toml.", "is no topic.")
    for each in lists["places"]:
        if each not in places:
            raise refuse(
                path,
                each,
                "ist kein Ort aus data/hamburg_places.csv.",
                "is no place of data/hamburg_places.csv.",
            )
    if lines["mail"] and not _MAIL.fullmatch(lines["mail"]):
        raise refuse(path, lines["mail"], "ist keine Mailadresse.", "is no mail address.")
    if lines["web"] and not _WEB.fullmatch(lines["web"]):
        raise refuse(
            path,
            lines["web"],
            'ist keine Adresse im Netz ("https://…").',
            'is no address on the web ("https://…").',
        )

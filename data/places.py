"""The Bezirke and Stadtteile of Hamburg, and how their names are written and mistaken."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import ModelError
from data.reference import FOLDER, read_reference, refuse
from data.topics import texts

PLACES_FILE = FOLDER.parent / "hamburg_places.csv"
NAMES_FILE = FOLDER / "places.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """A Bezirk or Stadtteil; `lat` and `lon` are its approximate centre.

    A name that is both (Altona, Harburg, …) is one place of the kind "bezirk".
    """

    name: str
    bezirk: str
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """When an ambiguous name is no place; places.toml explains each."""

    needs: bool = False
    capital: bool = False
    before: tuple[str, ...] = ()
    also_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Other spellings, and doubts. `aliases` and `scripts` map a spelling to a name or to ""."""

    aliases: Mapping[str, str]
    scripts: Mapping[str, str]
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    city: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def read_places(path: Path = PLACES_FILE) -> tuple[Place, ...]:
    """Return the places in the file's order, Bezirke first. Raises ModelError."""
    places: dict[str, Place] = {}
    for place in _rows(path):
        places.setdefault(place.name, place)
    return tuple(places.values())


@lru_cache(maxsize=4)
def read_stadtteile(path: Path = PLACES_FILE) -> tuple[Place, ...]:
    """Return all 104 Stadtteile, those with the name of their Bezirk too. Raises ModelError."""
    return tuple(place for place in _rows(path) if place.kind == "stadtteil")


def _rows(path: Path) -> list[Place]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [
                Place(row["name"], row["bezirk"], row["kind"], float(row["lat"]), float(row["lon"]))
                for row in csv.DictReader(lines)
            ]
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            de=f"{path} ist nicht lesbar ({error}). Die Datei aus der Auslieferung zurückholen.",
            en=f"{path} cannot be read ({error}). Restore the file as it was delivered.",
        ) from error


@lru_cache(maxsize=4)
def read_place_names(path: Path = NAMES_FILE) -> PlaceNames:
    """Return the spellings and doubts. Raises ModelError with file, line and fix."""
    tables = read_reference(path)
    known = {place.name for place in read_places()}
    for name in (*tables.get("aliases", {}).values(), *tables.get("scripts", {})):
        if name and name not in known:
            raise refuse(
                path,
                name,
                "ist kein Ort aus data/hamburg_places.csv. Den Namen berichtigen.",
                "is no place of data/hamburg_places.csv. Correct the name.",
            )
    return PlaceNames(
        aliases=tables.get("aliases", {}),
        scripts={
            spelling: name for name, all_ in tables.get("scripts", {}).items() for spelling in all_
        },
        doubts={
            name: _doubt(path, name, table) for name, table in tables.get("ambiguous", {}).items()
        },
        people=tuple(tables.get("people", {}).get("before", ())),
        cues=tuple(tables.get("cues", {}).get("before", ())),
        city=tuple(tables.get("city", {}).get("parts", ())),
    )


def _doubt(path: Path, name: str, table: Mapping[str, Any]) -> Doubt:
    unknown = table.keys() - Doubt.__dataclass_fields__.keys()
    if unknown:
        raise refuse(
            path,
            f'ambiguous."{name}"',
            f"hat einen unbekannten Schlüssel ({min(unknown)}); möglich sind needs, capital, "
            "before, also_before, after, follows, unless.",
            f"has an unknown key ({min(unknown)}); possible are needs, capital, before, "
            "also_before, after, follows, unless.",
        )
    return Doubt(
        needs=table.get("needs") is True,
        capital=table.get("capital") is True,
        before=texts(path, name, table.get("before", [])),
        also_before=texts(path, name, table.get("also_before", [])),
        after=texts(path, name, table.get("after", [])),
        follows=texts(path, name, table.get("follows", [])),
        unless=texts(path, name, table.get("unless", [])),
    )

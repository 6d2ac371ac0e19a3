"""How many of how many, as people read it: counted when few, in per cent when many."""

from collections.abc import Mapping
from typing import Any

from data.formats import number, percent

Reason = Mapping[str, Any]
FEWEST_FOR_PERCENT = 20  # cases; below, they are counted


def accounts_of(reason: Reason, lang: str) -> str:
    """Write how many of how many accounts."""
    return part_of(reason, lang, "Konten", "Konten", "accounts")


def part_of(reason: Reason, lang: str, de: str, de_dative: str, en: str) -> str:
    """Write "13 von 14 Konten" or, from FEWEST_FOR_PERCENT cases on, "93 % der 151 Konten"."""
    cases = int(reason["of"])
    count, of = round(reason["value"] * cases), number(cases, lang)
    if count == cases:
        return f"Alle {of} {de}" if lang == "de" else f"All {of} {en}"
    if count == 0:
        return f"Keines der {of} {de}" if lang == "de" else f"None of the {of} {en}"
    if cases < FEWEST_FOR_PERCENT:
        some = number(count, lang)
        return f"{some} von {of} {de_dative}" if lang == "de" else f"{some} of {of} {en}"
    share = percent(reason["value"], lang)
    return f"{share} der {of} {de}" if lang == "de" else f"{share} of the {of} {en}"


def inside(part: str) -> str:
    """Begin a part small, as inside a sentence."""
    return part[:1].lower() + part[1:]


def usual(reason: Reason, lang: str) -> str:
    """Say the same figure of everybody else, where it is known."""
    expected = reason.get("expected")
    if expected is None:
        return ""
    if lang == "de":
        return f" Sonst sind es hier {percent(expected, 'de')}."
    return f" Elsewhere here it is {percent(expected, 'en')}."

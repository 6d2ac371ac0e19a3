"""Numbers in a text: how many, for how many people, for how much money."""

import re

from nlp.time_words import NUMBERS
from nlp.words import Words, fold

MOST_PEOPLE = 500  # more is no household
_NEAR = 3  # words between a number and what it counts
_UNITS = frozenset(  # what a number before the item counts instead
    """uhr euro eur € cm km m qm kg jahre jahr jahren monate monat wochen woche tage tag stunden std
    stunde minuten min jaehrige jaehriger jaehrigen jaehriges zoll klasse stock etage og mal лет ans
    года год грн ساله سال سنوات years year months euros hours pm am prozent grad personen person
    leute kinder kindern kind""".split()  # noqa: SIM905
)
_PRICE = re.compile(
    r"(?<![\d.])(?P<a>\d{3,4})\s?(?:€|euro\b|eur\b|євро|евро|يورو|یورو|avro)"
    r"|(?:warm|kalt|miete|wm|bis|max\.?|maximal)\s?:?\s?(?P<b>[3-9]\d\d|1\d{3})\b"
    r"(?!\s?(?:uhr|m\b|qm|km))"
    r"|\b(?P<c>[2-9]\d\d|1\d{3})\s(?:warm|kalt|inkl)",
    re.IGNORECASE,
)
_SOLD = re.compile(
    r"\b(?:VB|VHB|Festpreis|Verhandlungsbasis|verkaufe\w*|zu verkaufen|for sale|selling|продам|"
    r"satılık|للبيع)\b|\bfür\s\d+\s?(?:€|euro)",
    re.IGNORECASE,
)
_PARENT = r"mutter|frau|vater|mama|mother|woman|мама|мати|witwe"
_PEOPLE = re.compile(
    r"(?:für|for|на|لـ?|برای)\s(?P<counted>\w+)\s(?:personen|leute|menschen|people|erwachsene|"
    r"jungs|frauen|männer|mädchen|человек\w*|осіб|людей|أشخاص|اشخاص|نفر)"
    r"|(?P<headed>\w+?)[- ]?köpfig|\bzu\s(?P<together>zweit|dritt|viert|fünft|sechst|siebt|elft)"
    rf"|(?:(?P<parent>{_PARENT})|familie|paar|family|сім'я|семья|eltern|ehepaar)\s(?:aus\s\w+\s)?"
    r"(?:mit|with|з|с|із)\s(?P<children>\w+)\s(?:\w+\s)?(?:kinder\w*|kids|children|дітьми|детьми|"
    r"söhnen|töchtern|jungs)"
    rf"|(?:{_PARENT})\s(?:\w+\s){{0,2}}(?:mit|und|with|and|з|с)\s(?:\w+\s){{0,2}}(?P<one>baby|"
    r"säugling|kind|sohn|tochter|kleinkind|child|toddler|son|daughter|немовлям|малышом|ребенком|"
    r"дитиною)\b"
    r"|(?P<said>\w+)\s(?:personen|erwachsene|people)\b|wir\ssind\s(?P<we>\w+)\b"
    r"|\b(?P<pair>paar|ehepaar|couple|пара)\b|platz\s(?:ist\s)?(?:noch\s)?für\s(?P<place>\w+)"
    r"|(?P<beds>\w+)\s(?:schlafplätze|betten|beds|места|місця|places)\b",
    re.IGNORECASE,
)
_TOGETHER = {"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "elft": 11}


def number(word: str) -> int | None:
    """Read a number in digits or as a word of any language of the corpus."""
    folded = fold(word)
    if folded.isdecimal():
        return int(folded) if len(folded) < 5 else None
    return NUMBERS.get(folded)


def count_before(words: Words, first: int) -> int | None:
    """Read how many: a number at most three words before the item."""
    for at in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        found = number(words.folded[at])
        if found is not None and 0 < found < 1000:
            unit = at + 1 < first and words.folded[at + 1] in _UNITS
            return None if unit else found
    return None


def people(text: str) -> int | None:
    """Read for how many people a place is sought or offered."""
    found = (_people(match) for match in _PEOPLE.finditer(text))
    return max((count for count in found if count and count < MOST_PEOPLE), default=None)


def _people(match: re.Match[str]) -> int | None:
    if match["pair"] or match["one"]:
        return 2
    if match["together"]:
        return _TOGETHER[match["together"].lower()]
    if match["children"]:
        count = number(match["children"])
        return None if count is None else count + (1 if match["parent"] else 2)
    said = (match[name] for name in ("counted", "headed", "said", "we", "place", "beds"))
    return number(next(word for word in said if word))


def price(text: str) -> int | None:
    """Read a monthly rent or its upper bound in euros; of several the lowest."""
    found = [int(match["a"] or match["b"] or match["c"]) for match in _PRICE.finditer(text)]
    return min(found, default=None)


def is_sold(text: str) -> bool:
    """Say whether a thing costs money."""
    return _SOLD.search(text) is not None

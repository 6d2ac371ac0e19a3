"""Sizes of clothes, shoes, bicycles and nappies in a text, by figures, letters or a child's age."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.amounts import number

Range = tuple[float, float]
Span = tuple[int, int]
PLAUSIBLE: Mapping[str, Range] = {
    "clothes": (32, 188),
    "shoes": (16, 49),
    "inches": (10, 29),
    "nappies": (0, 8),
}
LETTERS = ("xs", "s", "m", "l", "xl", "xxl", "xxxl")
IN_NUMBERS: Mapping[str, Range] = {  # women's to men's sizes of the same letter
    "xs": (32, 44), "s": (34, 46), "m": (38, 50), "l": (42, 54), "xl": (46, 58), "xxl": (50, 62),
    "xxxl": (54, 66),
}  # fmt: skip
CHILD = 16  # years; an age below tells a size
NEWBORN_SIZES = (44.0, 62.0)
_ONE = r"\d{1,3}|[x]{0,3}[sml]"
_SIZED = re.compile(
    r"(?:\b(?:größen?|grössen?|groesse|schuhgröße|gr\.?|size|sizes|размер\w*|розмір\w*|зріст|рост|"
    r"beden|numara|taille|pointure|talla)|مقاس|سایز|قياس)\s?:?\s?"
    rf"(?P<low>{_ONE})\b"
    rf"(?:\s?(?:-|–|/|\+|bis|und|oder|to|до|or|,)\s?(?P<high>{_ONE})\b(?!\s?(?:€|euro|uhr)))?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"[\s:(,]*(?:in\s|für\s)?(?P<low>\d{2,3})(?:\s?(?:-|–|/|bis|und|to)\s?(?P<high>\d{2,3}))?\b"
    r"(?!\s?(?:€|euro|uhr|cm|kg|jahr|jähr|mal|stück|[.:x]\d|monat|l\b|%))",
    re.IGNORECASE,
)
_ALONE = re.compile(  # between two commas, or behind for whom it is: "Stiefel, blau, 38"
    r"(?:[,;(/]\s?|\b(?:damen|herren|kinder|mädchen|jungen|women|men)\s)"
    r"(?P<low>\d{2,3})(?:\s?(?:-|–|/|bis|und)\s?(?P<high>\d{2,3}))?(?=\s?(?:[,;).!?]|$))(?!\.\d)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"(?<![\w'’.])(?P<low>XS|S|M|X{0,3}L)(?:\s?[-–/]\s?(?P<high>M|X{0,3}L))?(?!\w)"
)
_INCH = re.compile(
    r"\b(?P<low>\d{2})(?:er)?\s?[- ]?(?:zoll|inch|\"|″|дюйм\w*|er\s(?:rad|fahrrad|reifen))|"
    r"(?P<persian>\d{2}) اینچ",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?P<low>\d{1,2})(?:\s?(?:-|–|/|und|bis)\s?(?P<high>\d{1,2}))?[\s-]?(?:jährig\w*|jahre?\b|"
    r"years?\b|year-old|лет\b|года?\b|рок\w*|років|ساله|سنوات|سنة|سنين|yaş\w*|ans\b|años?\b|j\.)",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"(?P<low>\w+)[\s-]?(?:monate?n?\b|months?\b|месяц\w*|місяц\w*|ماهه|اشهر|aylık|mois\b)", re.I
)
_NEWBORN = re.compile(
    r"neugeboren|newborn|новонарод|новорожд|نوزاد|مولود|yenidoğan|nouveau-né|zu früh", re.I
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes as ranges of numbers and as letters; `guessed`: from an age."""

    ranges: tuple[Range, ...] = ()
    letters: frozenset[str] = frozenset()
    guessed: bool = False

    def __bool__(self) -> bool:
        return bool(self.ranges or self.letters)

    @property
    def in_numbers(self) -> tuple[Range, ...]:
        """The ranges, those of letters among them."""
        return (*self.ranges, *(IN_NUMBERS[letter] for letter in sorted(self.letters)))


def sizes(kind: str, text: str, here: Span, spans: Sequence[Span]) -> Sizes:
    """Read the sizes of the item at `here`; `spans` are where all sized items stand.

    A size belongs to the nearest item before it, else to the nearest behind it. Without any, a
    child's age gives a range.
    """
    pattern = _INCH if kind == "inches" else _SIZED
    mine = [each for each in pattern.finditer(text) if _owner(each.start(), spans) == here]
    if kind in ("clothes", "shoes") and not mine and (bare := _BARE.match(text, here[1])):
        mine.append(bare)
    if kind in ("clothes", "shoes") and not mine and len(spans) == 1:
        mine = list(_ALONE.finditer(text))
    if kind == "clothes" and not mine:
        mine = [each for each in _LETTERS.finditer(text) if _owner(each.start(), spans) == here]
    ranges: list[Range] = []
    letters: set[str] = set()
    for match in mine:
        low = (match["low"] or match["persian"]).lower()
        high = (match.groupdict().get("high") or low).lower()
        if low in LETTERS:
            last = LETTERS.index(high if high in LETTERS else low)
            letters.update(LETTERS[LETTERS.index(low) : last + 1])
        elif low.isdecimal() and high.isdecimal():
            one, other = sorted((float(low), float(high)))
            if PLAUSIBLE[kind][0] <= one <= other <= PLAUSIBLE[kind][1]:
                ranges.append((one, other))
    if ranges or letters:
        return Sizes(tuple(ranges), frozenset(letters))
    return _by_age(kind, text)


def _owner(at: int, spans: Sequence[Span]) -> Span | None:
    before = [span for span in spans if span[1] <= at]
    return max(before) if before else min(spans, default=None)


def _by_age(kind: str, text: str) -> Sizes:
    if kind == "nappies":
        return Sizes()
    ranges: list[Range] = []
    for match in _AGE.finditer(text):
        low, high = int(match["low"]), int(match["high"] or match["low"])
        if high < CHILD:
            ranges.append((_for_age(kind, low)[0], _for_age(kind, max(low, high))[1]))
    if kind == "clothes":
        for match in _MONTHS.finditer(text):
            months = number(match["low"])
            if months is not None and months < 36:
                ranges.append((50 + 1.6 * months, 62 + 1.8 * months))
        if _NEWBORN.search(text):
            ranges.append(NEWBORN_SIZES)
    return Sizes(tuple(ranges), guessed=True)


def _for_age(kind: str, age: int) -> Range:
    """Give the usual sizes at an age: 6 years are 112 to 124, shoes 29 to 34, 16 to 22 inches."""
    if kind == "clothes":
        return 76 + 6 * age, 88 + 6 * age
    if kind == "shoes":
        return 18 + 1.8 * age, 23 + 1.9 * age
    return 8 + 1.4 * age, 12.5 + 1.5 * age

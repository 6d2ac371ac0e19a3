"""What a post names without being about it: the load of a van, the flat that a bed is for."""

import re
from collections.abc import Iterator, Sequence

from nlp.items import Mention
from nlp.sides import NEED, Cues
from nlp.words import Words

Sided = tuple[Mention, str, float]
_THINGS, _HOUSING = "sachspenden", frozenset(("zimmer", "wohnung"))
_CARRIERS = frozenset(("transporter", "lastenrad"))
_CARRIED = re.compile(
    r"\b(?:transport|schlepp|hochtrag|runtertrag|(?:ab)?hol(?:en|t)\b|fahren\b|bringen\b|bewegen\b|"
    r"tragen\b|umzug|umziehen|zieh(?:t|en|e)\b|carry|move|moving|bring\b|collect|pick\sup|перев[еі]з|"
    r"taşı)|\b(?:von|from|aus)\s[^.!?\n]{2,40}\s(?:nach|to|zu[mr]?|in)\s",
    re.IGNORECASE,
)
_RENTED = re.compile(
    r"miet|\bwarm\b|\bkalt\b|\bqm\b|m²|wohnungssuche|einzieh|\brent|аренд|оренд|kira|\bloyer|alquil",
    re.IGNORECASE,
)
_SOUGHT_NEAR = 14  # characters between "sucht" and the flat that is meant


def left_out(text: str, words: Words, cues: Cues, sided: Sequence[Sided]) -> Iterator[Mention]:
    """Yield what is a circumstance of another item of the same side."""
    carried = {side for each, side, _ in sided if each.item.key in _CARRIERS}
    if not _CARRIED.search(text):
        carried.clear()
    furnished = any(
        side == NEED and each.item.topic == _THINGS and not each.aside for each, side, _ in sided
    )
    for each, side, _ in sided:
        if each.item.topic == _THINGS and side in carried:
            yield each
        at = words.starts[each.first]
        if (
            furnished
            and side == NEED
            and each.item.key in _HOUSING
            and not _RENTED.search(text)
            and not _is_sought(at, cues)
        ):
            yield each


def _is_sought(at: int, cues: Cues) -> bool:
    return any(
        cue in ("gesuch", "sought") and 0 <= at - where <= _SOUGHT_NEAR
        for where, cue, _ in cues.found
    )

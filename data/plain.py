"""Words of strangers, so that nothing in them changes what stands around them where they are shown.

`plain` belongs around whatever a network or a person says; `isolated` around what is put into the
middle of a sentence. HTML needs no care here: the pages and the digest escape it themselves.
"""

import re

from data.records import clean

# Signs that turn the direction of what follows, beyond their own text.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks above and below letters, of Latin, Hebrew, Arabic and Thai. No language stacks more than
# three on one letter; dozens would cover the lines above and below.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_TOWERS = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
# Letters written from right to left, and the invisible marks that stand for one.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BEGIN, _END = "\u2068", "\u2069"  # of a part that has a direction of its own


def plain(text: str) -> str:
    """Give text without control characters, without turns, and with three marks a letter at most.

    Line breaks and tabs stay, and so does every letter of every script.
    """
    if text.isascii():
        return clean(text)
    return _TOWERS.sub(r"\1", _TURNS.sub("", clean(text)))


def isolated(text: str) -> str:
    """Give text whose direction, where it runs from right to left, ends with it."""
    return f"{_BEGIN}{text}{_END}" if _RIGHT_TO_LEFT.search(text) else text

"""The words of a text, folded so that spelling does not matter, with where they stand in it."""

import re
import unicodedata
from dataclasses import dataclass

from nlp.kept import Kept

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"  # accents and vowel signs written apart
LETTERS = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_KINDS = {  # of tokens
    "word": rf"{LETTERS}|[§€?]",
    "space": r"\s+",
    "hashtag": r"\#\w+",
    "mention": r"@\w[\w.]*(?:@[\w-]+(?:\.[\w-]+)+)?",
    "other": ".",
}
_NAMED = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
TOKEN = re.compile(f"(?:{_NAMED}) ?", re.DOTALL)  # a token, and the one blank that may follow it
PIECE = re.compile(f"(?:{'|'.join(_KINDS.values())}) ?", re.DOTALL)  # the same without its kind
LINK = re.compile(r"https?://\S+|www\.\S+")
LONGEST_WORD = 64  # characters; what is longer is no word and is not looked up
KEPT = 200_000  # folded forms kept; then the memory starts anew

_ONE_TO_ONE = (
    ("áàâãåéèêëíìîïóòôõúùûñçşğıøčćžšł", "aaaaaeeeeiiiioooouuuncsgiocczsl"),
    ("أإآٱىةؤئیکۀہەھ", "ااااي" + "هوييكهههه"),
)
_FOLDED = str.maketrans(
    {
        **dict(zip("äöü", ("ae", "oe", "ue"), strict=True)),
        **{one: other for pair in _ONE_TO_ONE for one, other in zip(*pair, strict=True)},
        "ё": "е",
        "œ": "oe",
        "æ": "ae",
        "ـ": "",
        "\u0307": "",
        **{chr(mark): "" for mark in (*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670)},
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
    }
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in the order of the text: as written, folded, and their places in the text.

    `hashtag` says whether a word stood behind #. Words of links are left out.
    """

    raw: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    hashtag: list[bool]


def fold(word: str) -> str:
    """Fold case, umlauts (ä = ae), ß, accents, and letters that Arabic and Persian write apart.

    A word of nothing but the Arabic line ـ, which is left out of words, stays as it is.
    """
    return _known[word]


def split(text: str) -> list[str]:
    """Return the folded words of a term or a short text."""
    return [fold(match) for match in re.findall(rf"{LETTERS}|[§€?]", text)]


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().translate(_FOLDED) or word


_known = Kept(_fold, KEPT)

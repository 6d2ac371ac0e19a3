"""Which pieces of the original are kept: those that the label languages can need."""

import unicodedata
from collections.abc import Sequence

from nlp.pieces import SPECIAL

_SCRIPTS = ("LATIN", "MODIFIER", "CYRILLIC", "ARABIC", "ETHIOPIC")
_LATIN = frozenset(  # letters of de en tr fr es so sq ku beside a to z
    "äöüßçğıİşâîûàæèéêëïôùÿœáíñóúêŝ"
)


def kept(pieces: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces that stay, in order.

    Every single sign of the four scripts stays, so that foreign names are still spelt; longer
    pieces stay if all their letters are of the label languages. What is no letter stays.
    """
    return [
        number
        for number, piece in enumerate(pieces)
        if number < SPECIAL or (_fits_spelt(piece) if len(piece.lstrip("▁")) < 2 else _fits(piece))
    ]


def _fits_spelt(piece: str) -> bool:
    return all(not sign.isalpha() or _script(sign) in _SCRIPTS for sign in piece)


def _fits(piece: str) -> bool:
    return all(
        not sign.isalpha()
        or sign.isascii()
        or sign in _LATIN
        or sign.lower() in _LATIN
        or _script(sign) in _SCRIPTS[1:]
        for sign in piece
    )


def _script(sign: str) -> str:
    return unicodedata.name(sign, "?").split()[0]

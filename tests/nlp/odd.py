"""Texts of every kind, and one text through a tagger."""

from nlp.pipeline import Tagger
from nlp.tagged import Tagged

ODD = [
    "",
    " ",
    " \n",
    "\n\n",
    "?",
    "🎒🍼🙏",
    "𓀀𓀁 𐎠𐎡",
    "漢字だけの文",
    "#HHhilft",
    "@jemand@norden.social https://example.org",
    "\u200fمرحبا\u200e \u202bنحتاج\u202c",
    "a\u0000b\u0007c",
    "e\u0301te\u0301 u\u0308ber",
    "\ud83d",
    "x" * 5_000,
    "١٢٣ ۴۵۶",
    "\u0640 #\u0640\u0640 @\u0640",
]


def only(tagger: Tagger, text: str) -> Tagged:
    (tagged,) = tagger.tag([text])
    return tagged

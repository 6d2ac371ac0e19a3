"""Recognises a German name written by ear in Cyrillic or Arabic script, by its consonants alone.

Each consonant becomes the class of sounds that the scripts confuse (b = p, d = t, f = v = w,
g = h, s = sch = z), vowels and the silent h vanish, doubled classes count once: Wilhelmsburg,
Вильгельмсбург and فيلهلمسبورغ all give FLGLMSBRG. Short names would be met by chance and are left
out; data/reference/places.toml has them.
"""

import re

SHORTEST = 6  # classes
_SPELLINGS = (("sch", "S"), ("ch", "G"), ("ck", "K"), ("ph", "F"), ("th", "T"), ("qu", "K"))
_SILENT_H = re.compile("(?<=[aeiou])h(?![aeiou])")
_LATIN = {"b": "B", "c": "K", "d": "T", "f": "F", "g": "G", "h": "G", "k": "K", "l": "L"}
_LATIN |= {"m": "M", "n": "N", "p": "B", "r": "R", "s": "S", "t": "T", "v": "F", "w": "F", "z": "S"}
_CYRILLIC = {"б": "B", "в": "F", "г": "G", "ґ": "G", "д": "T", "ж": "S", "з": "S", "к": "K"}
_CYRILLIC |= {"л": "L", "м": "M", "н": "N", "п": "B", "р": "R", "с": "S", "т": "T", "ф": "F"}
_CYRILLIC |= {"х": "G", "ц": "S", "ч": "S", "ш": "S", "щ": "S"}
_ARABIC = {"ب": "B", "پ": "B", "ت": "T", "ج": "G", "ح": "G", "خ": "G", "د": "T", "ر": "R"}
_ARABIC |= {"ز": "S", "ژ": "S", "س": "S", "ش": "S", "ص": "S", "ض": "T", "ط": "T", "غ": "G"}
_ARABIC |= {
    "ف": "F",
    "ڤ": "F",
    "ق": "K",
    "ك": "K",
    "گ": "G",
    "ل": "L",
    "م": "M",
    "ن": "N",
    "ه": "G",
}
_CASE_ENDINGS = 2  # letters at most that a Slavic case adds


def of_name(folded: str) -> str:
    """Return the consonant classes of a folded German name."""
    name = _SILENT_H.sub("", folded)
    for spelling, sound in _SPELLINGS:
        name = name.replace(spelling, sound)
    return _joined(
        "".join(_LATIN.get(letter, letter if letter.isupper() else "") for letter in name)
    )


def of_word(folded: str) -> tuple[str, ...]:
    """Return the consonant classes a folded word in Cyrillic or Arabic script can stand for."""
    if "\u0600" <= folded[0] <= "\u06ff":
        body = folded.removesuffix("ه")
        start = "F" if body[:1] == "و" else ""
        return (_joined(start + "".join(_ARABIC.get(letter, "") for letter in body)),)
    if folded.endswith("рзі"):
        folded = folded.removesuffix("зі") + "г"  # у Вільгельмсбурзі
    sounds = [_CYRILLIC.get(letter, "") for letter in folded]
    ends = range(len(sounds), len(sounds) - _CASE_ENDINGS - 1, -1)
    return tuple(dict.fromkeys(_joined("".join(sounds[:end])) for end in ends))


def _joined(classes: str) -> str:
    return re.sub(r"(.)\1+", r"\1", classes)

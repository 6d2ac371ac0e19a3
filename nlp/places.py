"""Bezirke and Stadtteile of Hamburg in a text, in any inflection, hashtag or script.

Names are looked for in the words as written, not in spaCy's tokens: one look-up a word, remembered.
Ambiguous names (Horn, Hamm, Neustadt, …) are weighed by data/reference/places.toml.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress

from data.places import Doubt, PlaceNames, read_place_names, read_places
from nlp import transcription
from nlp.kept import Kept
from nlp.reading import Reading
from nlp.tagged import FoundPlace
from nlp.terms import Lexicon
from nlp.words import LONGEST_WORD, Words, fold, split

KEPT = 100_000  # words remembered; then the memory starts anew
_JOINS = re.compile(r"[ \t.\-‐‑–\u200c]{0,3}")  # inside a name: St.Pauli, Barmbek-Nord
_ENDINGS = ("erinnen", "erin", "ern", "ers", "er", "s")  # Billstedterinnen, Altonaer, Harburgs
_SHORTEST = 6  # letters; shorter names are not looked for inside longer words
_LONGEST_CASE_ENDING = 3  # letters; Бергедорфом
_APOSTROPHES = ("'", "’", "ʼ")  # Turkish: Altona'da
_SET_OFF = (",", ":", "(", ")", "–", "\n")  # "Student, Neustadt, sucht", "Horn: …"
_PLAIN = str.maketrans("äöü", "aou")  # typed without umlauts
_ARABIC_PREFIX = re.compile("^(?:[وف])?(?:[بلك])?(?=..)")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a name: the words after the first, and whether the last one is inflected."""

    name: str
    rest: tuple[str, ...]
    inflected: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    name: str
    first: int
    last: int
    inflected: bool


class Gazetteer:
    """All spellings of all places, ready to be looked for."""

    def __init__(self, names: PlaceNames | None = None) -> None:
        names = names or read_place_names()
        self._bezirk = {place.name: place.bezirk for place in read_places()}
        self._doubts = names.doubts
        self._people = frozenset(map(fold, names.people))
        self._cues = frozenset(map(fold, names.cues))
        self._spellings: dict[str, list[_Spelling]] = {}
        self._stems: dict[str, str] = {}
        self._sounds: dict[str, str] = {}
        self._inside: dict[str, str] = {}
        self._unless = Lexicon()
        self._known = Kept(partial(self._all_of, hashtag=False), KEPT)
        self._known_hashtags = Kept(partial(self._all_of, hashtag=True), KEPT)
        for name in self._bezirk:
            self._learn(name, name)
            if (plain := name.translate(_PLAIN)) != name:
                self._learn(plain, name)
        for spelling, name in {**names.aliases, **names.scripts}.items():
            self._learn(spelling, name)
        for name, doubt in self._doubts.items():
            self._unless.add(name, doubt.unless)
        self._longest = max(map(len, self._inside), default=0)

    def read(self, readings: Sequence[Reading]) -> None:
        """Find the places of posts."""
        for reading in readings:
            reading.places = self.find(reading.text, reading.words)

    def find(self, text: str, words: Words) -> list[FoundPlace]:
        """Return the places that the text means, each once, in its order."""
        matches = self._matches(text, words)
        if not matches:
            return []
        denied = {hit.label for hit in self._unless.search(words.folded)}
        sure: list[_Match] = []
        pending: list[_Match] = []
        for match in matches:
            verdict = match.name not in denied and self._judge(match, text, words)
            if verdict is None:
                pending.append(match)
            elif verdict:
                sure.append(match)
        meant = sorted([*sure, *pending], key=lambda match: match.first) if sure else []
        found: dict[str, FoundPlace] = {}
        for match in meant:
            start = words.starts[match.first] - words.hashtag[match.first]
            evidence = text[start : words.ends[match.last]]
            found.setdefault(match.name, FoundPlace(match.name, self._bezirk[match.name], evidence))
        return list(found.values())

    def _matches(self, text: str, words: Words) -> list[_Match]:
        spellings = list(map(self._known.__getitem__, words.folded))
        for at in compress(range(len(spellings)), words.hashtag):
            spellings[at] = self._known_hashtags[words.folded[at]]
        matches: list[_Match] = []
        begin = 0
        for first in compress(range(len(spellings)), spellings):
            if first < begin:
                continue  # part of the name before
            best = None
            for spelling in spellings[first]:
                last = first + len(spelling.rest)
                if (best is None or last > best.last) and _goes_on(spelling, text, words, first):
                    best = _Match(spelling.name, first, last, spelling.inflected)
            if best is None:
                continue
            if best.name:
                matches.append(best)
            begin = best.last + 1
        return matches

    def _judge(self, match: _Match, text: str, words: Words) -> bool | None:
        """Say whether the name is a place; None: only if another place is named for certain."""
        before = words.folded[match.first - 1] if match.first else ""
        after = words.folded[match.last + 1] if match.last + 1 < len(words.folded) else ""
        hashtag = words.hashtag[match.first]
        doubt = self._doubts.get(match.name)
        if before in self._people and not hashtag:
            return False
        if doubt is None or hashtag:
            return True
        if not match.inflected and before in map(fold, doubt.before):
            return False
        if after in map(fold, doubt.after):
            return False
        if match.inflected and doubt.follows and after not in map(fold, doubt.follows):
            return False
        cued = before in self._cues or before in map(fold, doubt.also_before)
        if doubt.capital and not words.raw[match.first][0].isupper():
            script = words.raw[match.first][0] > "\u02ff"
            if not script and not (cued and before in ("in", "aus", "nach", "bei", "auf")):
                return False
        if not doubt.needs or cued or match.inflected or match.last > match.first:
            return True
        start, end = words.starts[match.first], words.ends[match.last]
        comma = not match.first or text[max(0, start - 3) : start].rstrip(" ")[-1:] in _SET_OFF
        apostrophe = text[end : end + 1] in _APOSTROPHES
        return True if apostrophe or (comma and text[end : end + 1] in _SET_OFF) else None

    def _all_of(self, word: str, hashtag: bool) -> Sequence[_Spelling]:
        if len(word) > LONGEST_WORD:
            return ()
        found = list(self._spellings.get(word, ()))
        if "\u0600" <= word[0] <= "\u06ff":
            short = _ARABIC_PREFIX.sub("", word)
            if short != word:
                found += self._spellings.get(short, ())
            return found or self._by_ear(word) or self._by_ear(short)
        for cut in range(_LONGEST_CASE_ENDING + 1):
            stem = word[: len(word) - cut]
            if stem in self._stems:
                found.append(_Spelling(self._stems[stem], ()))
                break
        if not found and "\u0400" <= word[0] <= "\u04ff":
            return self._by_ear(word)
        if "a" <= word[0] <= "z" and not any(not each.rest for each in found):
            found += self._inflected(word) or self._within(word, hashtag=hashtag)
        return found

    def _by_ear(self, word: str) -> list[_Spelling]:
        for sounds in transcription.of_word(word):
            if sounds in self._sounds:
                return [_Spelling(self._sounds[sounds], ())]
        return []

    def _inflected(self, word: str) -> list[_Spelling]:
        for ending in _ENDINGS:
            if not word.endswith(ending):
                continue
            base = word.removesuffix(ending)
            for form in (base, f"{base}en", f"{base}e", f"{base}n"):
                found = [each for each in self._spellings.get(form, ()) if not each.rest]
                if found:
                    return [_Spelling(each.name, (), inflected=ending != "s") for each in found]
        if word.startswith("neulaender"):
            return [_Spelling("Neuland", (), inflected=True)]
        return []

    def _within(self, word: str, *, hashtag: bool) -> list[_Spelling]:
        """Return the longest name that the word begins with, in a hashtag: that it holds."""
        for length in range(min(len(word), self._longest), _SHORTEST - 1, -1):
            for start in range(len(word) - length + 1 if hashtag else 1):
                name = self._inside.get(word[start : start + length])
                if name is not None:
                    return [_Spelling(name, (), inflected=True)]
        return []

    def _learn(self, spelling: str, name: str) -> None:
        if spelling.endswith("*") and len(split(spelling)) == 1:
            self._stems[fold(spelling.rstrip("*"))] = name
            return
        first, *rest = split(spelling.rstrip("*"))
        self._add(first, _Spelling(name, tuple(rest)))
        joined = first + "".join(rest)
        if rest:
            self._add(joined, _Spelling(name, ()))
        doubt = self._doubts.get(name, Doubt())
        if name and joined.isascii() and len(joined) >= _SHORTEST and not doubt.needs:
            self._inside.setdefault(joined, name)
            sounds = transcription.of_name(joined)
            if not rest and len(sounds) >= transcription.SHORTEST:
                self._sounds.setdefault(sounds, name)

    def _add(self, first: str, spelling: _Spelling) -> None:
        self._spellings.setdefault(first, []).append(spelling)


def _goes_on(spelling: _Spelling, text: str, words: Words, first: int) -> bool:
    for step, expected in enumerate(spelling.rest, 1):
        here = first + step
        if here >= len(words.folded):
            return False
        word = words.folded[here]
        last = step == len(spelling.rest)
        if word != expected and not (last and _inflects(word, expected)):
            return False
        if not _JOINS.fullmatch(text, words.ends[here - 1], words.starts[here]):
            return False
    return True


def _inflects(word: str, expected: str) -> bool:
    """Say whether `word` inflects the last word of a name: Paulianer, Berner."""
    if not word.startswith(expected):
        return False
    ending = word[len(expected) :]
    return ending in _ENDINGS or ending == "aner" or (word[0] > "\u02ff" and len(ending) <= 3)

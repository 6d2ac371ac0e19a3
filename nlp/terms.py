"""The notation of words in the reference files, and the search for many of them at once.

Each word of a text is judged once and the verdict is remembered, so that the search costs one
look-up a word however many terms there are.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from data.reference import refuse
from nlp.words import LONGEST_WORD, fold

KEPT = 100_000  # verdicts remembered; then the memory starts anew
_PIECE = re.compile(r"\*?(?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670])+\*?|[§€?]")
_ARABIC_PREFIX = re.compile("^(?:[وف])?(?:لل|[بلك]?(?:ال)?)")


class NotationError(ValueError):
    """A term that cannot be read; `term` is the term as written."""

    def __init__(self, term: str) -> None:
        super().__init__(term)
        self.term = term


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what it speaks for, how strongly, and its words' patterns in their order.

    `unless` and `only` are the patterns that must not or must stand in the text as well.
    """

    label: str
    weight: float
    words: tuple[int, ...]
    unless: frozenset[int]
    only: frozenset[int]


class Hit(NamedTuple):  # a dozen a post: made twice as fast as a dataclass
    """A term found from word `first` up to and including word `last`."""

    label: str
    weight: float
    first: int
    last: int


Hits = dict[str, list[Hit]]  # by label


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a word can be: its patterns, the terms it is, and those it begins by their next word."""

    patterns: frozenset[int]
    whole: tuple[Term, ...]
    begun: Mapping[int, tuple[Term, ...]]


class Lexicon:
    """A set of terms, ready to be looked for."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefix: dict[str, int] = {}
        self._suffix: dict[str, int] = {}
        self._begins: set[int] = set()  # lengths of the prefixes
        self._ends: set[int] = set()  # and of the suffixes
        self._inside: list[tuple[str, int]] = []
        self._starting: dict[int, list[Term]] = {}
        self._verdicts: dict[str, _Verdict | None] = {}

    def add(self, label: str, texts: Iterable[str], weight: float = 1.0) -> None:
        """Add terms for `label`; one with a leading ? weighs half. Raises NotationError."""
        for text in texts:
            term = self._read(label, text, weight)
            self._starting.setdefault(term.words[0], []).append(term)
        self._verdicts.clear()

    def search(self, folded: Sequence[str]) -> list[Hit]:
        """Return every term found among the folded words, in their order."""
        known = self._verdicts
        if len(known) > KEPT:
            known.clear()
        verdicts = [known[word] if word in known else self._verdict(word) for word in folded]
        found: list[tuple[Term, int, int]] = []
        following: _Verdict | None = None
        for first in range(len(verdicts) - 1, -1, -1):
            verdict = verdicts[first]
            if verdict is not None:
                found += [(term, first, first) for term in verdict.whole]
                if following is not None and verdict.begun:
                    found += _phrases(verdict, following, verdicts, first)
            following = verdict
        found.reverse()
        if any(term.unless or term.only for term, _, _ in found):
            seen = {each for verdict in verdicts if verdict for each in verdict.patterns}
            found = [each for each in found if _allowed(each[0], seen)]
        return [Hit(term.label, term.weight, first, last) for term, first, last in found]

    def _verdict(self, word: str) -> _Verdict | None:
        patterns = self._judge(word)
        terms = [term for each in sorted(patterns) for term in self._starting.get(each, ())]
        begun: dict[int, list[Term]] = {}
        for term in terms:
            if len(term.words) > 1:
                begun.setdefault(term.words[1], []).append(term)
        verdict = None
        if patterns:
            verdict = _Verdict(
                frozenset(patterns),
                tuple(term for term in terms if len(term.words) == 1),
                {pattern: tuple(all_) for pattern, all_ in begun.items()},
            )
        self._verdicts[word] = verdict
        return verdict

    def _judge(self, word: str) -> set[int]:
        found: set[int] = set()
        if len(word) > LONGEST_WORD:
            return found
        for form in _forms(word):
            for length in self._begins:
                if (each := self._prefix.get(form[:length])) is not None:
                    found.add(each)
            for length in self._ends:
                if (each := self._suffix.get(form[-length:])) is not None:
                    found.add(each)
            if (each := self._exact.get(form)) is not None:
                found.add(each)
        found.update(each for part, each in self._inside if part in word)
        return found

    def _read(self, label: str, text: str, weight: float) -> Term:
        body, _, only = text.partition(" & ")
        body, _, unless = body.partition(" ! ")
        only, _, late = only.partition(" ! ")
        if body.startswith("?") and len(body) > 1:
            body, weight = body[1:], weight / 2
        words = tuple(self._pattern(each) for each in _pieces(body))
        if not words:
            raise NotationError(text)
        return Term(
            label,
            weight,
            words,
            unless=frozenset(self._pattern(each) for each in _pieces(f"{unless} {late}")),
            only=frozenset(self._pattern(each) for each in _pieces(only)),
        )

    def _pattern(self, piece: str) -> int:
        if piece not in self._ids:
            each = self._ids[piece] = len(self._ids)
            core = piece.strip("*")
            if piece.startswith("*") and piece.endswith("*"):
                self._inside.append((core, each))
            elif piece.endswith("*"):
                self._prefix[core] = each
                self._begins.add(len(core))
            elif piece.startswith("*"):
                self._suffix[core] = each
                self._ends.add(len(core))
            else:
                self._exact[core] = each
        return self._ids[piece]


class Lexicons:
    """One lexicon for each language, made when the language is first met.

    `fill` adds to a new lexicon the terms that hold in a language; German ones hold in each.
    """

    def __init__(self, path: Path, fill: Callable[[Lexicon, str], None]) -> None:
        self._path = path
        self._fill = fill
        self._made: dict[str, Lexicon] = {}
        self.of("de")  # a broken file is told of at once

    def of(self, lang: str) -> Lexicon:
        """Return the lexicon of a language. Raises ModelError where a term holds no word."""
        if lang not in self._made:
            lexicon = Lexicon()
            try:
                self._fill(lexicon, lang)
            except NotationError as error:
                raise refuse(
                    self._path,
                    error.term,
                    "enthält kein Wort. Ein Wort hineinschreiben oder den Eintrag löschen.",
                    "holds no word. Write a word or delete the entry.",
                ) from error
            self._made[lang] = lexicon
        return self._made[lang]

    def hits(self, folded: Sequence[str], lang: str) -> Hits:
        """Return the terms found among the folded words, by what they speak for."""
        hits: Hits = {}
        for hit in self.of(lang).search(folded):
            hits.setdefault(hit.label, []).append(hit)
        return hits


def _phrases(
    begins: _Verdict, following: _Verdict, verdicts: Sequence[_Verdict | None], first: int
) -> list[tuple[Term, int, int]]:
    found = []
    for pattern in following.patterns:
        for term in begins.begun.get(pattern, ()):
            last = first + len(term.words) - 1
            rest = verdicts[first + 2 : last + 1]
            if last < len(verdicts) and all(
                verdict and word in verdict.patterns
                for word, verdict in zip(term.words[2:], rest, strict=True)
            ):
                found.append((term, first, last))
    return found


def _allowed(term: Term, seen: set[int]) -> bool:
    return term.unless.isdisjoint(seen) and not (term.only and term.only.isdisjoint(seen))


@lru_cache(maxsize=20_000)  # the German terms are read again for every language
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(fold(piece) for piece in _PIECE.findall(text))


def _forms(word: str) -> tuple[str, ...]:
    """Return the word, in Arabic script also without the and, for, in, the written to it."""
    if not "\u0621" <= word[0] <= "\u06d3":
        return (word,)
    rest = _ARABIC_PREFIX.sub("", word)
    short = word[1:] if word[0] in "وفبلك" else word
    return tuple({word, *(each for each in (rest, short) if len(each) > 2)})

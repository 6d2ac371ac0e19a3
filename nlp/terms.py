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
from nlp.kept import Kept
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
    bound: bool  # to one of these


class Hit(NamedTuple):  # a dozen a post: made twice as fast as a dataclass
    """A term found from word `first` up to and including word `last`."""

    label: str
    weight: float
    first: int
    last: int


Hits = dict[str, list[Hit]]  # by label


class _Begun(NamedTuple):
    """The terms that a word is, and the longer ones it begins, by the patterns of their next word.

    Each the last added first.
    """

    whole: tuple[Term, ...]
    longer: Mapping[int, tuple[Term, ...]]
    following: frozenset[int]


class Lexicon:
    """A set of terms, ready to be looked for."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefix: dict[str, int] = {}
        self._suffix: dict[str, int] = {}
        self._prefixes: set[int] = set()  # their lengths
        self._suffixes: set[int] = set()
        self._inside: list[tuple[str, int]] = []
        self._starting: dict[int, list[Term]] = {}
        self._patterns = Kept(self._judge, KEPT)  # that a word fits
        self._begun = Kept(self._begins, KEPT)  # of a word that begins any

    def add(self, label: str, texts: Iterable[str], weight: float = 1.0) -> None:
        """Add terms for `label`; one with a leading ? weighs half. Raises NotationError."""
        for text in texts:
            term = self._read(label, text, weight)
            self._starting.setdefault(term.words[0], []).append(term)
        self._patterns.clear()
        self._begun.clear()

    def search(self, folded: Sequence[str]) -> list[Hit]:
        """Return every term found among the folded words, in their order."""
        patterns, final = self._patterns, len(folded) - 1
        found: list[tuple[Term, int]] = []
        for first, begun in enumerate(map(self._begun.__getitem__, folded)):
            if begun is None:
                continue
            whole, longer, following = begun
            if longer and first < final and not following.isdisjoint(patterns[folded[first + 1]]):
                found += [(term, first) for term in self._longer(longer, folded, first)]
            found += [(term, first) for term in whole]
        if any([term.bound for term, _ in found]):  # noqa: C419  a list of two is faster
            seen = set[int]().union(*map(patterns.__getitem__, folded))
            found = [each for each in found if _allowed(each[0], seen)]
        return [
            Hit(term.label, term.weight, first, first + len(term.words) - 1)
            for term, first in found
        ]

    def _longer(
        self, begun: Mapping[int, tuple[Term, ...]], folded: Sequence[str], first: int
    ) -> list[Term]:
        """Return the terms of several words that begin at `first`, the last added first."""
        known = self._patterns
        found = []
        for pattern in known[folded[first + 1]]:
            for term in begun.get(pattern, ()):
                rest = folded[first + 2 : first + len(term.words)]
                if len(rest) == len(term.words) - 2 and all(
                    pattern in known[word]
                    for pattern, word in zip(term.words[2:], rest, strict=True)
                ):
                    found.append(term)
        found.reverse()
        return found

    def _begins(self, word: str) -> _Begun | None:
        terms = [
            term for each in sorted(self._patterns[word]) for term in self._starting.get(each, ())
        ]
        if not terms:
            return None
        longer: dict[int, tuple[Term, ...]] = {}
        for term in terms:
            if len(term.words) > 1:
                longer[term.words[1]] = (*longer.get(term.words[1], ()), term)
        whole = tuple(term for term in reversed(terms) if len(term.words) == 1)
        return _Begun(whole, longer, frozenset(longer))

    def _judge(self, word: str) -> frozenset[int]:
        if len(word) > LONGEST_WORD:
            return frozenset()
        found: set[int] = set()
        for form in _forms(word):
            for length in self._prefixes:
                if (each := self._prefix.get(form[:length])) is not None:
                    found.add(each)
            for length in self._suffixes:
                if (each := self._suffix.get(form[-length:])) is not None:
                    found.add(each)
            if (each := self._exact.get(form)) is not None:
                found.add(each)
        found.update(each for part, each in self._inside if part in word)
        return frozenset(found)

    def _read(self, label: str, text: str, weight: float) -> Term:
        hint, words, unless, only = _notation(text)
        if not words:
            raise NotationError(text)
        return Term(
            label,
            weight / 2 if hint else weight,
            tuple(map(self._pattern, words)),
            unless=frozenset(map(self._pattern, unless)),
            only=frozenset(map(self._pattern, only)),
            bound=bool(unless or only),
        )

    def _pattern(self, piece: str) -> int:
        if piece not in self._ids:
            each = self._ids[piece] = len(self._ids)
            core = piece.strip("*")
            if piece.startswith("*") and piece.endswith("*"):
                self._inside.append((core, each))
            elif piece.endswith("*"):
                self._prefix[core] = each
                self._prefixes.add(len(core))
            elif piece.startswith("*"):
                self._suffix[core] = each
                self._suffixes.add(len(core))
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


def _allowed(term: Term, seen: set[int]) -> bool:
    return term.unless.isdisjoint(seen) and not (term.only and term.only.isdisjoint(seen))


@lru_cache(maxsize=20_000)  # the German terms are read again for every language
def _notation(text: str) -> tuple[bool, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return whether a term is a hint, its words, those it goes without and those it goes with."""
    body, _, only = text.partition(" & ")
    body, _, unless = body.partition(" ! ")
    only, _, late = only.partition(" ! ")
    hint = body.startswith("?") and len(body) > 1
    return hint, _pieces(body[hint:]), _pieces(f"{unless} {late}"), _pieces(only)


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(fold(piece) for piece in _PIECE.findall(text))


def _forms(word: str) -> tuple[str, ...]:
    """Return the word, in Arabic script also without the and, for, in, the written to it."""
    if not "\u0621" <= word[0] <= "\u06d3":
        return (word,)
    rest = _ARABIC_PREFIX.sub("", word)
    short = word[1:] if word[0] in "وفبلك" else word
    return tuple({word, *(each for each in (rest, short) if len(each) > 2)})

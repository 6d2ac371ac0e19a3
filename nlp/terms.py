"""The notation of words in the reference files, and the search for many of them at once.

Each word of a text is judged once and the verdict is remembered, so that the search costs one
look-up a word however many terms there are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.words import LONGEST_WORD, fold

KEPT = 100_000  # verdicts remembered; then the memory starts anew
_PIECE = re.compile(r"\*?(?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670])+\*?|[§€?]")
_ARABIC_PREFIX = re.compile("^(?:[وف])?(?:[بلك])?(?:ال)?")


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


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found from word `first` up to and including word `last`."""

    label: str
    weight: float
    first: int
    last: int


class Lexicon:
    """A set of terms, ready to be looked for."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefix: dict[str, int] = {}
        self._suffix: dict[str, int] = {}
        self._inside: list[tuple[str, int]] = []
        self._starting: dict[int, list[Term]] = {}
        self._verdicts: dict[str, tuple[frozenset[int], tuple[Term, ...]] | None] = {}

    def add(self, label: str, texts: Iterable[str], weight: float = 1.0) -> None:
        """Add terms for `label`; one with a leading ? weighs half. Raises NotationError."""
        for text in texts:
            term = self._read(label, text, weight)
            self._starting.setdefault(term.words[0], []).append(term)
        self._verdicts.clear()

    def search(self, folded: Sequence[str]) -> list[Hit]:
        """Return every term found among the folded words, in their order."""
        verdicts = [self._verdict(word) for word in folded]
        seen: set[int] | None = None
        hits = []
        for first, verdict in enumerate(verdicts):
            if verdict is None or not verdict[1]:
                continue
            for term in verdict[1]:
                last = first + len(term.words) - 1
                if last > first and not _continues(term, verdicts, first, last):
                    continue
                if term.unless or term.only:
                    if seen is None:
                        seen = {each for found in verdicts if found for each in found[0]}
                    if not term.unless.isdisjoint(seen) or (
                        term.only and term.only.isdisjoint(seen)
                    ):
                        continue
                hits.append(Hit(term.label, term.weight, first, last))
        return hits

    def _verdict(self, word: str) -> tuple[frozenset[int], tuple[Term, ...]] | None:
        try:
            return self._verdicts[word]
        except KeyError:
            if len(self._verdicts) >= KEPT:
                self._verdicts.clear()
            found = self._judge(word)
            terms = tuple(term for each in sorted(found) for term in self._starting.get(each, ()))
            verdict = (frozenset(found), terms) if found else None
            self._verdicts[word] = verdict
            return verdict

    def _judge(self, word: str) -> set[int]:
        found: set[int] = set()
        if len(word) > LONGEST_WORD:
            return found
        for form in _forms(word):
            for length in range(1, len(form) + 1):
                if (each := self._prefix.get(form[:length])) is not None:
                    found.add(each)
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
            elif piece.startswith("*"):
                self._suffix[core] = each
            else:
                self._exact[core] = each
        return self._ids[piece]


def _continues(
    term: Term,
    verdicts: Sequence[tuple[frozenset[int], tuple[Term, ...]] | None],
    first: int,
    last: int,
) -> bool:
    if last >= len(verdicts):
        return False
    for place, word in zip(range(first + 1, last + 1), term.words[1:], strict=True):
        verdict = verdicts[place]
        if verdict is None or word not in verdict[0]:
            return False
    return True


def _pieces(text: str) -> list[str]:
    return [fold(piece) for piece in _PIECE.findall(text)]


def _forms(word: str) -> tuple[str, ...]:
    """Return the word, in Arabic script also without the and, for, in, the written to it."""
    if not "\u0621" <= word[0] <= "\u06d3":
        return (word,)
    rest = _ARABIC_PREFIX.sub("", word)
    short = word[1:] if word[0] in "وفبلك" else word
    return tuple({word, *(each for each in (rest, short) if len(each) > 2)})

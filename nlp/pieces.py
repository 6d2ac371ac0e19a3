"""Cuts a text into the encoder's pieces: the likeliest cut of each word (Unigram, Kudo 2018).

The pieces, their log probabilities and the rewriting of signs come with the encoder. A piece never
reaches beyond a word, so that each word is cut once and remembered.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3  # numbers of the four pieces that no text holds
SPECIAL = 4
KEPT = 50_000  # words whose cut is remembered; then the memory starts anew
_BLANK = "▁"  # begins a word, in the pieces
_PENALTY = 10.0  # log probability of an unknown sign, below that of the rarest piece
_LONGEST_WORD = 400  # signs; what is longer is cut there, so that time stays linear
_BLANKS = re.compile(" +")


class Pieces:
    """Knows the pieces by number, in the order given; the first four are the special ones."""

    def __init__(
        self, pieces: Sequence[str], scores: Iterable[float], rewriting: Mapping[int, str]
    ) -> None:
        self._scores = {
            piece: (number, float(score))
            for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
            if number >= SPECIAL
        }
        self._longest = max(map(len, self._scores))
        self._unknown = min(score for _, score in self._scores.values()) - _PENALTY
        self._rewriting = rewriting
        self._known: dict[str, tuple[int, ...]] = {}

    def cut(self, text: str, most: int) -> list[int]:
        """Return the numbers of a text's pieces, `most` at most, between BEGIN and END."""
        if len(self._known) > KEPT:
            self._known.clear()
        numbers = [BEGIN]
        for word in _BLANKS.split(text.translate(self._rewriting).strip(" ")):
            for start in range(0, max(1, len(word)), _LONGEST_WORD):
                numbers += self._word((_BLANK if start == 0 else "") + word[start:][:_LONGEST_WORD])
            if len(numbers) >= most:
                break
        return [*numbers[: most - 1], END]

    def _word(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(self._likeliest(word))
        return known

    def _likeliest(self, word: str) -> list[int]:
        """Find the cut of the greatest sum of scores, from left to right (Viterbi)."""
        size = len(word)
        best = [0.0] + [-math.inf] * size
        came: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                found = self._scores.get(word[start:end])
                number, score = found or (UNKNOWN, self._unknown)
                if found is None and end > start + 1:
                    continue
                if here + score > best[end]:
                    best[end], came[end] = here + score, (start, number)
        numbers: list[int] = []
        at = size
        while at > 0:
            at, number = came[at]
            if number != UNKNOWN or not numbers or numbers[-1] != UNKNOWN:
                numbers.append(number)  # unknown signs that follow each other are one
        return numbers[::-1]

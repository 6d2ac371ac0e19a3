"""From the terms found in a text to a score and the words that a reader is shown for it.

The scale of the rules, for every label alike: a word counts 1, a hint ½, what speaks against it
−1; the same word twice counts once. A sum of s gives the score 1 − 0.4^s: one word .60, two .84,
three .94, a hint alone .37. A label holds from .5 on, which is one word or two hints.
"""

from collections.abc import Sequence
from functools import lru_cache

from nlp.terms import Hit, Hits
from nlp.words import Words

HOLDS = 0.5
_LEFT = 0.4  # of the doubt, after each word
MOST_WORDS = 6  # shown as evidence


@lru_cache(maxsize=1_000)
def score(weight: float) -> float:
    """Return the score of a sum of weights, rounded to two places; 0 for none."""
    return round(1 - _LEFT**weight, 2) if weight > 0 else 0.0


def weigh(hits: Sequence[Hit], words: Words) -> float:
    """Sum the weights of the hits: each word once, with the strongest term that it is part of."""
    if len(hits) < 2:
        return hits[0].weight if hits else 0.0
    strongest: dict[str, float] = {}
    for hit in hits:
        key = words.folded[hit.first]
        strongest[key] = max(strongest.get(key, 0.0), hit.weight)
    return sum(strongest.values())


def weights_of(hits: Hits, words: Words) -> dict[str, float]:
    """Return the sums of the weights, by what the hits speak for."""
    return {label: weigh(mine, words) for label, mine in hits.items()}


def shown(hits: Sequence[Hit], words: Words, text: str) -> tuple[str, ...]:
    """Return the words met as the text has them, strongest first, each once."""
    if len(hits) < 2:
        return tuple([text[words.starts[hit.first] : words.ends[hit.last]] for hit in hits])
    found = {
        text[words.starts[hit.first] : words.ends[hit.last]]: None
        for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.first))
    }
    folded: dict[str, str] = {}
    for piece in found:
        folded.setdefault(piece.casefold(), piece)
    return tuple(folded.values())[:MOST_WORDS]

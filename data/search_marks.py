"""Where the words that somebody searched for stand in a text, and how well a text answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.search_query import Query, Term, words_in

_ENOUGH, _LENGTH, _USUAL = 1.2, 0.75, 25.0  # BM25's k1 and b; words of a usual post


@dataclass(frozen=True, slots=True)
class Mark:
    """From `start` up to before `end` (characters): one of the words that were searched for."""

    start: int
    end: int
    term: Term


def marks(text: str, query: Query) -> list[Mark]:
    """List the marks in the order of the text; where several fit, the longest."""
    words = words_in(text)
    folded = [word for word, _, _ in words]
    found = [
        Mark(words[at][1], words[at + len(term.words) - 1][2], term)
        for term in query.terms
        for at in range(len(words) - len(term.words) + 1)
        if _stands(folded, at, term)
    ]
    shown: list[Mark] = []
    for each in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if not shown or each.start >= shown[-1].end:
            shown.append(each)
    return shown


def answers(text: str, query: Query) -> float:
    """Say how well a text answers: more of the words in fewer others is better.

    BM25 without the rarity of the words, which is the same for all posts: all words occur in each.
    """
    words = words_in(text)
    folded = [word for word, _, _ in words]
    long = 1 - _LENGTH + _LENGTH * len(words) / _USUAL
    counts = (
        sum(_stands(folded, at, term) for at in range(len(words) - len(term.words) + 1))
        for term in query.terms
    )
    return sum(count / (count + _ENOUGH * long) for count in counts if count)


def _stands(words: Sequence[str], at: int, term: Term) -> bool:
    *first, last = term.words
    end = at + len(first)
    if words[at:end] != first:
        return False
    return words[end].startswith(last) if term.begins else words[end] == last

"""Labelled posts as numbers: what the linear model learns from and is measured on."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.features import BUCKETS, PAIR, pair_begin, pair_number, spelt, word_buckets

_TOPICS = (
    *("unterkunft", "sachspenden", "geldspenden", "sprache", "dolmetschen", "recht", "gesundheit"),
    *("kinder", "arbeit", "essen", "mobilitaet", "begegnung", "opferschutz", "politik"),
    "anfeindung",
)
_INTENTS = ("angebot", "gesuch", "frage", "hinweis", "dank", "meinung")
LABELS = (
    *(f"topics:{key}" for key in _TOPICS),
    *(f"intents:{key}" for key in _INTENTS),
    "urgent:urgent",
)


@dataclass(frozen=True, slots=True)
class Examples:
    """n posts. `buckets` and `values` of post i stand from `ends[i]` to `ends[i + 1]`.

    `rules` is (n, names), `truth` (n, labels), `parts` (n) the part of the corpus.
    """

    names: tuple[str, ...]
    buckets: NDArray[np.int32]
    values: NDArray[np.float64]
    ends: NDArray[np.int64]
    rules: NDArray[np.float32]
    truth: NDArray[np.bool_]
    parts: NDArray[Any]

    def chosen(self, mask: NDArray[np.bool_]) -> "Examples":
        """Return the posts where `mask` is true."""
        at = np.flatnonzero(mask)
        pieces = [slice(self.ends[i], self.ends[i + 1]) for i in at]
        lengths = [each.stop - each.start for each in pieces]
        empty = [slice(0, 0)]
        return Examples(
            names=self.names,
            buckets=np.concatenate([self.buckets[each] for each in pieces or empty]),
            values=np.concatenate([self.values[each] for each in pieces or empty]),
            ends=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            rules=self.rules[at],
            truth=self.truth[at],
            parts=self.parts[at],
        )


def collect(
    posts: Sequence[Mapping[str, Any]],
    words_of_posts: Iterable[list[str]],
    rules: NDArray[np.float32],
    names: tuple[str, ...],
) -> Examples:
    """Put together labelled posts (with `part`), their folded words, and what the rules say."""
    buckets, values, ends = [], [], [0]
    known = lru_cache(maxsize=None)(word_buckets)
    for folded in words_of_posts:
        words = list(dict.fromkeys(folded))
        pairs = list(dict.fromkeys(itertools.pairwise(folded)))
        share = 1 / max(1, len(words)) ** 0.5
        mine = [known(word) for word in words]
        shares = [np.full(len(each), share / len(each) ** 0.5) for each in mine]
        numbers = [pair_number(spelt(other), pair_begin(spelt(one))) for one, other in pairs]
        mine.append((np.array(numbers, dtype=np.int64) % BUCKETS).astype(np.int32))
        shares.append(np.full(len(pairs), PAIR * share))
        buckets += mine
        values += shares
        ends.append(ends[-1] + sum(map(len, mine)))
    return Examples(
        names=names,
        buckets=np.concatenate(buckets),
        values=np.concatenate(values),
        ends=np.array(ends, dtype=np.int64),
        rules=rules,
        truth=np.array([_truth(post) for post in posts], dtype=bool),
        parts=np.array([post["part"] for post in posts]),
    )


def _truth(post: Mapping[str, Any]) -> list[bool]:
    held = {
        *(f"topics:{each}" for each in post["topics"]),
        *(f"intents:{each}" for each in post["intents"]),
        *(["urgent:urgent"] if post["urgent"] else []),
    }
    return [label in held for label in LABELS]

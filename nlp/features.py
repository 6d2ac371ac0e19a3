"""What the trained model reads of a post: pieces of its words, pairs of words, and the rules' say.

Pieces and pairs are numbers below `BUCKETS` (hashed, the same on every machine). A word counts once
a post. What the rules say is a row of numbers of which `NAMES` gives the meaning, in order.
"""

import math
import re
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from data.intents import FORMS, URGENCY, read_intents
from data.languages import LANGUAGES
from data.topics import read_topics
from nlp.evidence import weigh
from nlp.findings import Findings
from nlp.words import LONGEST_WORD, Words

BUCKETS = 1 << 17
SHORTEST, LONGEST = 2, 5  # letters of a piece, the blanks around a word among them
PAIR = 0.5  # what a pair counts beside a word
_MOST = 3.0  # a sum of words that counts
_WHEN = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2} ?(?:uhr|h|am|pm)\b", re.IGNORECASE)
_AGAINST = "against:"


def word_buckets(folded: str) -> NDArray[np.int32]:
    """Return the buckets of a folded word: the whole, then its pieces, each once."""
    word = f" {folded[:LONGEST_WORD]} ".encode("utf-32-le", "surrogatepass")
    size = len(word) // 4
    numbers = {crc32(word) % BUCKETS: None}
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(size - length + 1):
            numbers[crc32(word[4 * start : 4 * (start + length)]) % BUCKETS] = None
    return np.fromiter(numbers, dtype=np.int32, count=len(numbers))


@lru_cache(maxsize=100_000)
def pair_bucket(first: str, second: str) -> int:
    """Return the bucket of two folded words that follow each other."""
    return (
        crc32(f"{first[:LONGEST_WORD]} {second[:LONGEST_WORD]}".encode(errors="replace")) % BUCKETS
    )


class RuleFeatures:
    """The rules' say as numbers, in the order of `names`."""

    def __init__(self) -> None:
        topics = [topic.key for topic in read_topics()]
        intents = [intent.key for intent in read_intents()]
        self._labels = {key: at for at, key in enumerate([*topics, *intents])}
        self._topic_keys = [
            *topics,
            *(_AGAINST + key for key in topics),
            "advertising",
            "elsewhere",
        ]
        said = [*intents, URGENCY]
        self._intent_keys = [*said, *(_AGAINST + key for key in said), *FORMS]
        self._langs = {lang: at for at, lang in enumerate(LANGUAGES)}
        self.names = (
            *self._labels,
            "urgent",
            *(f"words:{key}" for key in (*self._topic_keys, *self._intent_keys)),
            *("asks", "asks_much", "shouts", "when", "digits", "place", "length", "tags", "link"),
            *(f"lang:{lang}" for lang in LANGUAGES),
        )

    def of(self, text: str, words: Words, lang: str, found: Findings) -> NDArray[np.float32]:
        """Return the row of one post."""
        row = np.zeros(len(self.names), dtype=np.float32)
        for each in (*found.topics, *found.intents):
            if each.label in self._labels:
                row[self._labels[each.label]] = each.score
        at = len(self._labels)
        row[at] = found.urgency.score
        at += 1
        for keys, hits in (
            (self._topic_keys, found.topic_hits),
            (self._intent_keys, found.intent_hits),
        ):
            for offset, key in enumerate(keys):
                if key in hits:
                    row[at + offset] = min(weigh(hits[key], words), _MOST) / _MOST
            at += len(keys)
        asked = text.count("?") + text.count("؟")
        row[at : at + 9] = (
            asked > 0,
            asked > 1,
            "!" in text,
            _WHEN.search(text) is not None,
            any(map(str.isdigit, text)),
            bool(found.places),
            math.log1p(len(words.raw)) / 5,
            min(sum(words.hashtag), 4) / 4,
            "http" in text,
        )
        if lang in self._langs:
            row[at + 9 + self._langs[lang]] = 1
        return row

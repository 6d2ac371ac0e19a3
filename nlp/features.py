"""What the trained model reads of a post: pieces of its words, pairs of words, and the rules' say.

Pieces and pairs are numbers below `BUCKETS` (hashed, the same on every machine). A word counts once
a post. What the rules say is a row of numbers of which `NAMES` gives the meaning, in order.
"""

import math
import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from data.intents import FORMS, URGENCY, read_intents
from data.languages import LANGUAGES
from data.topics import read_topics
from nlp.reading import Reading
from nlp.words import LONGEST_WORD

BUCKETS = 1 << 17
SHORTEST, LONGEST = 2, 5  # letters of a piece, the blanks around a word among them
PAIR = 0.5  # what a pair counts beside a word
_MOST = 3.0  # a sum of words that counts
_WHEN = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2} ?(?:uhr|h|am|pm)\b", re.IGNORECASE)
_LOOK = ("asks", "asks_much", "shouts", "when", "digits", "place", "length", "tags", "link")
_AGAINST = "against:"


def word_buckets(folded: str) -> NDArray[np.int32]:
    """Return the buckets of a folded word: the whole, then its pieces, each once."""
    word = f" {folded[:LONGEST_WORD]} ".encode("utf-32-le", "surrogatepass")
    pieces = [
        word[start : start + length]
        for length in range(4 * SHORTEST, 4 * LONGEST + 1, 4)
        for start in range(0, len(word) - length + 1, 4)
    ]
    numbers = dict.fromkeys([number % BUCKETS for number in map(crc32, (word, *pieces))])
    return np.fromiter(numbers, dtype=np.int32, count=len(numbers))


def spelt(folded: str) -> bytes:
    """Return a folded word as it stands in a pair."""
    return folded[:LONGEST_WORD].encode(errors="replace")


def pair_begin(first: bytes) -> int:
    """Return what `pair_number` needs of the first word, as `spelt` gives it."""
    return crc32(b" ", crc32(first))


pair_number = crc32  # of the second word as spelt, and what the first began; its bucket: % BUCKETS


class RuleFeatures:
    """The rules' say as numbers, in the order of `names`."""

    def __init__(self) -> None:
        topics = [topic.key for topic in read_topics()]
        intents = [intent.key for intent in read_intents()]
        self._labels = {key: at for at, key in enumerate([*topics, *intents])}
        topic_keys = [
            *topics,
            *(_AGAINST + key for key in topics),
            "advertising",
            "elsewhere",
        ]
        said = [*intents, URGENCY]
        intent_keys = [*said, *(_AGAINST + key for key in said), *FORMS]
        self.names = (
            *self._labels,
            "urgent",
            *(f"words:{key}" for key in (*topic_keys, *intent_keys)),
            *_LOOK,
            *(f"lang:{lang}" for lang in LANGUAGES),
        )
        at = len(self._labels) + 1
        self._topic_hits = {key: at + offset for offset, key in enumerate(topic_keys)}
        at += len(topic_keys)
        self._intent_hits = {key: at + offset for offset, key in enumerate(intent_keys)}
        at += len(intent_keys)
        self._look = slice(at, at + len(_LOOK))
        self._langs = {lang: self._look.stop + offset for offset, lang in enumerate(LANGUAGES)}

    def of(self, readings: Sequence[Reading]) -> NDArray[np.float32]:
        """Return one row a post."""
        rows = np.zeros((len(readings), len(self.names)), dtype=np.float32)
        rows[:, self._look] = [_look(reading) for reading in readings]
        rows[:, len(self._labels)] = [reading.urgency.score for reading in readings]
        places: list[int] = []  # in all rows together
        say: list[float] = []
        for number, reading in enumerate(readings):
            begin = number * len(self.names)
            for each in (*reading.topics, *reading.intents):
                if each.label in self._labels:
                    places.append(begin + self._labels[each.label])
                    say.append(each.score)
            for known, weights in (
                (self._topic_hits, reading.topic_weights),
                (self._intent_hits, reading.intent_weights),
            ):
                for key, weight in weights.items():
                    if key in known:
                        places.append(begin + known[key])
                        say.append(min(weight, _MOST) / _MOST)
            if reading.lang in self._langs:
                places.append(begin + self._langs[reading.lang])
                say.append(1)
        rows.ravel()[places] = say
        return rows


def _look(reading: Reading) -> tuple[float, ...]:
    """Return the numbers that `_LOOK` names."""
    text, words = reading.text, reading.words
    asked = text.count("?") + text.count("؟")
    digits = any(map(str.isdigit, text))
    return (
        asked > 0,
        asked > 1,
        "!" in text,
        digits and _WHEN.search(text) is not None,
        digits,
        bool(reading.places),
        math.log1p(len(words.raw)) / 5,
        min(sum(words.hashtag), 4) / 4,
        "http" in text,
    )

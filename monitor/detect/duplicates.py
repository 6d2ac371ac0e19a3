"""Which texts are one text: equal after masking, or nearly so (MinHash finds, Jaccard decides)."""

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from monitor.detect.leaders import Sets, followers
from monitor.detect.likeness import FEWEST_WORDS, MASKS
from monitor.detect.signatures import shared_bands

FEWEST_FOR_NEAR = 8  # distinct words; of shorter texts only equal ones are one text
_NAME_BYTES = 8
_NONE = -1  # a text too short to mean anything


def text_objects(texts: Iterable[Sequence[str]]) -> list[str | None]:
    """Name each text (its masked words, see likeness.py) by the first text it is like.

    In the order given, which should be that of time. None for a text too short to mean anything.
    """
    shelf = _Shelf()
    places = array("q", (shelf.put(text) for text in texts))
    names = [shelf.names[place] for place in shelf.leaders()]
    return [None if place == _NONE else names[place] for place in places]


class _Shelf:
    """The distinct texts in the order in which they come: names, and the words of the longer."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._known: dict[bytes, int] = {}
        self._numbers: dict[str, int] = defaultdict(lambda: len(self._numbers))
        self._words = array("i")  # of the texts long enough to be nearly another, one by one
        self._starts = array("q")
        self._long = array("q")  # their places in `names`

    def put(self, text: Sequence[str]) -> int:
        """Give the place of a text among the distinct ones, _NONE for one that means nothing."""
        digest = hashlib.sha256(" ".join(text).encode()).digest()[:_NAME_BYTES]
        place = self._known.get(digest)
        if place is None:
            own = set(text)
            place = _NONE if len(own - MASKS) < FEWEST_WORDS else self._add(digest.hex(), own)
            self._known[digest] = place
        return place

    def _add(self, name: str, own: Collection[str]) -> int:
        self.names.append(name)
        if len(own) >= FEWEST_FOR_NEAR:
            self._long.append(len(self.names) - 1)
            self._starts.append(len(self._words))
            self._words.extend(map(self._numbers.__getitem__, own))
        return len(self.names) - 1

    def leaders(self) -> list[int]:
        """Give for each distinct text the place of the first one it is like, or its own."""
        found = list(range(len(self.names)))
        words, starts = np.array(self._words, np.int32), np.array(self._starts, np.int64)
        sets = Sets(words, np.append(starts, len(words)))
        shared = shared_bands(list(self._numbers), words, starts)
        for text, leader in followers(sets, *shared):
            found[self._long[text]] = self._long[leader]
        return found

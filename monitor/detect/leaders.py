"""Which word set is led by which: each by the first one it is like that is led by none itself."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.detect.signatures import Numbers

LIKENESS = 0.6  # Jaccard of the word sets; .45 merges what is not the same (campaigns/README)
BLOCK = 1024  # sets that are compared with all leaders so far at once
AT_ONCE = 65_536  # pairs whose sketches are in memory together
SKETCH_BITS = 512  # a bit a word, some shared: what has few bits in common has few words in common


class Sets:
    """Word sets by number: the words from one bound to the next. Bounds: one more than sets."""

    def __init__(self, words: NDArray[np.int32], bounds: Numbers) -> None:
        self._words, self._bounds = words, bounds
        self.sizes = np.diff(bounds)
        self._sketches = np.zeros((len(self.sizes), SKETCH_BITS // 64), np.uint64)
        for first in range(0, len(self.sizes), BLOCK):
            self._sketch(first, min(first + BLOCK, len(self.sizes)))
        self._lost = self.sizes - np.bitwise_count(self._sketches).sum(axis=1, dtype=np.int64)

    def __getitem__(self, place: int) -> frozenset[int]:
        first, end = self._bounds[place : place + 2].tolist()
        return frozenset(self._words[first:end].tolist())

    def may_be_alike(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """Say of each two sets whether they can be alike, by their sketches: no is certain."""
        parts = [self._may_be_alike(one[at : at + AT_ONCE], other[at : at + AT_ONCE])
                 for at in range(0, len(one), AT_ONCE)]  # fmt: skip
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def _may_be_alike(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        bits = np.bitwise_count(self._sketches[one] & self._sketches[other])
        most = bits.sum(axis=1, dtype=np.int64) + np.minimum(self._lost[one], self._lost[other])
        alike: NDArray[np.bool_] = most >= LIKENESS * (self.sizes[one] + self.sizes[other] - most)
        return alike

    def _sketch(self, first: int, end: int) -> None:
        bits = np.zeros((end - first, SKETCH_BITS), bool)
        words = self._words[self._bounds[first] : self._bounds[end]]
        rows = np.repeat(np.arange(end - first), self.sizes[first:end])
        bits[rows, words % SKETCH_BITS] = True
        self._sketches[first:end] = np.packbits(bits, axis=1).view(np.uint64)


def followers(all_sets: Sets, sets: Numbers, places: Numbers) -> Iterator[tuple[int, int]]:
    """Yield set and leader for each set that has one, in the order of the sets.

    `sets`, `places` as `signatures.shared_bands` gives them: a leader is looked for only among the
    sets in a common place. A set that is like no earlier leader becomes one.
    """
    shelves: dict[int, array[int]] = {}  # place -> leaders in it
    texts, firsts = np.unique(sets, return_index=True)
    bounds = [*firsts.tolist(), len(sets)]
    for start in range(0, len(texts), BLOCK):
        block = {
            text: places[slice(*bounds[row : row + 2])].tolist()
            for row, text in enumerate(texts[start : start + BLOCK].tolist(), start)
        }
        before = _candidates(all_sets, block, shelves)
        new: dict[int, list[int]] = {}  # as shelves, of this block
        known: dict[int, frozenset[int]] = {}
        for text, where in block.items():
            own = all_sets[text]
            leader = _first_alike(own, before.get(text, ()), all_sets)
            if leader is None:
                here = sorted({each for place in where if place in new for each in new[place]})
                leader = _first_alike(own, here, known)
            if leader is not None:
                yield text, leader
                continue
            known[text] = own
            for place in where:
                new.setdefault(place, []).append(text)
        for place, leaders in new.items():
            if place in shelves:
                shelves[place].extend(leaders)
            else:
                shelves[place] = array("q", leaders)


def _candidates(
    all_sets: Sets, block: Mapping[int, Sequence[int]], shelves: Mapping[int, "array[int]"]
) -> dict[int, list[int]]:
    """Give for the block's sets the leaders on their shelves that may be alike, in order."""
    found, counts = array("q"), array("q")
    for where in block.values():
        before = len(found)
        for place in where:
            if place in shelves:
                found.extend(shelves[place])
        counts.append(len(found) - before)
    leaders = np.array(found, np.int64)
    texts = np.repeat(np.fromiter(block, np.int64), np.array(counts, np.int64))
    near = all_sets.may_be_alike(texts, leaders)
    pairs = np.unique(np.stack((texts[near], leaders[near]), axis=1), axis=0)
    by_text: dict[int, list[int]] = defaultdict(list)
    for text, leader in pairs.tolist():
        by_text[text].append(leader)
    return by_text


def _first_alike(
    own: frozenset[int], candidates: Sequence[int], sets: Sets | Mapping[int, frozenset[int]]
) -> int | None:
    for each in candidates:
        its = sets[each]
        common = len(own & its)
        if common >= LIKENESS * (len(own) + len(its) - common):
            return each
    return None

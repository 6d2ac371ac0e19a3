"""Which word set is led by which: each by the first one it is like that is led by none itself."""

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

    def may_be_alike(self, one: Numbers, other: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Say of each two sets whether they can be alike, by their sketches: no is certain."""
        parts = [self._may_be_alike(one[at : at + AT_ONCE], other[at : at + AT_ONCE])
                 for at in range(0, len(one), AT_ONCE)]  # fmt: skip
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def _may_be_alike(self, one: Numbers, other: NDArray[np.int32]) -> NDArray[np.bool_]:
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


class _Shelves:
    """The leaders found so far, by place; each place has room for all the sets in it."""

    def __init__(self, places: Numbers) -> None:
        room = np.bincount(places)
        self._starts = np.cumsum(room) - room
        self._filled = np.zeros(len(room), np.int64)
        self._leaders = np.empty(len(places), np.int32)

    def on(self, texts: Numbers, places: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
        """Give for each text the leaders in its place: two arrays of one length."""
        many = self._filled[places]
        first = self._starts[places] - (np.cumsum(many) - many)
        return np.repeat(texts, many), self._leaders[np.repeat(first, many) + np.arange(many.sum())]

    def put(self, leaders: Numbers, places: Numbers) -> None:
        """Add leaders to places, in the order given."""
        order = np.argsort(places, kind="stable")
        here, first, many = np.unique(places[order], return_index=True, return_counts=True)
        end = self._starts[here] + self._filled[here]
        self._leaders[np.repeat(end - first, many) + np.arange(len(order))] = leaders[order]
        self._filled[here] += many


def followers(all_sets: Sets, sets: Numbers, places: Numbers) -> Iterator[tuple[int, int]]:
    """Yield set and leader for each set that has one, in the order of the sets.

    `sets`, `places` as `signatures.shared_bands` gives them: a leader is looked for only among the
    sets in a common place. A set that is like no earlier leader becomes one.
    """
    shelves = _Shelves(places)
    texts, firsts = np.unique(sets, return_index=True)
    bounds = np.append(firsts, len(sets))
    for start in range(0, len(texts), BLOCK):
        block = slice(bounds[start], bounds[min(start + BLOCK, len(texts))])
        before = _candidates(all_sets, *shelves.on(sets[block], places[block]))
        new: dict[int, list[int]] = {}  # leaders of this block by place
        known: dict[int, frozenset[int]] = {}
        for row, text in enumerate(texts[start : start + BLOCK].tolist(), start):
            own = all_sets[text]
            leader = _first_alike(own, before.get(text, ()), all_sets)
            if leader is None:
                where = places[bounds[row] : bounds[row + 1]].tolist()
                here = sorted({each for place in where if place in new for each in new[place]})
                leader = _first_alike(own, here, known)
            if leader is not None:
                yield text, leader
                continue
            known[text] = own
            for place in where:
                new.setdefault(place, []).append(text)
        leading = np.isin(sets[block], np.fromiter(known, np.int64))
        shelves.put(sets[block][leading], places[block][leading])


def _candidates(
    all_sets: Sets, texts: Numbers, leaders: NDArray[np.int32]
) -> Mapping[int, Sequence[int]]:
    """Give by text the leaders that may be alike, in order."""
    near = all_sets.may_be_alike(texts, leaders)
    by_text: dict[int, list[int]] = defaultdict(list)
    for pair in np.unique(texts[near] << 32 | leaders[near]).tolist():
        by_text[pair >> 32].append(pair & 0xFFFFFFFF)
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

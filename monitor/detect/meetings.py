"""Two accounts met: both acted on one object, close in time."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby, starmap
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from monitor.detect import columns
from monitor.detect.actions import kind_of

WINDOW = timedelta(days=28)  # longest gap that still counts, with little weight: only of texts,
# as every other object counts anew after a day (spans.py)
HALF = timedelta(minutes=1)  # a meeting with this gap weighs half of one at the same second


class Meeting(NamedTuple):
    """Two accounts acted on one object: their two closest posts."""

    a: str
    b: str
    name: str  # the object, kind:name
    post_a: str
    post_b: str
    at_a: datetime
    at_b: datetime
    accounts: int  # how many accounts acted on the object at all

    @property
    def kind(self) -> str:
        """Return the object's kind."""
        return kind_of(self.name)

    @property
    def gap(self) -> timedelta:
        """Return the time between the two posts."""
        return abs(self.at_a - self.at_b)

    @property
    def weight(self) -> float:
        """Weigh by nearness in time and rarity of the object, 0 to 1.

        1 / (1 + log2(1 + gap / HALF)): .5 after a minute, .14 after an hour, .09 after a day, so
        that a slow campaign keeps its edges. No window cuts in between.
        """
        nearness = 1 / (1 + math.log2(1 + self.gap / HALF))
        return nearness / math.log2(max(self.accounts, 2))


Pairs = Mapping[tuple[str, str], Sequence[Meeting]]
_COLUMNS = ("a", "b", "object", "content_a", "content_b", "at_a", "at_b")


def strong_pairs(meetings: pa.Table, min_shared: int) -> Pairs:
    """Give the pairs that met on `min_shared` distinct objects in distinct posts, in their order.

    `meetings` as `pairs.meetings` gives them. What one post shares (its text, its link, its tags,
    its picture) is one meeting with each other post: the closest one counts.
    """
    found: dict[tuple[str, str], tuple[Meeting, ...]] = {}
    for pair, met in groupby(_read(meetings, _nearest_first(meetings)), key=itemgetter(0, 1)):
        counted = tuple(_once_a_post(met))
        if len(counted) >= min_shared:
            found[pair] = counted
    return found


def _read(table: pa.Table, order: NDArray[np.int64]) -> Iterator[Meeting]:
    values = [columns.shared(table[name], order) for name in _COLUMNS]
    accounts = table["accounts"].to_numpy()[order].tolist()
    return starmap(Meeting, zip(*values, accounts, strict=True))


def _once_a_post(met: Iterable[Meeting]) -> Iterator[Meeting]:
    used: set[str] = set()
    for each in met:
        if each.post_a not in used and each.post_b not in used:
            used |= {each.post_a, each.post_b}
            yield each


def _nearest_first(meetings: pa.Table) -> NDArray[np.int64]:
    """Order each pair's meetings; what they shared says more than that it was at one moment."""
    at_a, at_b = (meetings[name].cast(pa.int64()).to_numpy() for name in ("at_a", "at_b"))
    objects = meetings["object"].combine_chunks().dictionary_encode()
    names = objects.dictionary.to_pylist()
    places = {name: place for place, name in enumerate(sorted(names))}
    codes = objects.indices.to_numpy()
    name = np.array([places[each] for each in names], np.int64)[codes]
    moment = np.array([kind_of(each) == "moment" for each in names], bool)[codes]
    return np.lexsort((name, moment, at_a, abs(at_a - at_b), _pair_numbers(meetings)))


def _pair_numbers(meetings: pa.Table) -> NDArray[np.int64]:
    """Give each meeting the number of its pair, in the order in which they come."""
    new = np.zeros(meetings.num_rows, bool)
    for side in ("a", "b"):
        codes = meetings[side].combine_chunks().dictionary_encode().indices.to_numpy()
        new[1:] |= codes[1:] != codes[:-1]
    return np.cumsum(new)

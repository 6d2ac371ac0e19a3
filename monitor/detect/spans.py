"""The same object on different days: a tag string used for weeks links anew each time."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from monitor.detect.actions import kind_of

SPAN = timedelta(hours=24)  # from a span's first action; what comes later is another episode
LASTING = frozenset(("hashtags", "link", "image", "repost", "reply"))  # a text is one, whenever

_SPAN = SPAN // timedelta(microseconds=1)


def spans(actions: pa.Table) -> pa.Table:
    """Name the objects of actions (ACTION_SCHEMA) by span: "link:x" becomes "link:x@1" a day later.

    Two accounts that use one string of tags on two days have met twice, not once. A span begins
    with the first action after the last span's end. A copied text stays one object: who publishes
    it later publishes the same.
    """
    objects = actions["object"].combine_chunks().dictionary_encode()
    names, codes = objects.dictionary.to_pylist(), objects.indices.to_numpy()
    micros = actions["at"].cast(pa.int64()).to_numpy()
    order = np.lexsort((micros, codes))
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    starts, times = np.append(0, ends)[:-1], micros[order]
    renamed = [names[code] for code in codes.tolist()]
    for place in np.flatnonzero(times[ends - 1] - times[starts] > _SPAN).tolist():
        name, its = names[place], slice(starts[place], ends[place])
        if kind_of(name) in LASTING:
            for row, number in zip(order[its].tolist(), _numbers(times[its]), strict=True):
                renamed[row] = f"{name}@{number}" if number else name
    return actions.set_column(0, "object", pa.array(renamed, pa.string()))


def _numbers(times: NDArray[np.int64]) -> Iterator[int]:
    """Give each action of one object its span's number, from 0; times in order."""
    number, start = 0, times[0]
    for time in times.tolist():
        if time - start > _SPAN:
            number, start = number + 1, time
        yield number


def without_span(name: str) -> str:
    """Give an object's own name."""
    bare, sign, number = name.rpartition("@")
    return bare if sign and number.isdigit() and kind_of(name) in LASTING else name

"""The same object on different days: a tag string used for weeks links anew each time."""

from datetime import timedelta
from typing import Any

import pyarrow as pa

from monitor.detect.actions import kind_of

SPAN = timedelta(hours=24)  # from a span's first action; what comes later is another episode
LASTING = frozenset(("hashtags", "link", "image", "repost", "reply"))  # a text is one, whenever


def spans(actions: pa.Table) -> pa.Table:
    """Name the objects of actions (ACTION_SCHEMA) by span: "link:x" becomes "link:x@1" a day later.

    Two accounts that use one string of tags on two days have met twice, not once. A span begins
    with the first action after the last span's end. A copied text stays one object: who publishes
    it later publishes the same.
    """
    names, times = actions["object"].to_pylist(), actions["at"].to_pylist()
    begun: dict[str, tuple[Any, int]] = {}
    for row in sorted(range(len(names)), key=times.__getitem__):
        name, at = names[row], times[row]
        if kind_of(name) not in LASTING:
            continue
        start, number = begun.get(name, (at, 0))
        if at - start > SPAN:
            start, number = at, number + 1
        begun[name] = (start, number)
        if number:
            names[row] = f"{name}@{number}"
    return actions.set_column(0, "object", pa.array(names, pa.string()))


def without_span(name: str) -> str:
    """Give an object's own name."""
    bare, sign, number = name.rpartition("@")
    return bare if sign and number.isdigit() and kind_of(name) in LASTING else name

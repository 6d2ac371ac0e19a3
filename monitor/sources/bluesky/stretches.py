"""Stretches of time that are read, and those between them. Pure."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple


class Stretch(NamedTuple):
    """From `start` to `end`."""

    start: datetime
    end: datetime


def unread(
    whole: Stretch, read: Iterable[tuple[datetime, datetime]], again: datetime
) -> list[Stretch]:
    """Return what of `whole` is not read (`read`: oldest first), and all since `again`."""
    found: list[Stretch] = []
    start = whole.start
    for low, high in read:
        if low > start:
            found.append(Stretch(start, min(low, again)))
        start = max(start, high)
    found.append(Stretch(min(start, again), whole.end))
    return [each for each in found if each.start < each.end]


def overlaps(stretches: Iterable[Stretch], whole: Stretch) -> list[Stretch]:
    """Return what of `stretches` lies in `whole`."""
    parts = [Stretch(max(each.start, whole.start), min(each.end, whole.end)) for each in stretches]
    return [each for each in parts if each.start < each.end]


def between(read: Iterable[tuple[datetime, datetime]]) -> list[Stretch]:
    """Return the gaps between stretches that are read (oldest first)."""
    return [
        Stretch(before[1], after[0]) for before, after in pairwise(read) if before[1] < after[0]
    ]

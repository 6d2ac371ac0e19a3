"""Long lists in pieces that one statement can hold."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 5_000  # values a statement; SQLite takes 32,766, PostgreSQL 65,535


def chunks(items: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield `items` in order, at most `size` at once."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

"""Long lists in pieces that one statement can hold."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 20_000  # rows a statement: as many as a large batch has (monitor.sources.files.batches)


def chunks(items: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield `items` in order, at most `size` at once."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

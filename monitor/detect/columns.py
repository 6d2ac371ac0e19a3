"""Columns of a table as Python values, a piece at a time: rows as dicts take ten times as long."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

PIECE = 20_000  # rows that are Python objects at once
NOTHING: Sequence[Any] = ()


def rows(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield each row's values in the order of `names`; a list that is null is empty."""
    for batch in table.select(list(names)).to_batches(max_chunksize=PIECE):
        yield from zip(*(_values(column) for column in batch.columns), strict=True)


def _values(column: pa.Array) -> Sequence[Any]:
    return _lists(column) if pa.types.is_list(column.type) else column.to_pylist()


def _lists(column: pa.Array) -> list[Sequence[Any]]:
    values = column.flatten().to_pylist()
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_pylist()
    found, start = [], 0
    for length in lengths:
        found.append(values[start : start + length] if length else NOTHING)
        start += length
    return found

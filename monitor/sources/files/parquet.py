"""Parquet: one post a row, its columns the fields of the project's own JSONL.

`account` is a struct, or its fields are columns of their own: `account_id`, `account.handle`, …
Times are Arrow timestamps (without a zone: UTC) or ISO 8601 text.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from data.errors import RecordError
from monitor.sources.files.unpacked import Unpacked

MAGIC = b"PAR1"  # its first four bytes, and its last
_ROWS = 1_000  # in memory at a time
_ACCOUNT = ("account_", "account.")


def is_parquet(stream: Unpacked) -> bool:
    """Say whether the stream, of which nothing is read yet, is Parquet."""
    return stream.start(len(MAGIC)) == MAGIC


def rows(stream: Unpacked) -> Iterator[tuple[int, dict[str, Any] | RecordError]]:
    """Yield each row's number, from 1, and the row as an object of the own JSONL.

    Where the file is damaged, its last item is a RecordError. A stream cannot be read from its end,
    where Parquet keeps its table of contents: it is copied to a temporary file first.
    """
    import pyarrow.parquet as pq

    number = 0
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        try:
            for batch in pq.ParquetFile(copy).iter_batches(batch_size=_ROWS):
                for row in _flat(pa.Table.from_batches([batch])).to_pylist():
                    number += 1
                    yield number, _as_item(row)
        except (pa.ArrowException, OSError) as error:
            yield number + 1, RecordError("archive_broken", str(error))


def body(row: Mapping[str, Any]) -> str:
    """Write a row as it goes to quarantine."""
    return json.dumps(row, ensure_ascii=False, default=str)


def _flat(table: pa.Table) -> pa.Table:
    """Make structs columns (`account.id`); cut nanoseconds off, which Python's times lack."""
    table = table.flatten()
    for place, each in enumerate(table.schema):
        if pa.types.is_timestamp(each.type) and each.type.unit == "ns":
            kind = pa.timestamp("us", each.type.tz)
            table = table.set_column(place, each.name, table[place].cast(kind, safe=False))
    return table


def _as_item(row: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    account: dict[str, Any] = {}
    for name, value in row.items():
        part = next((name.removeprefix(each) for each in _ACCOUNT if name.startswith(each)), None)
        if part is None:
            item[name] = _plain(value)
        else:
            account[part] = _plain(value)
    return {**item, "account": account} if account else item


def _plain(value: object) -> object:
    """Turn what JSON does not have into what it has: times and bytes into text."""
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value

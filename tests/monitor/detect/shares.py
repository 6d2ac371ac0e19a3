"""Shares as tests write them: (account, object, second) or (account, object, second, content)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from monitor.detect import exact
from monitor.detect.engines.duckdb import Duck
from monitor.detect.own import own

START = datetime(2026, 11, 16, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
Share = tuple[Any, ...]


def shares(*rows: Share) -> pa.Table:
    """Make a table of shares; a content of its own for each row that names none."""
    filled = [row if len(row) == 4 else (*row, f"post {place}") for place, row in enumerate(rows)]
    return pa.table(
        {
            "object": pa.array([row[1] for row in filled], pa.string()),
            "account": pa.array([row[0] for row in filled], pa.string()),
            "content": pa.array([row[3] for row in filled], pa.string()),
            "at": pa.array(
                [START + timedelta(seconds=row[2]) for row in filled], pa.timestamp("us", "UTC")
            ),
        }
    )


def weights(pairs: pa.Table) -> list[tuple[str, str, int]]:
    """Give (a, b, weight) of each pair."""
    rows = pairs.select(["a", "b", "weight"]).to_pylist()
    return [(row["a"], row["b"], row["weight"]) for row in rows]


def own_pairs(table: pa.Table, window: timedelta, min_shared: int) -> pa.Table:
    """Find pairs as `--pairs --mode own` does."""
    with Duck() as duck:
        duck.load(table)
        own(duck, window // MICROSECOND, min_shared)
        return _pairs(duck)


def coortweet_pairs(table: pa.Table, window: timedelta, min_participation: int) -> pa.Table:
    """Find pairs as `--pairs --mode coortweet` does."""
    with Duck() as duck:
        duck.load(table)
        exact.coortweet(duck, window // MICROSECOND, min_participation)
        return _pairs(duck)


def toolkit_pairs(table: pa.Table, window: timedelta, min_weight: int) -> pa.Table:
    """Find directed edges as `--pairs --mode toolkit` does."""
    with Duck() as duck:
        duck.load(table)
        exact.toolkit(duck, window // MICROSECOND, min_weight)
        return _pairs(duck)


def _pairs(duck: Duck) -> pa.Table:
    found = duck.table(
        "SELECT a, b, weight, objects, first_us, last_us FROM pairs ORDER BY weight DESC, a, b"
    )
    for name in ("first", "last"):
        place = found.schema.get_field_index(f"{name}_us")
        times = found[f"{name}_us"].cast(pa.timestamp("us", "UTC"))
        found = found.set_column(place, name, times)
    return found

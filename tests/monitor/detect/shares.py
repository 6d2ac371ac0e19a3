"""Shares as tests write them: (account, object, second) or (account, object, second, content)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

START = datetime(2026, 11, 16, tzinfo=UTC)
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

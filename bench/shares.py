"""Writes synthetic shares for the benchmark: who shared which object, in which post, when.

Nothing here is real. Accounts are Zipf-active and objects Zipf-popular over 30 days, as the peers'
figures were measured; the heavy case adds one object that is shared 50,000 times in ten minutes.
Stands alone: `python bench/shares.py 100000 shares.csv`, `python bench/shares.py heavy shares.csv`.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

START = 1_790_000_000  # epoch seconds, autumn 2026
SPAN_SECONDS = 30 * 86_400
HEAVY_ROWS = 200_000
HEAVY_SHARES = 50_000  # of them on one object
HEAVY_SECONDS = 600
SEED = 7


def zipf_shares(rows: int, seed: int = SEED) -> pa.Table:
    """Draw `rows` shares: a tenth as many accounts, a fifth as many objects, weight 1/rank."""
    random = np.random.default_rng(seed)
    return _table(
        _zipf(random, rows, max(rows // 5, 2)),
        _zipf(random, rows, max(rows // 10, 2)),
        START + random.integers(0, SPAN_SECONDS, rows),
    )


def heavy_shares(seed: int = SEED) -> pa.Table:
    """Draw 200,000 shares of which 50,000 are on one object within ten minutes."""
    random = np.random.default_rng(seed)
    rest = zipf_shares(HEAVY_ROWS - HEAVY_SHARES, seed)
    burst = _table(
        np.full(HEAVY_SHARES, -1),
        random.integers(0, (HEAVY_ROWS - HEAVY_SHARES) // 10, HEAVY_SHARES),
        START + SPAN_SECONDS // 2 + random.integers(0, HEAVY_SECONDS, HEAVY_SHARES),
        first_content=rest.num_rows,
    )
    return pa.concat_tables([rest, burst])


def write_shares(table: pa.Table, path: Path) -> None:
    """Write the shares as CooRTweet's CSV."""
    csv.write_csv(table, path, csv.WriteOptions(quoting_style="none"))


def _zipf(random: np.random.Generator, rows: int, values: int) -> np.ndarray:
    weights = 1 / np.arange(1, values + 1)
    return np.searchsorted(np.cumsum(weights / weights.sum()), random.random(rows)).clip(
        0, values - 1
    )


def _table(
    objects: np.ndarray, accounts: np.ndarray, at: np.ndarray, first_content: int = 0
) -> pa.Table:
    contents = np.arange(first_content, first_content + len(at))
    return pa.table(
        {
            "object_id": np.char.add("o", objects.astype(str)),
            "account_id": np.char.add("a", accounts.astype(str)),
            "content_id": np.char.add("c", contents.astype(str)),
            "timestamp_share": at,
        }
    )


def main(arguments: list[str]) -> None:
    """Write the shares named on the command line."""
    size, path = arguments
    table = heavy_shares() if size == "heavy" else zipf_shares(int(size))
    write_shares(table, Path(path))


if __name__ == "__main__":
    main(sys.argv[1:])

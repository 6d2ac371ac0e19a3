"""Measures `hhhilft detect --pairs` on made shares: CPU and peak memory of the whole process.

No other tool is run here. What the peers need on shares made the same way is cited from their
measurement (reference/README of the project's data: two cores, window 60 s, user CPU).
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.child import hhhilft, run
from bench.markdown import figure, table

HEAVY = "200 k, of them one object 50 k times in 10 min"
PEERS = {  # CooRTweet 2.1.3, coordination-network-toolkit 1.5.2
    "10 k": ("4.3 s, 215 MB", "0.6 s, 53 MB"),
    "100 k": ("70 s, 184 MB", "2.7 s, 59 MB"),
    "1000 k": ("not done after 776 s", "39 s, 100 MB"),
    HEAVY: ("killed at 21.9 GB", "not done in 100 s"),
}


def report(sizes: Sequence[int], *, heavy: bool) -> str:
    """Measure each number of shares, and with `heavy` the burst; give a Markdown table."""
    names = [(f"{size // 1000} k", size) for size in sizes]
    rows = [_row(name, size) for name, size in names]
    if heavy:
        rows.append(_row(HEAVY, None))
    head = ["shares", "CPU s", "peak MB", "pairs", "CooRTweet", "coordination-network-toolkit"]
    return table(head, rows)


def _row(name: str, size: int | None) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shares.csv"
        run([sys.executable, "-m", "bench.shares", str(size or "heavy"), str(path)])
        cost = run(hhhilft("detect", "--posts", str(path), "--pairs", "--json"))
    found = figure(cost.output.count("\n"))
    costs = [figure(cost.cpu_seconds, 2), figure(cost.peak_mb), found]
    return [name, *costs, *PEERS.get(name, ("–", "–"))]


if __name__ == "__main__":
    print(report((10_000, 100_000, 1_000_000), heavy=True))  # noqa: T201

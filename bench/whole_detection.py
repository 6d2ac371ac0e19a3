"""What the whole of detection costs: files of made posts, and scheduled runs over a store.

Run alone: `python -m bench.whole_detection --help`. The posts are synthetic (bench.many_worlds).
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from bench.child import Cost, hhhilft, run
from bench.many_worlds import DAYS, START, write_heavy_posts, write_posts
from bench.markdown import figure, table

SIZES = (20_000, 100_000, 1_000_000)
MODULE = "bench.whole_detection"  # run again as a child of its own
STORE = 20_000  # posts in the store that scheduled runs look at
HEAVY = "200 k, one link by 50 k accounts in a day"


def report(sizes: Sequence[int] = SIZES, *, heavy: bool = True) -> str:
    """Measure each size, the popular link and the store; give Markdown."""
    return "\n\n".join((_files(sizes, heavy=heavy), _store()))


def _files(sizes: Sequence[int], *, heavy: bool) -> str:
    rows, costs = [], []
    for size in sizes:
        reading, all_of_it = _measured(size)
        rows.append(_row(f"{size // 1000} k", reading, all_of_it))
        costs.append((size, all_of_it.cpu_seconds))
    if heavy:
        rows.append(_row(HEAVY, *_measured(None)))
    text = table(["posts", "CPU s", "of it reading", "peak MB", "reading only, MB", "groups"], rows)
    steps = [
        f"{small // 1000} k to {large // 1000} k: "
        f"{math.log(dear / cheap) / math.log(large / small):.2f}"
        for (small, cheap), (large, dear) in pairwise(costs)
    ]
    return f"{text}\n\nGrowth exponents of the CPU time: {'; '.join(steps) or '–'}."


def _measured(size: int | None) -> tuple[Cost, Cost]:
    """Give what reading the file alone costs, and `hhhilft detect --posts FILE --json`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.jsonl"
        if size is None:
            write_heavy_posts(path)
        else:
            write_posts(path, size)
        reading = run([sys.executable, "-m", MODULE, "--read", str(path)])
        return reading, run(hhhilft("detect", "--posts", str(path), "--json"))


def _row(name: str, reading: Cost, cost: Cost) -> list[str]:
    seconds = [figure(each.cpu_seconds, 1) for each in (cost, reading)]
    peaks = [figure(each.peak_mb) for each in (cost, reading)]
    return [name, *seconds, *peaks, str(len(json.loads(cost.output)["clusters"]))]


def _store() -> str:
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "posts.jsonl", Path(folder) / "store.db"
        write_posts(file, STORE)
        environment = {"HHHILFT_STORE_URL": f"sqlite:///{store}"}
        run(hhhilft("import", str(file)), environment)
        answer = run([sys.executable, "-m", MODULE, "--scheduled"], environment).output
    rows = [[name, figure(seconds, 2)] for name, seconds in json.loads(answer)]
    return (
        f"Scheduled runs over {DAYS} days of {figure(STORE)} posts in SQLite, one worker:\n\n"
        + (table(["run", "CPU s"], rows))
    )


def _read(path: Path) -> None:
    from monitor.detecting import read_files

    read_files([path], lambda _path, _rejected: None)


def _scheduled() -> None:
    """Run as the worker does: its first run, one with everything loaded, one with nothing new."""
    import time

    from data.config import read_config
    from data.engine import open_store
    from monitor import steps

    config = read_config()
    engine, now, took = open_store(config.store_url), START + timedelta(days=DAYS), []
    for name, step in (
        ("the worker's first", steps.detect),
        ("later, with something new", steps.detect),
        ("later, with nothing new", steps.detect_changes),
    ):
        began = time.process_time()
        step(engine, config, now)
        took.append((name, time.process_time() - began))
    sys.stdout.write(json.dumps(took))


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.whole_detection", description=__doc__)
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES, help="numbers of posts")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--scheduled", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        _read(chosen.read)
    elif chosen.scheduled:
        _scheduled()
    else:
        sys.stdout.write(report(chosen.sizes) + "\n")


if __name__ == "__main__":
    main()

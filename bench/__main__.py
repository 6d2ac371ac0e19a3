"""Runs the measurements and prints their tables."""

import argparse
import os
import sys

from bench import detection, import_posts, pages, pairs, search, tag_posts, whole_detection

SIZES = {"small": (10_000,), "medium": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000)}
PARTS = ("import", "tag", "pairs", "cost", "detection", "pages", "search")


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", choices=SIZES, default="full", help="how far up to go")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be repeated")
    chosen = parser.parse_args()
    sizes, parts = SIZES[chosen.sizes], chosen.only or PARTS
    _say(f"{os.cpu_count()} cores, {_machine()}; synthetic data.")
    if "import" in parts:
        _say("### Import\n\n" + import_posts.report(sizes))
    if "tag" in parts:
        _say("### Tagging\n\n" + tag_posts.report())
    if "pairs" in parts:
        _say("### Pairs\n\n" + pairs.report(sizes, heavy=chosen.sizes == "full"))
    if "cost" in parts:
        full = chosen.sizes == "full"
        _say("### Cost of detection\n\n" + whole_detection.report(sizes, heavy=full))
    if "detection" in parts:
        _say("### Detection\n\n" + detection.report(()))
    if "pages" in parts:
        _say("### Pages\n\n" + pages.report(sizes[-1]))
    if "search" in parts:
        _say("### Search\n\n" + search.report(sizes[-1]))


def _machine() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123  a file of the kernel
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, Python {sys.version.split()[0]}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

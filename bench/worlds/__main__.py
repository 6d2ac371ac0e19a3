"""Writes synthetic worlds with their truth into folders named scenario-seed."""

import argparse
import sys
from pathlib import Path

from bench.worlds.scenarios import CAMPAIGNS, EMPTY, ORGANIC, make_world


def main() -> None:
    """Parse, make, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.worlds", description=__doc__)
    known = [EMPTY, *CAMPAIGNS, *ORGANIC]
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    usual = [EMPTY, *CAMPAIGNS]
    parser.add_argument(
        "--kinds", nargs="+", choices=known, default=usual, metavar="KIND",
        help="scenarios; by default every campaign kind and a world without. " + ", ".join(known),
    )  # fmt: skip
    parser.add_argument(
        "--organic", action="store_true", help="each organic kind alone instead of --kinds"
    )
    parser.add_argument("--leave-out", nargs="*", choices=list(ORGANIC), default=[], metavar="KIND")
    chosen = parser.parse_args()
    for seed in chosen.seeds:
        for kind in ORGANIC if chosen.organic else chosen.kinds:
            world = make_world(kind, seed, chosen.leave_out)
            world.write(chosen.out / f"{kind}-{seed}")
            sys.stdout.write(f"{kind}-{seed}: {len(world.rows)} posts\n")


if __name__ == "__main__":
    main()

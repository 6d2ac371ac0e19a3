"""How often the best offer found for a need is the right one, on hand-written needs and offers.

    python -m bench.matching FILE [--show] [--copies N]

FILE is JSON Lines: {"id", "side": need | offer, "text", "created_at", "account", "answers": [ids]};
`answers` of needs only, empty where nothing fits. Sides, topics and places are not given to the
program: it reads them from the text.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.markdown import figure, table
from data.records import read_time
from nlp.matching import Match, match
from nlp.pipeline import load
from nlp.tagged import Tagged
from nlp.wishes import Post, Reader, Wish


@dataclass(frozen=True)
class Result:
    """Hits and needs with a right answer; needs without one, and those that rightly got none."""

    needs: int
    hits: int
    open: int
    left_alone: int
    sides: int
    posts: int


def read(path: Path) -> list[dict[str, Any]]:
    """Read the file's lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def wishes_of(rows: Sequence[dict[str, Any]]) -> list[Wish]:
    """Read what the posts seek and offer, as `hhhilft match` does."""
    reader = Reader()
    tagged = load().tag(row["text"] for row in rows)
    return [
        wish for row, tags in zip(rows, tagged, strict=True) for wish in _read(reader, row, tags)
    ]


def measure(
    rows: Sequence[dict[str, Any]], wishes: Sequence[Wish], found: Sequence[Match]
) -> Result:
    """Compare the best offer of each need with the right ones."""
    best: dict[str, str] = {}
    for each in found:
        best.setdefault(each.need, each.offer)
    needs = [row for row in rows if row["side"] == "need"]
    answered = [row for row in needs if row["answers"]]
    alone = [row for row in needs if not row["answers"]]
    read_as: dict[str, set[str]] = {}
    for wish in wishes:
        read_as.setdefault(wish.post, set()).add(wish.side)
    return Result(
        needs=len(answered),
        hits=sum(best.get(row["id"]) in row["answers"] for row in answered),
        open=len(alone),
        left_alone=sum(row["id"] not in best for row in alone),
        sides=sum(row["side"] in read_as.get(row["id"], ()) for row in rows),
        posts=len(rows),
    )


def report(path: Path) -> str:
    """Give the table of BENCHMARKS.md."""
    rows = read(path)
    wishes = wishes_of(rows)
    told = measure(rows, wishes, match(wishes))
    return table(
        ["needs with an offer", "hit@1", "needs without one", "left alone", "side read rightly"],
        [
            [
                str(told.needs),
                f"{told.hits / max(1, told.needs):.2f}",
                str(told.open),
                f"{told.left_alone / max(1, told.open):.2f}",
                f"{told.sides / max(1, told.posts):.2f}",
            ]
        ],
    )


def misses(path: Path) -> str:
    """List the needs whose best offer is not the right one, for those who improve the matching."""
    rows = read(path)
    texts = {row["id"]: row["text"] for row in rows}
    wishes = wishes_of(rows)
    said: dict[str, list[str]] = {}
    for wish in wishes:
        said.setdefault(wish.post, []).append(f"{wish.side} {wish.item.key}")
    best: dict[str, list[Match]] = {}
    for each in match(wishes):
        best.setdefault(each.need, []).append(each)
    lines = []
    for row in rows:
        if row["side"] != "need":
            continue
        mine = best.get(row["id"], [])
        if (mine[0].offer in row["answers"]) if mine else not row["answers"]:
            continue
        lines.append(f"{row['id']} {texts[row['id']]}\n   read: {said.get(row['id'])}")
        lines += [
            f"   right {each} {texts[each]} read: {said.get(each)}" for each in row["answers"]
        ]
        lines += [
            f"   got {each.score} {each.offer} {texts[each.offer]} read: {said.get(each.offer)}"
            for each in mine[:2]
        ]
    return "\n".join(lines)


def cost(path: Path, copies: int) -> str:
    """Measure reading and matching so many copies of the posts, by as many accounts."""
    once = read(path)
    rows = [
        {**row, "id": f"{row['id']}-{copy}", "account": f"{row['account']}-{copy}"}
        for copy in range(copies)
        for row in once
    ]
    reader = Reader()
    tagged = [*load().tag(row["text"] for row in once)] * copies
    began = time.process_time()
    wishes = [
        wish for row, tags in zip(rows, tagged, strict=True) for wish in _read(reader, row, tags)
    ]
    middle = time.process_time()
    found = match(wishes)
    ended = time.process_time()
    sides = Counter(row["side"] for row in rows)
    return table(
        ["needs", "offers", "reading, CPU s", "matching, CPU s", "matches"],
        [
            [
                figure(sides["need"]),
                figure(sides["offer"]),
                figure(middle - began, 1),
                figure(ended - middle, 1),
                figure(len(found)),
            ]
        ],
    )


def _read(reader: Reader, row: dict[str, Any], tagged: Tagged) -> list[Wish]:
    at = read_time(row["created_at"])
    return reader.read(Post(row["id"], row["account"], at, row["text"], tagged))


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="list the misses as well")
    parser.add_argument("--copies", type=int, help="measure the cost on so many copies instead")
    chosen = parser.parse_args()
    if chosen.copies:
        sys.stdout.write(cost(chosen.file, chosen.copies) + "\n")
        return
    sys.stdout.write(report(chosen.file) + "\n")
    if chosen.show:
        sys.stdout.write(misses(chosen.file) + "\n")


if __name__ == "__main__":
    main()

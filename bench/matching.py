"""How often the best offer found for a need is the right one, on hand-written needs and offers.

    python -m bench.matching FILE [--show] [--copies N]
    python -m bench.matching --timeline

FILE is JSON Lines: {"id", "side": need | offer, "text", "created_at", "account", "answers": [ids]};
`answers` of needs only, empty where nothing fits. Sides, topics and places are not given to the
program: it reads them from the text.

A timeline has posts as well that neither seek nor offer: those of data/corpus which the matching
has not learned from are taken for one, each by an account of its own.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bench.markdown import figure, table
from data.corpus import UNSEEN, read_corpus
from nlp import meaning, pair_model
from nlp.answers import OFFERS, SEEKS, answers
from nlp.matching import Match, match
from nlp.pair_features import side_features
from nlp.pair_training import post_told, told_of
from nlp.pipeline import load
from nlp.sides import NEED, OFFER
from nlp.wishes import Reader, Told, Wish

NOON = "2026-11-16T12:00:00Z"


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


class Side(NamedTuple):
    """What a post was read as."""

    post: str
    side: str


def wishes_of(rows: Sequence[dict[str, Any]]) -> list[Wish]:
    """Read what the posts seek and offer, item by item."""
    return [wish for each in told_of(rows, Reader()) for wish in each.wishes]


def sides_of(told: Sequence[Told]) -> list[Wish] | list[Side]:
    """Return what the posts are read as: the likelier side, without the encoder that of items."""
    meant = [(each, each.meant) for each in told if each.meant]
    if not meant:
        return [wish for each in told for wish in each.wishes]
    odds = pair_model.read().side.odds([side_features(*each) for each in meant])
    return [
        Side(each.whole.post, NEED if seeks > 0 else OFFER)
        for (each, _), seeks in zip(meant, odds, strict=True)
    ]


def best_of(found: Sequence[Match]) -> dict[str, str]:
    """Give the best offer of each need."""
    best: dict[str, str] = {}
    for each in found:
        best.setdefault(each.need, each.offer)
    return best


def measure(
    rows: Sequence[dict[str, Any]], said: Sequence[Wish | Side], found: Sequence[Match]
) -> Result:
    """Compare the best offer of each need with the right ones."""
    best = best_of(found)
    needs = [row for row in rows if row["side"] == "need"]
    answered = [row for row in needs if row["answers"]]
    alone = [row for row in needs if not row["answers"]]
    read_as: dict[str, set[str]] = {}
    for each in said:
        read_as.setdefault(each.post, set()).add(each.side)
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
    told = told_of(rows, Reader(meaning.load()))
    by_items = [wish for each in told for wish in each.wishes]
    ways = {
        "items alone": measure(rows, by_items, match(by_items)),
        "the program": measure(rows, sides_of(told), answers(told)),
        "the program, always showing its best": measure(
            rows, sides_of(told), answers(told, least=0)
        ),
    }
    return table(
        [
            "by",
            "needs with an offer",
            "hit@1",
            "needs without one",
            "left alone",
            "side read rightly",
        ],
        [
            [
                name,
                str(found.needs),
                f"{found.hits / max(1, found.needs):.2f}",
                str(found.open),
                f"{found.left_alone / max(1, found.open):.2f}",
                f"{found.sides / max(1, found.posts):.2f}",
            ]
            for name, found in ways.items()
        ],
    )


def misses(path: Path) -> str:
    """List the needs whose best offer is not the right one, for those who improve the matching."""
    rows = read(path)
    texts = {row["id"]: row["text"] for row in rows}
    told = told_of(rows, Reader(meaning.load()))
    said: dict[str, list[str]] = {}
    for wish in (wish for each in told for wish in each.wishes):
        said.setdefault(wish.post, []).append(f"{wish.side} {wish.item.key}")
    best: dict[str, list[Match]] = {}
    for each in answers(told):
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
    reader = Reader(meaning.load())
    tagged = [*load().tag(row["text"] for row in once)] * copies
    began = time.process_time()
    told = [post_told(reader, row, tags) for row, tags in zip(rows, tagged, strict=True)]
    middle = time.process_time()
    found = answers(told)
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


def timeline() -> str:
    """Count which posts of a timeline are shown with an offer, and whether they seek at all."""
    posts = [post for post in read_corpus() if post["part"] in UNSEEN]
    rows = [
        {"id": str(at), "account": str(at), "created_at": NOON, "text": post["text"]}
        for at, post in enumerate(posts)
    ]
    told = told_of(rows, Reader(meaning.load()))
    by_items = match(wish for each in told for wish in each.wishes)
    seeks = {row["id"] for row, post in zip(rows, posts, strict=True) if SEEKS in post["intents"]}
    offers = {row["id"] for row, post in zip(rows, posts, strict=True) if OFFERS in post["intents"]}
    lines = []
    for name, found in (("items alone", by_items), ("the program", answers(told))):
        best = best_of(found)
        rightly = {need: offer for need, offer in best.items() if need in seeks}
        both = sum(offer in offers for offer in rightly.values())
        counted = (len(rows), len(seeks), len(best), len(rightly), both)
        lines.append([name, *map(figure, counted)])
    head = [
        "by",
        "posts",
        "that seek",
        "shown with an offer",
        "of these seek",
        "and are shown an offer",
    ]
    return table(head, lines)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--timeline", action="store_true", help="count on a timeline instead")
    parser.add_argument("--show", action="store_true", help="list the misses as well")
    parser.add_argument("--copies", type=int, help="measure the cost on so many copies instead")
    chosen = parser.parse_args()
    if chosen.timeline:
        sys.stdout.write(timeline() + "\n")
        return
    if not chosen.file:
        parser.error("FILE or --timeline is needed")
    if chosen.copies:
        sys.stdout.write(cost(chosen.file, chosen.copies) + "\n")
        return
    sys.stdout.write(report(chosen.file) + "\n")
    if chosen.show:
        sys.stdout.write(misses(chosen.file) + "\n")


if __name__ == "__main__":
    main()

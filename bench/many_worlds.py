"""Writes as many synthetic posts as wanted: worlds of bench.worlds, all within the same four weeks.

Each world keeps its people, its talk, its communities and, most of them, its campaign; ids and
handles get the world's number. Their sentences come from one small corpus, so that far more texts
resemble each other than among real posts: what comparing texts costs is rather too much here.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from pathlib import Path
from typing import Any

from bench.worlds.scenarios import CAMPAIGNS, EMPTY, make_world
from bench.worlds.world import World

START = datetime(2026, 10, 5, tzinfo=UTC)
DAYS = 28  # what a scheduled run looks at
FIRST_SEED = 20_000  # away from those that anything was tuned or measured on
HEAVY_POSTS, HEAVY_SHARES = 200_000, 50_000
HEAVY_LINK = "https://tageskurier.example/alle"
_OF_POSTS = ("id", "reply_to", "repost_of", "quote_of")


def write_posts(path: Path, count: int) -> None:
    """Write `count` posts as JSONL; the same count gives the same posts."""
    with path.open("w", encoding="utf-8") as file:
        for number, row in zip(range(count), _rows(), strict=False):
            del number
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_heavy_posts(path: Path) -> None:
    """Write 200,000 posts of which 50,000 share one link within a day, each by another account."""
    write_posts(path, HEAVY_POSTS - HEAVY_SHARES)
    noon = START + timedelta(days=DAYS / 2)
    with path.open("a", encoding="utf-8") as file:
        for number in range(HEAVY_SHARES):
            row = {
                "network": "mastodon",
                "id": f"heavy-{number}",
                "created_at": (noon + timedelta(days=number / HEAVY_SHARES)).isoformat(),
                "text": f"#HHhilft {HEAVY_LINK}",
                "links": [HEAVY_LINK],
                "hashtags": ["hhhilft"],
                "account": {"id": f"reader-{number}"},
            }
            file.write(json.dumps(row) + "\n")


def _rows() -> Iterator[dict[str, Any]]:
    for number, kind in zip(numbers(), _kinds(), strict=False):
        world = make_world(kind, FIRST_SEED + number)
        yield from (_moved(row, world, f"w{number}-") for row in world.json_rows())


def _kinds() -> Iterator[str]:
    while True:
        yield from (EMPTY, *CAMPAIGNS)


def _moved(row: dict[str, Any], world: World, prefix: str) -> dict[str, Any]:
    at = datetime.fromisoformat(row["created_at"]) - world.start
    who = row["account"]
    return {
        **row,
        **{name: prefix + row[name] for name in _OF_POSTS if row[name]},
        "created_at": (START + at % timedelta(days=DAYS)).isoformat(),
        "mentions": [prefix + each for each in row["mentions"]],
        "account": {**who, "id": prefix + who["id"], "handle": prefix + who["handle"]},
    }

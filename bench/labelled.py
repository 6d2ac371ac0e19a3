"""Labelled scenarios on disk, and the same with chance put in the place of what links accounts."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.records import Post, post_from_json
from monitor.detect.posts import post_table


@dataclass(frozen=True, slots=True)
class Labelled:
    """Posts and what is true of them."""

    scenario: str
    posts: tuple[Post, ...]
    truth: dict[str, Any]

    def table(self) -> pa.Table:
        """Give the posts as detection reads them."""
        return post_table(self.posts)


def read_folders(root: Path) -> Iterator[Labelled]:
    """Yield each scenario below `root` in the order of names."""
    for path in sorted(root.glob("*/truth.json")):
        yield read_folder(path.parent)


def read_folder(folder: Path) -> Labelled:
    """Read posts.jsonl.gz and truth.json."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    with gzip.open(folder / "posts.jsonl.gz", "rt", encoding="utf-8") as lines:
        posts = tuple(post_from_json(json.loads(line)) for line in lines)
    return Labelled(truth["scenario"], posts, truth)


def other_accounts(world: Labelled, seed: int) -> Labelled:
    """Permute the accounts among the posts of each network.

    Objects keep their popularity and share-time curves, accounts their activity; whatever links
    accounts beyond that is gone.
    """
    return _with_accounts(world, [post.network for post in world.posts], seed)


def other_accounts_of_the_day(world: Labelled, seed: int) -> Labelled:
    """Permute the accounts among the posts of each network and day.

    Objects keep their share-time curves, accounts how much they write on which day.
    """
    days = [f"{post.network} {post.created_at.date()}" for post in world.posts]
    return _with_accounts(world, days, seed)


def other_times(world: Labelled, seed: int) -> Labelled:
    """Permute the times among the posts of each account: who shares what stays, not when."""
    posts = list(world.posts)
    for places in _places([post.account.key for post in posts]):
        drawn = [posts[place].created_at for place in places]
        _shuffle(drawn, seed)
        for place, at in zip(places, drawn, strict=True):
            posts[place] = replace(posts[place], created_at=at)
    return replace(world, posts=tuple(posts))


def _with_accounts(world: Labelled, keys: list[str], seed: int) -> Labelled:
    posts = list(world.posts)
    for places in _places(keys):
        drawn = [posts[place].account for place in places]
        _shuffle(drawn, seed)
        for place, account in zip(places, drawn, strict=True):
            posts[place] = replace(posts[place], account=account)
    return replace(world, posts=tuple(posts))


def _places(keys: list[str]) -> list[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        found[key].append(place)
    return list(found.values())


def _shuffle(drawn: list[Any], seed: int) -> None:
    random.Random(seed).shuffle(drawn)  # noqa: S311  chance, not secrets

"""A person and the bridge that repeats them are no pair."""

import json
from datetime import timedelta
from pathlib import Path

from data.records import Post, post_to_json
from monitor.detecting import read_files
from tests.make import NOW, account, post

BRIDGE = account("https://bsky.brid.gy/mara")
MARA = account("did:plc:mara", "bluesky", handle="mara.example")


def said(number: int) -> Post:
    return post(
        f"at://did:plc:mara/app.bsky.feed.post/{number}",
        MARA,
        network="bluesky",
        url=f"https://bsky.app/profile/mara.example/post/{number}",
        created_at=NOW + timedelta(minutes=number),
    )


def bridged(number: int, who: str) -> Post:
    return post(
        f"https://bsky.brid.gy/{number}",
        BRIDGE,
        same_as=f"https://bsky.app/profile/{who}/post/{number}",
        created_at=NOW + timedelta(minutes=number),
    )


def read(folder: Path, *posts: Post) -> list[str]:
    file = folder / "posts.jsonl"
    lines = [json.dumps({**post_to_json(each), "same_as": each.same_as}) for each in posts]
    file.write_text("\n".join(lines), "utf-8")
    keys: list[str] = read_files([file], lambda *_: None)["key"].to_pylist()
    return keys


def test_detection_sees_a_post_and_not_its_copies_in_any_order(tmp_path: Path) -> None:
    posts = [bridged(1, "mara.example"), said(1), said(2), bridged(2, "did:plc:mara")]
    assert read(tmp_path, *posts) == [said(1).key, said(2).key]


def test_a_copy_alone_is_seen(tmp_path: Path) -> None:
    alone = bridged(3, "mara.example")
    assert read(tmp_path, said(1), alone) == [said(1).key, alone.key]


def test_an_item_of_a_feed_is_a_copy_of_the_post_that_it_shows(tmp_path: Path) -> None:
    url = "https://norden.social/@ana/7"
    toot = post("https://norden.social/users/ana/statuses/7", url=url)
    item = post(url, "feed", network="rss", url=url, same_as=url)
    assert read(tmp_path, item, toot) == [toot.key]
    assert read(tmp_path, item) == [item.key]

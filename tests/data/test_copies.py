"""Bridged copies count once, whichever of a post and its copies comes first."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data import reads
from data.detection_reads import posts_for_detection
from data.page_reads.volume import posts_between
from data.records import Post
from data.tables import posts
from data.writes import delete_posts, upsert_posts
from tests.data.stored import rows
from tests.make import MINUTE, NOW, account, post

TOOT = "https://norden.social/@ana/7"
SKEET = "https://bsky.app/profile/mara.example/post/3abc"
RECORD = "at://did:plc:mara/app.bsky.feed.post/3abc"


def at_bluesky(**known: str) -> Post:
    mara = account("did:plc:mara", "bluesky", handle="mara.example")
    return post(RECORD, mara, network="bluesky", **known)


TOOTED = post("https://norden.social/users/ana/statuses/7", url=TOOT)
PAIRS = [
    (TOOTED, post("at://x/y/z", "did:x", network="bluesky", same_as=TOOT)),
    (TOOTED, post(TOOT, "feed", network="rss", url=TOOT, same_as=TOOT)),
    (at_bluesky(url=SKEET), post("p", url=SKEET, same_as=SKEET)),
    (at_bluesky(url="https://bsky.app/profile/did:plc:mara/post/3abc"), post("p", same_as=SKEET)),
    (at_bluesky(), post("p", same_as=RECORD)),
]


def write(engine: Engine, *batches: Sequence[Post]) -> None:
    for number, batch in enumerate(batches):
        with engine.begin() as connection:
            upsert_posts(connection, batch, "file", NOW + number * MINUTE)


@pytest.mark.parametrize(("original", "copy"), PAIRS)
@pytest.mark.parametrize("order", ["original first", "copy first", "together"])
def test_a_post_and_its_copy_count_once(
    engine: Engine, original: Post, copy: Post, order: str
) -> None:
    batches = {
        "original first": ([original], [copy]),
        "copy first": ([copy], [original]),
        "together": ([copy, original],),
    }
    write(engine, *batches[order])
    with engine.connect() as connection:
        assert reads.counts(connection)["posts"] == 1
        assert posts_between(connection, NOW - MINUTE, NOW + MINUTE) == 1
        [key] = posts_for_detection(connection, NOW - MINUTE)["key"].to_pylist()
    assert key == original.key


def test_a_copy_whose_original_is_not_stored_counts(engine: Engine) -> None:
    write(engine, [post("p", same_as=SKEET), post("q", same_as=TOOT)])
    with engine.connect() as connection:
        assert reads.counts(connection)["posts"] == 2


def test_a_post_that_names_itself_is_no_copy(engine: Engine) -> None:
    write(engine, [post(TOOT, network="rss", url=TOOT, same_as=TOOT)])
    assert rows(engine, posts, "copy_of") == [(None,)]


def test_a_post_of_another_time_at_the_same_address_is_not_the_original(engine: Engine) -> None:
    long_ago = post("old", url=TOOT, created_at=NOW - timedelta(days=9))
    write(engine, [long_ago, post("p", same_as=TOOT)])
    with engine.connect() as connection:
        assert reads.counts(connection)["posts"] == 2


def test_the_copy_of_a_deleted_post_does_not_take_its_place(engine: Engine) -> None:
    original, copy = PAIRS[0]
    write(engine, [original, copy])
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", [original.id], NOW + MINUTE)
        assert reads.counts(connection)["posts"] == 0

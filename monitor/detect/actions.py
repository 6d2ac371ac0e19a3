"""Who did what with which object, when: link, text, repost, reply, picture, tag string."""

import functools
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import pyarrow as pa

from monitor.detect import columns
from monitor.detect.duplicates import text_objects
from monitor.detect.likeness import words
from monitor.detect.links import canonical_link

KINDS = ("link", "text", "repost", "reply", "image", "hashtags", "moment")
FEWEST_TAGS = 3  # besides the watched ones; fewer are shared by everyone who writes about a topic
ACTION_SCHEMA = pa.schema(
    [
        ("object", pa.string()),  # kind:name
        ("account", pa.string()),
        ("content", pa.string()),  # the post's key
        ("at", pa.timestamp("us", "UTC")),
    ]
)


def actions(
    posts: pa.Table,
    watched: Collection[str],
    places: Collection[str] = (),
    kinds: Collection[str] = KINDS,
) -> pa.Table:
    """Turn posts (POST_SCHEMA) into actions (ACTION_SCHEMA).

    `watched` are the hashtags that every post has, lower case; `places` are words (lower case) that
    are masked in texts. A post whose time is not known (a boost first seen later) is no action, and
    an object that is empty links nobody. A repost counts as one, not by the text it repeats.
    """
    texts: Iterable[str | None] = repeat(None, posts.num_rows)
    if "text" in kinds:
        texts = text_objects(
            () if of else words(text or "", places)
            for text, of in columns.rows(posts, "text", "repost_of")
        )
    found, objects, rows = _Found(watched), [], array("q")
    for row, (post, text) in enumerate(zip(columns.rows(posts, *_COLUMNS), texts, strict=True)):
        for kind, name in found.objects(post, text):
            if name and kind in kinds:
                objects.append(f"{kind}:{name}")
                rows.append(row)
    acting = posts.select(["account", "key", "created_at"]).take(pa.array(rows, pa.int64()))
    return pa.table([pa.array(objects, pa.string()), *acting.columns], schema=ACTION_SCHEMA)


def kind_of(name: str) -> str:
    """Return the kind of an action's object."""
    return name.partition(":")[0]


_COLUMNS = ("time_known", "reply_to", "repost_of", "links", "hashtags", "media", "alts")


class _Found:
    """Names the objects of a post; what comes in many posts is worked out once."""

    def __init__(self, watched: Collection[str]) -> None:
        self.watched = watched
        self.page = functools.cache(canonical_link)

    def objects(self, post: tuple[Any, ...], text: str | None) -> Iterator[tuple[str, str | None]]:
        """Yield kind and name of what a post (the values of _COLUMNS) acts on."""
        time_known, reply_to, repost_of, links, hashtags, media, alts = post
        if not time_known:
            return
        if repost_of:
            yield "repost", repost_of
            return
        yield "text", text
        yield "reply", reply_to
        if links:
            for link in sorted({self.page(each) for each in links if each}):
                yield "link", link
        if media or alts:
            for picture in _pictures(media, alts):
                yield "image", picture
        tags = [tag for tag in hashtags if tag and tag not in self.watched]
        if len(tags) >= FEWEST_TAGS:
            yield "hashtags", " ".join(tags)


def _pictures(media: Sequence[str], alts: Sequence[str]) -> list[str]:
    """Name pictures by address and by description: an upload of one's own has another address."""
    described = {" ".join(words(alt)) for alt in alts}
    return sorted({*media, *(each for each in described if each.count(" ") >= 3)})

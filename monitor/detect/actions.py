"""Who did what with which object, when: link, text, repost, reply, picture, tag string."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from monitor.detect.duplicates import text_objects
from monitor.detect.likeness import words
from monitor.detect.links import canonical_link

KINDS = ("link", "text", "repost", "reply", "image", "hashtags")
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
    rows = posts.select(_COLUMNS).to_pylist()
    texts: Sequence[str | None] = [None] * len(rows)
    if "text" in kinds:
        own = [() if row["repost_of"] else words(row["text"] or "", places) for row in rows]
        texts = text_objects(own)
    found: dict[str, list[Any]] = {name: [] for name in ACTION_SCHEMA.names}
    for row, text in zip(rows, texts, strict=True):
        if not row["time_known"]:
            continue
        for kind, name in _objects(row, text, watched):
            if kind in kinds and name:
                _add(found, f"{kind}:{name}", row)
    return pa.table(found, schema=ACTION_SCHEMA)


def kind_of(name: str) -> str:
    """Return the kind of an action's object."""
    return name.partition(":")[0]


_COLUMNS = [
    "key", "account", "created_at", "time_known", "text", "reply_to", "repost_of",
    "links", "hashtags", "media", "alts",
]  # fmt: skip


def _objects(
    row: dict[str, Any], text: str | None, watched: Collection[str]
) -> Iterator[tuple[str, str | None]]:
    if row["repost_of"]:
        yield "repost", row["repost_of"]
        return
    yield "text", text
    yield "reply", row["reply_to"]
    for link in sorted({canonical_link(each) for each in row["links"] or () if each}):
        yield "link", link
    for picture in _pictures(row):
        yield "image", picture
    tags = [tag for tag in row["hashtags"] or () if tag and tag not in watched]
    if len(tags) >= FEWEST_TAGS:
        yield "hashtags", " ".join(tags)


def _pictures(row: dict[str, Any]) -> list[str]:
    """Name pictures by address and by description: an upload of one's own has another address."""
    described = {" ".join(words(alt)) for alt in row["alts"] or ()}
    return sorted({*(row["media"] or ()), *(each for each in described if each.count(" ") >= 3)})


def _add(found: dict[str, list[Any]], name: str, row: dict[str, Any]) -> None:
    at: datetime = row["created_at"]
    values = (name, row["account"], row["key"], at)
    for column, value in zip(ACTION_SCHEMA.names, values, strict=True):
        found[column].append(value)

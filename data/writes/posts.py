"""Posts: new ones in bulk, known ones merged, edits and counters followed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from data.engine import hold
from data.records import Post
from data.tables import labels, posts, tags
from data.writes.accounts import upsert_accounts
from data.writes.bulk import as_json, as_time, insert_many
from data.writes.chunks import chunks
from data.writes.merging import CONTENT, COUNTERS, Row, merge
from data.writes.observed import Counted, observe

_COLUMNS = tuple(
    name
    for name in posts.c.keys()  # noqa: SIM118 - columns are named by their keys
    if name not in ("id", "missing_since", "checked_at", "deleted_at")
)
_TIMES = ("created_at", "first_seen", "seen_at", "edited_at")
_SET = ("id", *(name for name in _COLUMNS if name not in ("network", "native_id", "source")))
_CHANGE = (
    update(posts)
    .where(posts.c.id == bindparam("_id"))
    .values({name: bindparam(f"_{name}") for name in _SET[1:]})
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: posts first seen, posts that changed, sightings that told nothing."""

    new: int
    updated: int
    known: int


def upsert_posts(
    connection: Connection, posts: Sequence[Post], source: str, seen_at: datetime
) -> Stored:
    """Write sightings of posts by network and native id; the rules of merging: data.writes.merging.

    A changed text loses its tags and labels; changed counters are kept as observations;
    a deleted post stays deleted. The same post may come several times. Memory: one chunk's.
    """
    hold(connection)
    new = updated = 0
    for part in chunks(posts):
        accounts = upsert_accounts(connection, (post.account for post in part), seen_at)
        by_network: dict[str, list[Row]] = defaultdict(list)
        for post in part:
            row = _row(post, accounts[post.account.key], source, seen_at)
            by_network[post.network].append(row)
        for network, rows in by_network.items():
            more, changed = _upsert(connection, network, rows, seen_at)
            new += more
            updated += changed
    return Stored(new, updated, len(posts) - new - updated)


def _upsert(
    connection: Connection, network: str, rows: Sequence[Row], seen_at: datetime
) -> tuple[int, int]:
    stored = _stored(connection, network, {row["native_id"] for row in rows})
    before = {
        key: (row["first_seen"], row["seen_at"], {name: row[name] for name in COUNTERS})
        for key, row in stored.items()
    }
    new: dict[str, Row] = {}
    changed: dict[str, set[str]] = defaultdict(set)
    updated = 0
    for row in rows:
        key = row["native_id"]
        if key in stored:
            names = merge(stored[key], row)
            changed[key] |= names
            updated += bool(names)
        elif key in new:
            merge(new[key], row)
        else:
            new[key] = row
    insert_many(connection, posts, _COLUMNS, [_values(row) for row in new.values()])
    rewritten = [stored[key] for key, names in changed.items() if names]
    if rewritten:
        connection.execute(_CHANGE, [{f"_{name}": row[name] for name in _SET} for row in rewritten])
    _untag(connection, [stored[key]["id"] for key, names in changed.items() if "text" in names])
    observe(
        connection,
        [
            Counted(stored[key], first_seen=before[key][0], counters=before[key][2])
            for key, names in changed.items()
            if not names.isdisjoint(COUNTERS)
        ],
        seen_at,
    )
    same = [(stored[key], before[key]) for key, names in changed.items() if not names]
    _seen_again(connection, "seen_at", [r["id"] for r, b in same if r["seen_at"] > b[1]], seen_at)
    _seen_again(
        connection, "first_seen", [r["id"] for r, b in same if r["first_seen"] < b[0]], seen_at
    )
    return len(new), updated


def _stored(connection: Connection, network: str, native_ids: Iterable[str]) -> dict[str, Row]:
    query = select(posts).where(posts.c.network == network, posts.c.native_id.in_(native_ids))
    return {row["native_id"]: dict(row) for row in connection.execute(query).mappings()}


def _row(post: Post, account: int, source: str, seen_at: datetime) -> Row:
    return {
        "network": post.network,
        "native_id": post.id,
        "account": account,
        "created_at": post.created_at,
        "time_known": post.time_known,
        "first_seen": seen_at,
        "seen_at": seen_at,
        "source": source,
        "text": post.text,
        "url": post.url,
        "lang": post.lang,
        "reply_to": post.reply_to,
        "repost_of": post.repost_of,
        "quote_of": post.quote_of,
        "links": list(post.links),
        "hashtags": list(post.hashtags),
        "mentions": list(post.mentions),
        "media": [{"url": each.url, "alt": each.alt} for each in post.media],
        "likes": post.likes,
        "reposts": post.reposts,
        "replies": post.replies,
        "visibility": post.visibility,
        "same_as": post.same_as,
        "edited_at": post.edited_at,
        "deleted_at": None,
    }


def _values(row: Row) -> tuple[Any, ...]:
    for name in _TIMES:
        row[name] = as_time(row[name])
    for name in CONTENT[1:]:
        row[name] = as_json(row[name])
    return tuple([row[name] for name in _COLUMNS])


def _untag(connection: Connection, ids: Sequence[int]) -> None:
    for part in chunks(ids):
        connection.execute(delete(labels).where(labels.c.post.in_(part)))
        connection.execute(delete(tags).where(tags.c.post.in_(part)))


def _seen_again(connection: Connection, column: str, ids: Sequence[int], seen_at: datetime) -> None:
    for part in chunks(ids):
        connection.execute(update(posts).where(posts.c.id.in_(part)).values({column: seen_at}))

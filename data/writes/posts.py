"""Posts: new ones in bulk, known ones merged, edits and counters followed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from data.among import among
from data.engine import hold
from data.records import Post
from data.tables import corrections, labels, microseconds, posts, tags
from data.writes.accounts import Written, upsert_accounts
from data.writes.bulk import as_json, as_time, insert_many
from data.writes.checks import FIRST
from data.writes.chunks import chunks
from data.writes.copies import tie_copies
from data.writes.known import Known, known_posts
from data.writes.merging import COUNTERS, Row, merge
from data.writes.observed import Counted, observe
from data.writes.words import words_of_new_posts

_TOLD = (  # what a sighting tells; the order of `_told`
    "account",
    "created_at",
    "time_known",
    "text",
    "url",
    "lang",
    "reply_to",
    "repost_of",
    "quote_of",
    "links",
    "hashtags",
    "mentions",
    "media",
    "likes",
    "reposts",
    "replies",
    "visibility",
    "same_as",
    "edited_at",
)
_COLUMNS = ("network", "native_id", *_TOLD, "first_seen", "seen_at", "source", "check_at")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: posts first seen, posts that changed, sightings that told nothing."""

    new: int
    updated: int
    known: int


def upsert_posts(
    connection: Connection,
    posts: Sequence[Post],
    source: str,
    seen_at: datetime,
    written: Written | None = None,
) -> Stored:
    """Write sightings of posts by network and native id; the rules of merging: data.writes.merging.

    A changed text loses its tags and labels, corrected ones too; changed counters are kept as
    observations; a deleted post stays deleted. The same post may come several times.
    Who writes many batches of one `seen_at` may hand in what was `written` of the accounts.
    """
    hold(connection)
    accounts = upsert_accounts(connection, (post.account for post in posts), seen_at, written)
    by_network: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_network[post.network].append(post)
    sighting = _Sighting(accounts, source, seen_at)
    new = updated = 0
    for network, here in by_network.items():
        for part in chunks(here):
            more, changed = _upsert(connection, network, part, sighting)
            new += more
            updated += changed
    tie_copies(connection, posts)
    return Stored(new, updated, len(posts) - new - updated)


class _Sighting(NamedTuple):
    accounts: dict[str, int]  # key -> row number
    source: str
    seen_at: datetime


def _upsert(
    connection: Connection, network: str, seen: Sequence[Post], sighting: _Sighting
) -> tuple[int, int]:
    known = known_posts(connection, network, {post.id for post in seen}, _TOLD)
    new: dict[str, tuple[Any, ...]] = {}
    again: list[Post] = []  # new, and more than once in this batch
    other: dict[str, list[Post]] = defaultdict(list)  # known, and not as they are told now
    for post in seen:
        told = _told(post, sighting)
        if post.id in known:
            if post.id in other or known[post.id].told != told:
                other[post.id].append(post)
        elif post.id in new:
            again.append(post)
        else:
            new[post.id] = (network, post.id, *told, *_arrival(post, sighting))
    with words_of_new_posts(connection):
        insert_many(connection, posts, _COLUMNS, list(new.values()))
    updated = _merge(connection, network, other, sighting)
    _note_seen(
        connection, [each for key, each in known.items() if key not in other], sighting.seen_at
    )
    asked_for = {post.id for post in seen if _is_asked_for(post, sighting)}
    _ask_from_now_on(
        connection,
        [
            each.id
            for key, each in known.items()
            if key in asked_for and each.check_at is None and each.deleted_at is None
        ],
        sighting.seen_at,
    )
    if again:
        updated += _upsert(connection, network, again, sighting)[1]
    return len(new), updated


def _merge(
    connection: Connection, network: str, seen: Mapping[str, Sequence[Post]], sighting: _Sighting
) -> int:
    """Take what is told otherwise of known posts; return how many sightings changed something."""
    if not seen:
        return 0
    seen_at = sighting.seen_at
    stored = _stored(connection, network, seen.keys())
    before = {
        key: (row["first_seen"], row["seen_at"], {name: row[name] for name in COUNTERS})
        for key, row in stored.items()
    }
    changed: dict[str, set[str]] = defaultdict(set)
    updated = 0
    for key, sightings in seen.items():
        for post in sightings:
            names = merge(stored[key], _row(post, sighting))
            changed[key] |= names
            updated += bool(names)
    _rewrite(connection, [(stored[key], names) for key, names in changed.items() if names])
    edited = [stored[key]["id"] for key, names in changed.items() if "text" in names]
    _untag(connection, edited, seen_at)
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
    return updated


def _note_seen(connection: Connection, same: Iterable[Known], seen_at: datetime) -> None:
    """Note that posts were seen as they are known."""
    same, at = list(same), microseconds(seen_at)
    _seen_again(connection, "seen_at", [each.id for each in same if each.seen_at < at], seen_at)
    _seen_again(
        connection, "first_seen", [each.id for each in same if each.first_seen > at], seen_at
    )


def _rewrite(connection: Connection, changed: Iterable[tuple[Row, set[str]]]) -> None:
    """Write only the columns that changed: the indexes of the others stay as they are."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row, names in changed:
        alike[(*sorted(names), "first_seen", "seen_at")].append(row)
    for written, rows in alike.items():
        change = update(posts).where(posts.c.id == bindparam("_id"))
        connection.execute(
            change.values({name: bindparam(f"_{name}") for name in written}),
            [{f"_{name}": row[name] for name in ("id", *written)} for row in rows],
        )


def _stored(connection: Connection, network: str, native_ids: Collection[str]) -> dict[str, Row]:
    query = select(posts).where(
        posts.c.network == network, among(connection, posts.c.native_id, native_ids)
    )
    return {row["native_id"]: dict(row) for row in connection.execute(query).mappings()}


def _row(post: Post, sighting: _Sighting) -> Row:
    return {
        "account": sighting.accounts[post.account.key] if post.account.is_known else None,
        "created_at": post.created_at,
        "time_known": post.time_known,
        "first_seen": sighting.seen_at,
        "seen_at": sighting.seen_at,
        "text": post.text,
        "url": post.url,
        "lang": post.lang,
        "reply_to": post.reply_to,
        "repost_of": post.repost_of,
        "quote_of": post.quote_of,
        "links": list(post.links),
        "hashtags": list(post.hashtags),
        "mentions": list(post.mentions),
        "media": _media(post),
        "likes": post.likes,
        "reposts": post.reposts,
        "replies": post.replies,
        "visibility": post.visibility,
        "same_as": post.same_as,
        "edited_at": post.edited_at,
    }


def _told(post: Post, sighting: _Sighting) -> tuple[Any, ...]:
    """Give what is told of a post in the order of `_TOLD`, in the store's own form."""
    return (
        sighting.accounts[post.account.key],
        microseconds(post.created_at),
        post.time_known,
        post.text,
        post.url,
        post.lang,
        post.reply_to,
        post.repost_of,
        post.quote_of,
        as_json(post.links),
        as_json(post.hashtags),
        as_json(post.mentions),
        as_json(_media(post)),
        post.likes,
        post.reposts,
        post.replies,
        post.visibility,
        post.same_as,
        as_time(post.edited_at),
    )


def _arrival(post: Post, sighting: _Sighting) -> tuple[Any, ...]:
    seen_at = microseconds(sighting.seen_at)
    due = as_time(sighting.seen_at + FIRST) if _is_asked_for(post, sighting) else None
    return seen_at, seen_at, sighting.source, due


def _is_asked_for(post: Post, sighting: _Sighting) -> bool:
    """Say whether its own network told of it; a file's posts and reposts are never asked for."""
    return sighting.source == post.network and post.repost_of is None


def _media(post: Post) -> list[dict[str, str | None]]:
    return [{"url": each.url, "alt": each.alt} for each in post.media] if post.media else []


def _untag(connection: Connection, ids: Sequence[int], seen_at: datetime) -> None:
    """Drop what was said about another text, a person's correction too."""
    for part in chunks(ids):
        connection.execute(
            update(corrections)
            .where(among(connection, corrections.c.post, part), corrections.c.released_at.is_(None))
            .values(released_at=seen_at, found=None)
        )
        connection.execute(delete(labels).where(among(connection, labels.c.post, part)))
        connection.execute(delete(tags).where(among(connection, tags.c.post, part)))


def _ask_from_now_on(connection: Connection, ids: Sequence[int], seen_at: datetime) -> None:
    """Have the origin asked for posts that files had told of before."""
    for part in chunks(ids):
        connection.execute(
            update(posts)
            .where(among(connection, posts.c.id, part))
            .values(check_at=seen_at + FIRST)
        )


def _seen_again(connection: Connection, column: str, ids: Sequence[int], seen_at: datetime) -> None:
    for part in chunks(ids):
        connection.execute(
            update(posts).where(among(connection, posts.c.id, part)).values({column: seen_at})
        )

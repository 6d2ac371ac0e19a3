"""Posts: new ones in bulk, known ones merged, edits and counters followed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, delete, select, update

from data.among import among
from data.engine import hold
from data.records import NOBODY, Post
from data.rows import POST, PostRow, microseconds, post_rows, time_of
from data.tables import corrections, labels, posts, tags
from data.writes.accounts import Key, Written, write_accounts
from data.writes.bulk import insert_many
from data.writes.checks import FIRST
from data.writes.chunks import chunks
from data.writes.copies import tie_copies
from data.writes.known import Known, known_posts
from data.writes.merging import COUNTERS, Row, merge
from data.writes.new_posts import noting_new_posts
from data.writes.observed import Counted, observe

_TOLD = POST[2:]  # what a sighting tells
_COLUMNS = (*POST, "first_seen", "seen_at", "source", "check_at")
_ACCOUNT, _REPOST_OF = POST.index("account"), POST.index("repost_of")


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

    A changed text loses its tags and labels, corrected ones too; changed counters are kept as
    observations; a deleted post stays deleted. The same post may come several times.
    """
    return write_posts(connection, post_rows(posts), source, seen_at, Written())


def write_posts(
    connection: Connection,
    rows: Sequence[PostRow],
    source: str,
    seen_at: datetime,
    written: Written,
) -> Stored:
    """Do as `upsert_posts`, for who writes many batches of one `seen_at` and one `written`."""
    hold(connection)
    accounts = write_accounts(connection, (row[_ACCOUNT] for row in rows), seen_at, written)
    by_network: dict[str, list[PostRow]] = defaultdict(list)
    for row in rows:
        by_network[row[0]].append(row)
    sighting = _Sighting(accounts, source, seen_at)
    new = updated = 0
    for network, here in by_network.items():
        for part in chunks(here):
            more, changed = _upsert(connection, network, part, sighting)
            new += more
            updated += changed
    tie_copies(connection, rows)
    return Stored(new, updated, len(rows) - new - updated)


class _Sighting(NamedTuple):
    accounts: dict[Key, int]  # row numbers
    source: str
    seen_at: datetime


def _upsert(
    connection: Connection, network: str, seen: Sequence[PostRow], sighting: _Sighting
) -> tuple[int, int]:
    known = known_posts(connection, network, {row[1] for row in seen}, _TOLD)
    asked_for = _asked_for(network, seen, sighting)
    at = microseconds(sighting.seen_at)
    arrival = (at, at, sighting.source)
    due = microseconds(sighting.seen_at + FIRST)
    new: dict[str, tuple[Any, ...]] = {}
    again: list[PostRow] = []  # new, and more than once in this batch
    other: dict[str, list[PostRow]] = defaultdict(list)  # known, and not as they are told now
    for row in seen:
        key = row[1]
        told = (sighting.accounts[row[_ACCOUNT][:2]], *row[3:])
        if key in known:
            if key in other or known[key].told != told:
                other[key].append(row)
        elif key in new:
            again.append(row)
        else:
            new[key] = (network, key, *told, *arrival, due if key in asked_for else None)
    with noting_new_posts(connection):
        insert_many(connection, posts, _COLUMNS, list(new.values()))
    updated = _merge(connection, network, other, sighting)
    _note_seen(
        connection, [each for key, each in known.items() if key not in other], sighting.seen_at
    )
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


def _asked_for(network: str, seen: Iterable[PostRow], sighting: _Sighting) -> set[str]:
    """Name those of whom their own network tells; a file's and reposts are never asked for."""
    if sighting.source != network:
        return set()
    return {row[1] for row in seen if row[_REPOST_OF] is None}


def _merge(
    connection: Connection, network: str, seen: Mapping[str, Sequence[PostRow]], sighting: _Sighting
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
        for row in sightings:
            names = merge(stored[key], _values(row, sighting))
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


def _values(row: PostRow, sighting: _Sighting) -> Row:
    """Make of a row what merging compares: by names, as Python has it."""
    values = dict(zip(POST, row, strict=True))
    who = values["account"]
    known = who[1] != NOBODY  # who it was is never forgotten where somebody does not tell
    return {
        **values,
        **{name: orjson.loads(values[name]) for name in ("links", "hashtags", "mentions", "media")},
        "account": sighting.accounts[who[:2]] if known else None,
        "created_at": time_of(values["created_at"]),
        "edited_at": None if values["edited_at"] is None else time_of(values["edited_at"]),
        "first_seen": sighting.seen_at,
        "seen_at": sighting.seen_at,
    }


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

"""Accounts: what is known of them, merged from every sighting."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from data.among import among
from data.records import Account
from data.tables import accounts
from data.writes.bulk import as_time, insert_many
from data.writes.chunks import chunks
from data.writes.keys import ids_of

Row = dict[str, Any]

_TOLD = (  # what a sighting may tell or leave unknown
    "handle",
    "name",
    "url",
    "bio",
    "created_at",
    "followers",
    "following",
    "posts",
    "bot",
    "avatar",
    "noindex",
    "indexable",
    "discoverable",
)
_COLUMNS = ("network", "native_id", *_TOLD, "first_seen", "updated_at")


class Written(dict[str, Account]):
    """What a writer of many batches has last told of accounts, all at one `seen_at`.

    Telling the same once more changes nothing, so only the row numbers are looked up: in files most
    posts are by accounts that came before. Forgets all when it holds as many as memory should.
    """

    MOST = 100_000  # accounts; some 60 MB

    def note(self, told: dict[str, Account]) -> None:
        """Remember what was told."""
        if len(self) + len(told) > self.MOST:
            self.clear()
        self.update(told)


def upsert_accounts(
    connection: Connection,
    seen: Iterable[Account],
    seen_at: datetime,
    written: Written | None = None,
) -> dict[str, int]:
    """Write accounts and return the row numbers by key.

    What is unknown never overwrites what is known; an older sighting only fills gaps.
    """
    told: dict[str, Account] = {}
    found: dict[str, int] = {}
    if written is not None:
        seen = list(seen)
        found = _found_again(connection, seen, written)
        seen = [account for account in seen if account.key not in found]
    rows: dict[str, Row] = {}
    for account in seen:
        key = account.key
        if key not in told:
            rows[key] = _row(account, seen_at)
        elif told[key] is not account and told[key] != account:
            _merge(rows[key], _row(account, seen_at))
        told[key] = account
    by_network: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        by_network[row["network"]].append(row["native_id"])
    for network, native_ids in by_network.items():
        for part in chunks(native_ids):
            found |= _upsert(connection, network, part, rows, seen_at)
    if written is not None:
        written.note(told)
    return found


def _found_again(
    connection: Connection, seen: Iterable[Account], written: Written
) -> dict[str, int]:
    """Look up those of whom nothing else is told than was written; who is gone is not found."""
    told: dict[str, Account] = {}
    other: set[str] = set()
    for account in seen:
        key = account.key
        before = written.get(key)
        if before is account or before == account:
            told[key] = account
        else:
            other.add(key)
    return ids_of(connection, accounts, told.keys() - other)


def _upsert(
    connection: Connection,
    network: str,
    native_ids: Sequence[str],
    rows: dict[str, Row],
    seen_at: datetime,
) -> dict[str, int]:
    these = (accounts.c.network == network, among(connection, accounts.c.native_id, native_ids))
    known = connection.execute(select(accounts).where(*these)).mappings()
    found: dict[str, int] = {}
    changed: list[Row] = []
    seen_again: list[int] = []
    for each in known:
        stored = dict(each)
        key = f"{network}:{stored['native_id']}"
        found[key] = stored["id"]
        if _merge(stored, rows[key]):
            changed.append(stored)
        elif each["updated_at"] < seen_at:
            seen_again.append(stored["id"])
    new = [rows[key] for native_id in native_ids if (key := f"{network}:{native_id}") not in found]
    if new:
        insert_many(connection, accounts, _COLUMNS, [_values(row) for row in new])
        query = select(accounts.c.native_id, accounts.c.id).where(
            accounts.c.network == network,
            among(connection, accounts.c.native_id, [row["native_id"] for row in new]),
        )
        found |= {f"{network}:{native}": number for native, number in connection.execute(query)}
    if changed:
        connection.execute(_CHANGE, [{f"_{name}": row[name] for name in _SET} for row in changed])
    for part in chunks(seen_again):
        connection.execute(
            update(accounts)
            .where(among(connection, accounts.c.id, part))
            .values(updated_at=seen_at)
        )
    return found


_SET = ("id", *_TOLD, "first_seen", "updated_at")
_CHANGE = (
    update(accounts)
    .where(accounts.c.id == bindparam("_id"))
    .values({name: bindparam(f"_{name}") for name in _SET[1:]})
)


def _row(account: Account, seen_at: datetime) -> Row:
    return {
        "network": account.network,
        "native_id": account.id,
        "handle": account.handle,
        "name": account.name,
        "url": account.url,
        "bio": account.bio,
        "created_at": account.created_at,
        "followers": account.followers,
        "following": account.following,
        "posts": account.posts,
        "bot": account.bot,
        "avatar": account.avatar,
        "noindex": account.noindex,
        "indexable": account.indexable,
        "discoverable": account.discoverable,
        "first_seen": seen_at,
        "updated_at": seen_at,
    }


def _values(row: Row) -> tuple[Any, ...]:
    values = dict(row)
    for name in ("created_at", "first_seen", "updated_at"):
        values[name] = as_time(values[name])
    return tuple(values[name] for name in _COLUMNS)


def _merge(stored: Row, seen: Row) -> bool:
    """Take into `stored` what `seen` knows better; say whether more than `updated_at` changed."""
    newer = seen["updated_at"] >= stored["updated_at"]
    changed = False
    for name in _TOLD:
        value = seen[name]
        if value is not None and value != stored[name] and (newer or stored[name] is None):
            stored[name] = value
            changed = True
    if seen["first_seen"] < stored["first_seen"]:
        stored["first_seen"] = seen["first_seen"]
        changed = True
    stored["updated_at"] = max(stored["updated_at"], seen["updated_at"])
    return changed

"""Accounts: what is known of them, merged from every sighting."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from data.among import among
from data.records import Account
from data.rows import ACCOUNT, AccountRow, account_row, microseconds, time_of
from data.tables import accounts
from data.writes.bulk import insert_many
from data.writes.chunks import chunks
from data.writes.known import as_stored

Key = tuple[str, str]  # network, native id
Row = dict[str, Any]  # a row by the names of the columns, in the store's own form

_TOLD = ACCOUNT[2:]  # what a sighting may tell or leave unknown
_COLUMNS = (*ACCOUNT, "first_seen", "updated_at")


class Written(dict[Key, AccountRow]):
    """What a writer of many batches has last told of accounts, all at one `seen_at`.

    Telling the same once more changes nothing, so only the row numbers are looked up: in files most
    posts are by accounts that came before. Forgets all when it holds as many as memory should.
    """

    MOST = 100_000  # accounts; some 60 MB

    def note(self, told: dict[Key, AccountRow]) -> None:
        """Remember what was told."""
        if len(self) + len(told) > self.MOST:
            self.clear()
        self.update(told)


def upsert_accounts(connection: Connection, seen: Iterable[Account], seen_at: datetime) -> None:
    """Write sightings of accounts.

    What is unknown never overwrites what is known; an older sighting only fills gaps.
    """
    write_accounts(connection, map(account_row, seen), seen_at, Written())


def write_accounts(
    connection: Connection, seen: Iterable[AccountRow], seen_at: datetime, written: Written
) -> dict[Key, int]:
    """Do as `upsert_accounts`; return the row numbers."""
    # of many posts' authors most are the same object; what came last goes before
    distinct = {id(row): row for row in reversed(list(seen))}
    sightings: dict[Key, list[AccountRow]] = {}
    for row in reversed(distinct.values()):
        sightings.setdefault(row[:2], []).append(row)
    again = [key for key, rows in sightings.items() if [written.get(key)] == rows]
    found: dict[Key, int] = {}
    for network, native_ids in _by_network(again):
        found |= _numbers(connection, network, native_ids)
    at = microseconds(seen_at)
    merged = {key: _merged(rows, at) for key, rows in sightings.items() if key not in found}
    for network, native_ids in _by_network(merged):
        found |= _upsert(connection, network, native_ids, merged, at)
    written.note({key: sightings[key][-1] for key in merged})
    return found


def _by_network(keys: Iterable[Key]) -> Iterable[tuple[str, Sequence[str]]]:
    """Yield a network and as many of its ids as one statement can hold."""
    ids: dict[str, list[str]] = defaultdict(list)
    for network, native_id in keys:
        ids[network].append(native_id)
    for network, native_ids in ids.items():
        for part in chunks(native_ids):
            yield network, part


def _numbers(connection: Connection, network: str, native_ids: Collection[str]) -> dict[Key, int]:
    """Look up the row numbers of accounts; who is gone is not found."""
    query = select(accounts.c.native_id, accounts.c.id).where(
        accounts.c.network == network, among(connection, accounts.c.native_id, native_ids)
    )
    return {(network, native_id): number for native_id, number in connection.execute(query).all()}


_STORED = {name: as_stored(accounts.c[name]) for name in _COLUMNS}


def _upsert(
    connection: Connection,
    network: str,
    native_ids: Sequence[str],
    rows: dict[Key, Row],
    at: int,
) -> dict[Key, int]:
    query = select(accounts.c.id, *_STORED.values()).where(
        accounts.c.network == network, among(connection, accounts.c.native_id, native_ids)
    )
    found: dict[Key, int] = {}
    changed: list[Row] = []
    seen_again: list[int] = []
    for number, *values in connection.execute(query).all():
        stored = dict(zip(_COLUMNS, values, strict=True))
        key = (network, stored["native_id"])
        found[key] = number
        older = stored["updated_at"] < at
        if _merge(stored, rows[key]):
            changed.append({"id": number, **stored})
        elif older:
            seen_again.append(number)
    new = [native_id for native_id in native_ids if (network, native_id) not in found]
    if new:
        values = [tuple(rows[network, native_id].values()) for native_id in new]
        insert_many(connection, accounts, _COLUMNS, values)
        found |= _numbers(connection, network, new)
    if changed:
        connection.execute(_CHANGE, [{f"_{name}": row[name] for name in _SET} for row in changed])
    for part in chunks(seen_again):
        connection.execute(
            update(accounts)
            .where(among(connection, accounts.c.id, part))
            .values(updated_at=time_of(at))
        )
    return found


_SET = ("id", *_TOLD, "first_seen", "updated_at")
_CHANGE = (
    update(accounts)
    .where(accounts.c.id == bindparam("_id"))
    .values({name: bindparam(f"_{name}", type_=_STORED[name].type) for name in _SET[1:]})
)


def _merged(sightings: Sequence[AccountRow], at: int) -> Row:
    """Make one row of what was told at one time; the later goes before the earlier."""
    first, *others = (dict(zip(_COLUMNS, (*row, at, at), strict=True)) for row in sightings)
    for other in others:
        _merge(first, other)
    return first


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

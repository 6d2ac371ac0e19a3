"""The protocol: everything that people decided, newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from data.among import among
from data.tables import accounts, decisions, posts

ABOUT_POSTS = ("post", "question")  # the kinds whose subject is the key of a post


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the protocol is narrowed to; None: not by this."""

    who: str | None = None
    kind: str | None = None
    verdict: str | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What an account is called. `hidden`: it does not want to be found or named."""

    id: int
    handle: str | None
    name: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    `post`: row number of the post it is about, None where that is gone; `account`: the one it is
    about. Keys name people on some networks, so pages show neither.
    """

    id: int
    at: datetime
    who: str
    kind: str
    subject: str
    verdict: str
    reason: str
    basis: Mapping[str, Any]
    post: int | None
    account: Account | None

    @property
    def erased(self) -> bool:
        """Say whether the post is gone that this is about."""
        return self.kind in ABOUT_POSTS and self.post is None


def entries(connection: Connection, wanted: Wanted, before: int | None, limit: int) -> list[Entry]:
    """Return the newest entries, with `before` those of a lower number."""
    query = select(decisions).order_by(decisions.c.id.desc()).limit(limit)
    for column, value in (
        (decisions.c.who, wanted.who),
        (decisions.c.subject_kind, wanted.kind),
        (decisions.c.verdict, wanted.verdict),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.start is not None:
        query = query.where(decisions.c.at >= wanted.start)
    if wanted.end is not None:
        query = query.where(decisions.c.at < wanted.end)
    if before is not None:
        query = query.where(decisions.c.id < before)
    rows = connection.execute(query).all()
    there = _there(connection, _keys(rows, ABOUT_POSTS))
    known = _accounts(connection, _keys(rows, ("account",)))
    return [
        Entry(
            id=row.id,
            at=row.at,
            who=row.who,
            kind=row.subject_kind,
            subject=row.subject,
            verdict=row.verdict,
            reason=row.reason,
            basis=row.basis or {},
            post=there.get(row.subject) if row.subject_kind in ABOUT_POSTS else None,
            account=known.get(row.subject) if row.subject_kind == "account" else None,
        )
        for row in rows
    ]


def people(connection: Connection) -> list[str]:
    """Return everybody who stands in the protocol, by name."""
    query = select(decisions.c.who).distinct().order_by(decisions.c.who)
    return list(connection.scalars(query))


def _keys(rows: Sequence[Row[Any]], kinds: Sequence[str]) -> dict[str, list[str]]:
    """Give network -> native ids of the subjects of these kinds."""
    found: dict[str, list[str]] = {}
    for key in dict.fromkeys(row.subject for row in rows if row.subject_kind in kinds):
        network, _, native_id = key.partition(":")
        found.setdefault(network, []).append(native_id)
    return found


def _there(connection: Connection, keys: Mapping[str, list[str]]) -> dict[str, int]:
    """Return key -> row number of the posts that are still there."""
    return {
        f"{row.network}:{row.native_id}": row.id
        for row in _of_keys(connection, posts, keys)
        if row.deleted_at is None
    }


def _accounts(connection: Connection, keys: Mapping[str, list[str]]) -> dict[str, Account]:
    return {
        f"{row.network}:{row.native_id}": Account(
            row.id, row.handle, row.name, row.discoverable is False
        )
        for row in _of_keys(connection, accounts, keys)
    }


def _of_keys(
    connection: Connection, table: Table, keys: Mapping[str, list[str]]
) -> Iterable[Row[Any]]:
    columns = [
        each
        for each in table.c
        if each.name
        in ("id", "network", "native_id", "deleted_at", "handle", "name", "discoverable")
    ]
    for network, native_ids in keys.items():
        for start in range(0, len(native_ids), 5_000):
            part = native_ids[start : start + 5_000]
            yield from connection.execute(
                select(*columns).where(
                    table.c.network == network, among(connection, table.c.native_id, part)
                )
            )

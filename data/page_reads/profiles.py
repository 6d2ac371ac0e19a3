"""Accounts as their networks describe them, by row number or key."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from data.among import among
from data.keys import by_network
from data.tables import accounts


@dataclass(frozen=True, slots=True)
class Profile:
    """An account. `hidden`: the person asked not to be found; pages do not name them."""

    id: int
    network: str
    native_id: str
    handle: str | None
    name: str | None
    url: str | None
    hidden: bool
    bot: bool | None
    created_at: datetime | None
    followers: int | None
    following: int | None
    posts: int | None  # in its network, all it ever wrote

    @property
    def key(self) -> str:
        """The account's key."""
        return f"{self.network}:{self.native_id}"


def profiles(connection: Connection, ids: Collection[int]) -> dict[int, Profile]:
    """Read accounts by row number; unknown ones are absent."""
    rows = connection.execute(select(accounts).where(among(connection, accounts.c.id, ids)))
    return {row.id: _profile(row) for row in rows}


def profiles_by_key(connection: Connection, keys: Collection[str]) -> dict[str, Profile]:
    """Read accounts by key; unknown ones are absent."""
    found: dict[str, Profile] = {}
    for network, native_ids in by_network(keys).items():
        query = select(accounts).where(
            accounts.c.network == network, among(connection, accounts.c.native_id, native_ids)
        )
        for row in connection.execute(query):
            profile = _profile(row)
            found[profile.key] = profile
    return found


def described(row: Row[Any]) -> dict[str, Any]:
    """Give what a Profile says, out of a row with the columns of `accounts`."""
    known = row._mapping
    columns = (each.name for each in fields(Profile) if each.name != "hidden")
    return {**{name: known[name] for name in columns}, "hidden": row.discoverable is False}


def _profile(row: Row[Any]) -> Profile:
    return Profile(**described(row))

"""Accounts by the names that people write."""

from sqlalchemy import Connection, func, select

from data.tables import accounts


def keys_of(connection: Connection, name: str) -> list[str]:
    """Return the keys of the accounts of this name: a key, or "@" and the whole handle."""
    query = select(accounts.c.network, accounts.c.native_id).order_by(accounts.c.network)
    if name.startswith("@"):
        handle = name.removeprefix("@").lower()
        bare = func.lower(func.ltrim(accounts.c.handle, "@"))
        query = query.where(bare == handle)
    else:
        network, _, native_id = name.partition(":")
        query = query.where(accounts.c.network == network, accounts.c.native_id == native_id)
    return [f"{row.network}:{row.native_id}" for row in connection.execute(query)]

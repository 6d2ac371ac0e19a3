"""Keys of posts and accounts, `network:native id`: taken apart, and looked up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, select

from data.among import among


def by_network(keys: Iterable[str]) -> Mapping[str, list[str]]:
    """Give the native ids of each network, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        network, _, native_id = key.partition(":")
        found[network].append(native_id)
    return found


def ids_of(connection: Connection, table: Table, keys: Iterable[str]) -> dict[str, int]:
    """Look up `accounts` or `posts` by key; keys that the store does not have are absent."""
    found: dict[str, int] = {}
    for network, native_ids in by_network(keys).items():
        query = select(table.c.native_id, table.c.id).where(
            table.c.network == network, among(connection, table.c.native_id, native_ids)
        )
        for native_id, row in connection.execute(query):
            found[f"{network}:{native_id}"] = row
    return found

"""From `network:native id` to the row's number."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Table, select

from data.among import among
from data.writes.chunks import chunks


def ids_of(connection: Connection, table: Table, keys: Iterable[str]) -> dict[str, int]:
    """Look up `accounts` or `posts` by key; keys that the store does not have are absent."""
    by_network: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        network, _, native_id = key.partition(":")
        by_network[network].append(native_id)
    found: dict[str, int] = {}
    for network, native_ids in by_network.items():
        for part in chunks(native_ids):
            query = select(table.c.native_id, table.c.id).where(
                table.c.network == network, among(connection, table.c.native_id, part)
            )
            for native_id, row in connection.execute(query):
                found[f"{network}:{native_id}"] = row
    return found

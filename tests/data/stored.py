"""What a store holds, to be compared by eye."""

from typing import Any

from sqlalchemy import Engine, Table, select


def rows(engine: Engine, table: Table, *names: str) -> list[tuple[Any, ...]]:
    """Return the columns `names` of all rows, in the order of the key."""
    columns = [table.c[name] for name in names] or list(table.c)
    with engine.connect() as connection:
        found = connection.execute(select(*columns).order_by(*table.primary_key.columns))
        return [tuple(row) for row in found]

"""Many new rows at once, past SQLAlchemy's work for each row: it halves the time of an import."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Table

from data.tables import microseconds


def insert_many(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert `rows`, whose values are in the order of `columns` and in the store's own form.

    A row whose network and native id are there already is left out.
    """
    if not rows:
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    names, marks = ", ".join(columns), ", ".join([mark] * len(columns))
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) VALUES ({marks}) "
        "ON CONFLICT (network, native_id) DO NOTHING",
        list(rows),
    )


def as_time(at: datetime | None) -> int | None:
    """Give a time the form in which the store has it."""
    return None if at is None else microseconds(at)


def as_json(value: Sequence[Any]) -> str:
    """Give a list the form in which the store has it."""
    return orjson.dumps(value).decode() if value else "[]"

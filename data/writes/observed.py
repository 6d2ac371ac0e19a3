"""Counters of posts over time: one row where they changed, and one for what was there before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from data.tables import observations
from data.writes.merging import COUNTERS


class Counted(NamedTuple):
    """A post whose counters changed: its row now, and what was known before."""

    post: dict[str, Any]
    first_seen: datetime
    counters: dict[str, int | None]


def observe(connection: Connection, changed: Sequence[Counted], at: datetime) -> None:
    """Note the counters as of `at`; the first time also those of the first sighting."""
    if not changed:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    before = [
        {"post": each.post["id"], "at": each.first_seen, **each.counters}
        for each in changed
        if each.first_seen < at and any(value is not None for value in each.counters.values())
    ]
    if before:
        connection.execute(dialect.insert(observations).on_conflict_do_nothing(), before)
    now = [
        {"post": each.post["id"], "at": at, **{name: each.post[name] for name in COUNTERS}}
        for each in changed
    ]
    new = dialect.insert(observations)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["post", "at"], set_={name: new.excluded[name] for name in COUNTERS}
        ),
        now,
    )

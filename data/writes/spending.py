"""What was fetched where fetching costs: counted by purpose and month, survives restarts."""

from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from data.engine import hold
from data.tables import spending


class Spent(NamedTuple):
    """Items that a source has used of a month's budget; fewer than none are given back.

    A source counts what it is about to ask for before it asks, and gives back afterwards what did
    not come: whatever happens in between, no more is used than is counted.
    """

    purpose: str  # "posts", "checks"
    month: str  # its first day, as 2026-11-01
    items: int


def spend(connection: Connection, source: str, spent: Spent) -> None:
    """Add to what is counted; two processes that do so at once are both counted."""
    hold(connection)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = dialect.insert(spending).values(
        source=source, purpose=spent.purpose, month=spent.month, used=spent.items
    )
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["source", "purpose", "month"],
            set_={"used": spending.c.used + new.excluded.used},
        )
    )

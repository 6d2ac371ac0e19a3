"""What the store knows of one network, for its source while it asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from data import budgets, source_reads


@dataclass(frozen=True, slots=True)
class StoredPosts:
    """Answers a source's questions (`monitor.sources.source.Stored`), each in a moment of its own.

    No connection is held while a network is slow.
    """

    engine: Engine
    network: str

    def replies(self, ids: Sequence[str]) -> dict[str, str]:
        """Return what these posts answer, as far as they answer anything."""
        with self.engine.connect() as connection:
            return source_reads.known_replies(connection, self.network, ids)

    def posts(self, ids: Collection[str]) -> set[str]:
        """Return which of these posts are stored and not deleted."""
        with self.engine.connect() as connection:
            return source_reads.known_posts(connection, self.network, ids)

    def accounts(self, ids: Collection[str]) -> dict[str, str | None]:
        """Return which of these accounts are stored, with their handles."""
        with self.engine.connect() as connection:
            return source_reads.known_accounts(connection, self.network, ids)

    def deleted_of(self, account: str, at: datetime) -> list[str]:
        """Return an account's posts that are deleted since exactly then."""
        with self.engine.connect() as connection:
            return source_reads.deleted_of(connection, self.network, account, at)

    def covered(self) -> dict[str, list[tuple[datetime, datetime]]]:
        """Return the stretches that are read at each origin, oldest first."""
        with self.engine.connect() as connection:
            return source_reads.covered_by_origin(connection, self.network)

    def spent(self, month: str) -> dict[str, int]:
        """Return what is used of a month's budgets by now, by purpose."""
        with self.engine.connect() as connection:
            return budgets.spent(connection, self.network, month)

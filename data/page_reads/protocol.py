"""The protocol: everything that people decided, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from data.among import among
from data.keys import ids_of
from data.page_reads.profiles import Profile, profiles_by_key
from data.tables import decisions, posts

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
    account: Profile | None

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
    there = _there(connection, _subjects(rows, ABOUT_POSTS))
    known = profiles_by_key(connection, _subjects(rows, ("account",)))
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


def _subjects(rows: Sequence[Row[Any]], kinds: Sequence[str]) -> list[str]:
    """Give the subjects of these kinds."""
    return [row.subject for row in rows if row.subject_kind in kinds]


def _there(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return key -> row number of the posts that are still there."""
    numbers = ids_of(connection, posts, keys)
    query = select(posts.c.id).where(
        among(connection, posts.c.id, numbers.values()), posts.c.deleted_at.is_(None)
    )
    alive = set(connection.scalars(query))
    return {key: number for key, number in numbers.items() if number in alive}

"""One account with all that speaks for and against it, and what people decided about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from data import decisions
from data.counted import counted
from data.decisions import Block, Decision, block_in
from data.page_reads.network import posts_of
from data.page_reads.profiles import Profile, profiles
from data.page_reads.warnings import Evidence, Group, groups_of
from data.tables import cluster_posts, posts

_MOMENT = timedelta(seconds=1)  # so that a last post counts


@dataclass(frozen=True, slots=True)
class Part:
    """What an account has to do with a warning: its marks, and how many of its posts belong there.

    `written` counts all its posts within the warning's time.
    """

    group: Group
    marks: Mapping[str, Any]
    belong: int
    written: int


@dataclass(frozen=True, slots=True)
class OneAccount:
    """An account with its warnings, the strongest first, and all decisions, oldest first.

    `stored` counts its posts in the store, `first` and `last` say when they were written.
    """

    profile: Profile
    parts: tuple[Part, ...]
    made: tuple[Decision, ...]
    stored: int
    first: datetime | None
    last: datetime | None

    @property
    def block(self) -> Block | None:
        """How it stands to the block list."""
        return block_in(self.made)

    @property
    def naming(self) -> Decision | None:
        """The decision in force that names it as known."""
        said = decisions.last_said(self.made)
        return said if said is not None and said.verdict in decisions.NAMING else None


def one_account(connection: Connection, account: int) -> OneAccount | None:
    """Read an account by row number; None unless it stands in a warning or people spoke of it."""
    profile = profiles(connection, [account]).get(account)
    if profile is None:
        return None
    warnings = groups_of(connection, account)
    made = tuple(decisions.history(connection, "account", profile.key))
    if not warnings and not made:
        return None
    belong = _belong(connection, account, [group.id for group, _ in warnings])
    stored, first, last = connection.execute(
        select(func.count(), func.min(posts.c.created_at), func.max(posts.c.created_at)).where(
            posts.c.account == account, counted()
        )
    ).one()
    parts = tuple(
        Part(group, marks, belong.get(group.id, 0), _written(connection, account, group))
        for group, marks in warnings
    )
    return OneAccount(profile, parts, made, stored, first, last)


def evidence_of(
    connection: Connection, account: int, warnings: Collection[str], limit: int
) -> list[Evidence]:
    """List the posts of an account that are evidence of these warnings, newest first."""
    here = posts.c.id.in_(
        select(cluster_posts.c.post).where(cluster_posts.c.cluster.in_(list(warnings)))
    )
    rows = connection.execute(
        select(
            posts.c.id,
            posts.c.network.concat(":").concat(posts.c.native_id).label("key"),
            posts.c.created_at,
            posts.c.time_known,
            posts.c.text,
            posts.c.url,
        )
        .where(posts.c.account == account, posts.c.deleted_at.is_(None), here)
        .order_by(posts.c.created_at.desc(), posts.c.id.desc())
        .limit(limit)
    )
    return [
        Evidence(
            post=row.id,
            key=row.key,
            account=account,
            at=row.created_at,
            time_known=row.time_known,
            text=row.text,
            url=row.url,
            object=None,  # what it shares with whom, the warning's page tells
            kind=None,
        )
        for row in rows
    ]


def _belong(connection: Connection, account: int, warnings: list[str]) -> dict[str, int]:
    rows = connection.execute(
        select(cluster_posts.c.cluster, func.count())
        .join(posts, posts.c.id == cluster_posts.c.post)
        .where(
            cluster_posts.c.cluster.in_(warnings),
            posts.c.account == account,
            posts.c.deleted_at.is_(None),
        )
        .group_by(cluster_posts.c.cluster)
    )
    return {row[0]: row[1] for row in rows}


def _written(connection: Connection, account: int, group: Group) -> int:
    found = posts_of(connection, [account], group.first, group.last + _MOMENT)
    return found.get(account, 0)

"""Deletions at the origin are followed: twice asked, then only a stone remains."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from data.among import among
from data.engine import hold
from data.tables import accounts, corrections, labels, matches, observations, posts, tags
from data.writes.checks import CONFIRM_AFTER, ask_again, next_check
from data.writes.chunks import chunks


def note_missing(connection: Connection, network: str, native_id: str, at: datetime) -> bool:
    """Note a 404 or 410 of the post's origin; the second one deletes. True: deleted just now."""
    hold(connection)
    this = _this(network, native_id)
    row = connection.execute(select(posts.c.missing_since).where(*this)).first()
    if row is None:
        return False
    since: datetime = min(row.missing_since or at, at)  # a clock may have been set back
    if at - since >= CONFIRM_AFTER:
        return delete_posts(connection, network, [native_id], at) == 1
    connection.execute(
        update(posts)
        .where(*this)
        .values(missing_since=since, checked_at=at, check_at=since + CONFIRM_AFTER)
    )
    return False


def note_alive(connection: Connection, network: str, native_id: str, at: datetime) -> None:
    """Note that the origin still has the post."""
    hold(connection)
    this = _this(network, native_id)
    first_seen = connection.scalar(select(posts.c.first_seen).where(*this))
    if first_seen is not None:
        due = next_check(first_seen, at)
        connection.execute(
            update(posts).where(*this).values(missing_since=None, checked_at=at, check_at=due)
        )


def note_asked(connection: Connection, network: str, native_id: str, at: datetime) -> None:
    """Note that the origin was asked and did not tell."""
    hold(connection)
    this = _this(network, native_id)
    first_seen = connection.scalar(select(posts.c.first_seen).where(*this))
    if first_seen is not None:
        due = ask_again(first_seen, at)
        connection.execute(update(posts).where(*this).values(checked_at=at, check_at=due))


def delete_posts(
    connection: Connection, network: str, native_ids: Sequence[str], at: datetime
) -> int:
    """Empty the posts for good; return how many were not deleted before.

    Id, account and times stay, so that a later sighting does not bring the post back.
    """
    hold(connection)
    gone = 0
    for part in chunks(native_ids):
        ids = connection.scalars(
            select(posts.c.id).where(
                posts.c.network == network,
                among(connection, posts.c.native_id, part),
                posts.c.deleted_at.is_(None),
            )
        ).all()
        for table in (labels, tags, corrections, observations):
            connection.execute(delete(table).where(among(connection, table.c.post, ids)))
        for column in (matches.c.need, matches.c.offer):
            connection.execute(delete(matches).where(among(connection, column, ids)))
        connection.execute(
            update(posts)
            .where(among(connection, posts.c.id, ids))
            .values(
                text="",
                url=None,
                same_as=None,
                links=[],
                hashtags=[],
                mentions=[],
                media=[],
                checked_at=at,
                check_at=None,
                deleted_at=at,
            )
        )
        gone += len(ids)
    return gone


def delete_posts_of(connection: Connection, network: str, account: str, at: datetime) -> int:
    """Empty all posts of an account (native id) that left its network; return how many."""
    hold(connection)
    ids = connection.scalars(
        select(posts.c.native_id)
        .join(accounts, accounts.c.id == posts.c.account)
        .where(
            accounts.c.network == network,
            accounts.c.native_id == account,
            posts.c.deleted_at.is_(None),
        )
    ).all()
    return delete_posts(connection, network, ids, at)


def restore_posts(
    connection: Connection, network: str, native_ids: Sequence[str], at: datetime
) -> int:
    """Let posts come back that were deleted before `at`; return how many.

    Only for a network that says so itself: an account that is active again, a post made anew under
    its old id. They stay empty until the next sighting, which belongs into the same transaction.
    """
    hold(connection)
    restored = 0
    for part in chunks(native_ids):
        restored += connection.execute(
            update(posts)
            .where(
                posts.c.network == network,
                among(connection, posts.c.native_id, part),
                posts.c.deleted_at < at,
            )
            .values(deleted_at=None, missing_since=None, edited_at=None)  # any sighting fills it
        ).rowcount
    return restored


def deleted_among(connection: Connection, network: str, native_ids: Sequence[str]) -> set[str]:
    """Return which of these posts are deleted."""
    found: set[str] = set()
    for part in chunks(native_ids):
        found.update(
            connection.scalars(
                select(posts.c.native_id).where(
                    posts.c.network == network,
                    among(connection, posts.c.native_id, part),
                    posts.c.deleted_at.is_not(None),
                )
            )
        )
    return found


def _this(network: str, native_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        posts.c.network == network,
        posts.c.native_id == native_id,
        posts.c.deleted_at.is_(None),
    )

"""What a source asks the store before and after a round."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select

from data.among import among
from data.tables import accounts, coverage, posts
from data.writes.checks import LAST
from data.writes.chunks import chunks

ABSENT_AGAIN = timedelta(hours=1)  # a post that is there, but not where it is read any more


def known_replies(
    connection: Connection, network: str, native_ids: Sequence[str]
) -> dict[str, str]:
    """Return what these posts answer, as far as they are stored and answer anything."""
    found: dict[str, str] = {}
    for part in chunks(native_ids):
        query = select(posts.c.native_id, posts.c.reply_to).where(
            posts.c.network == network,
            among(connection, posts.c.native_id, part),
            posts.c.reply_to.is_not(None),
        )
        found |= {row.native_id: row.reply_to for row in connection.execute(query)}
    return found


def known_posts(connection: Connection, network: str, native_ids: Collection[str]) -> set[str]:
    """Return which of these posts are stored and not deleted."""
    found: set[str] = set()
    for part in chunks(list(native_ids)):
        query = select(posts.c.native_id).where(
            posts.c.network == network,
            among(connection, posts.c.native_id, part),
            posts.c.deleted_at.is_(None),
        )
        found.update(connection.scalars(query))
    return found


def known_accounts(
    connection: Connection, network: str, native_ids: Collection[str]
) -> dict[str, str | None]:
    """Return which of these accounts are stored, with their handles."""
    found: dict[str, str | None] = {}
    for part in chunks(list(native_ids)):
        query = select(accounts.c.native_id, accounts.c.handle).where(
            accounts.c.network == network, among(connection, accounts.c.native_id, part)
        )
        found |= dict(connection.execute(query).all())
    return found


def deleted_of(connection: Connection, network: str, account: str, at: datetime) -> list[str]:
    """Return the posts of an account (native id) that are deleted since exactly `at`."""
    query = (
        select(posts.c.native_id)
        .join(accounts, accounts.c.id == posts.c.account)
        .where(
            accounts.c.network == network,
            accounts.c.native_id == account,
            posts.c.deleted_at == at,
        )
        .order_by(posts.c.created_at)
    )
    return list(connection.scalars(query))


def covered_by_origin(
    connection: Connection, network: str
) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return the intervals that a source has read, oldest first, by origin."""
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    query = (
        select(coverage.c.origin, coverage.c.start, coverage.c.end)
        .where(coverage.c.source == network)
        .order_by(coverage.c.start)
    )
    for origin, start, end in connection.execute(query):
        found[origin].append((start, end))
    return dict(found)


def posts_to_look_after(
    connection: Connection,
    network: str,
    read_since: datetime | None,
    seen: Collection[str],
    now: datetime,
    limit: int,
) -> list[str]:
    """Return the native ids of posts whose origin is to be asked whether it still has them.

    - those that were missing there once, 10 minutes ago or more;
    - those since `read_since` that are not among the `seen` of a complete reading since then;
    - those whose next check is due, oldest due first; so is one later than any can be, which a
      clock that ran ahead has made.
    """
    kept = (posts.c.network == network, posts.c.check_at.is_not(None))  # none of a deleted post
    due = select(posts.c.native_id).where(
        *kept, or_(posts.c.check_at <= now, posts.c.check_at > now + LAST)
    )
    missing = due.where(posts.c.missing_since.is_not(None))
    found = list(connection.scalars(missing.order_by(posts.c.check_at).limit(limit)))
    if read_since is not None and len(found) < limit:
        query = (
            select(posts.c.native_id)
            .where(
                *kept,
                or_(posts.c.checked_at.is_(None), posts.c.checked_at <= now - ABSENT_AGAIN),
                posts.c.missing_since.is_(None),
                posts.c.created_at >= read_since,
                posts.c.created_at < now,
            )
            .order_by(posts.c.checked_at.nulls_first(), posts.c.created_at.desc())
        )
        found += [each for each in connection.scalars(query) if each not in seen]
    if len(found) < limit:
        found += connection.scalars(due.order_by(posts.c.check_at).limit(limit))
    return list(dict.fromkeys(found))[:limit]

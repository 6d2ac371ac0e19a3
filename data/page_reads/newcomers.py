"""Who posts for the first time."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from data.tables import posts


def newcomers(connection: Connection, start: datetime, end: datetime) -> int:
    """Count accounts with a post from `start` up to before `end` and none earlier in the store."""
    earlier = posts.alias("earlier")
    count: int = connection.execute(
        select(func.count(posts.c.account.distinct())).where(
            posts.c.created_at >= start,
            posts.c.created_at < end,
            posts.c.deleted_at.is_(None),
            ~select(earlier.c.id)
            .where(earlier.c.account == posts.c.account, earlier.c.created_at < start)
            .exists(),
        )
    ).scalar_one()
    return count

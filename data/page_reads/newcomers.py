"""Who posts for the first time."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from data.counted import counted
from data.records import NOBODY
from data.tables import accounts, posts


def newcomers(connection: Connection, start: datetime, end: datetime) -> int:
    """Count accounts with a post from `start` up to before `end` and none earlier in the store.

    Who posts where the network does not say who it is counts as no newcomer.
    """
    earlier = posts.alias("earlier")
    count: int = connection.execute(
        select(func.count(posts.c.account.distinct())).where(
            posts.c.created_at >= start,
            posts.c.created_at < end,
            counted(),
            posts.c.account.not_in(select(accounts.c.id).where(accounts.c.native_id == NOBODY)),
            ~select(earlier.c.id)
            .where(earlier.c.account == posts.c.account, earlier.c.created_at < start)
            .exists(),
        )
    ).scalar_one()
    return count

"""Who posts for the first time."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from data.records import NOBODY
from data.rollups.rows import all_spans
from data.tables import accounts


def newcomers(connection: Connection, start: datetime, end: datetime) -> int:
    """Count accounts with a post from `start` up to before `end` and none earlier in the store.

    Who posts where the network does not say who it is counts as no newcomer.
    """
    span = all_spans(connection).c
    count: int = connection.execute(
        select(func.count()).where(
            span.first >= start,
            span.counted_first < end,
            span.account.not_in(select(accounts.c.id).where(accounts.c.native_id == NOBODY)),
        )
    ).scalar_one()
    return count

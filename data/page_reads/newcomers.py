"""Who posts for the first time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.records import NETWORKS, NOBODY
from data.rollups.rows import all_spans
from data.tables import accounts


def newcomers(connection: Connection, times: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """Count, for each of some times, accounts with a post in it and none earlier in the store.

    A time is from up to before. Who posts where the network does not say who it is counts as no
    newcomer.
    """
    span = all_spans(connection).c
    nobody = select(accounts.c.id).where(
        accounts.c.network.in_(sorted(NETWORKS)),  # all of them: so that an index is of use
        accounts.c.native_id == NOBODY,
    )
    new = (
        select(func.count())
        .where(span.first >= start, span.counted_first < end, span.account.not_in(nobody))
        .scalar_subquery()
        for start, end in times
    )
    return list(connection.execute(select(*new)).one())

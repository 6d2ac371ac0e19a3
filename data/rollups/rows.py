"""Rows made of the posts: calls and accounts' spans, from their tables where these hold."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    FromClause,
    exists,
    select,
    true,
    type_coerce,
    union_all,
)

from data.rollups.rules import rules
from data.rollups.stretches import bounds, stale_between
from data.rollups.truth import HOUR, calls_of, posted, spans_of, within
from data.tables import calls, posts, recounts, spans, stale_accounts


def calls_between(
    connection: Connection, start: datetime | None, end: datetime | None
) -> FromClause:
    """Give what has the columns of `calls` and holds for this time (None: no bound)."""
    first, last = bounds(start, end)
    stale = stale_between(connection, first // HOUR, -(-last // HOUR))
    if stale is None:
        return calls_of(posted([(first, last)])).subquery()
    if not stale:
        return calls
    ranges = [(hour * HOUR, (hour + 1) * HOUR) for hour in stale]
    return union_all(
        select(calls).where(~within(type_coerce(calls.c.at, BigInteger), ranges)),
        calls_of(posted(ranges)),
    ).subquery()


def all_spans(connection: Connection) -> FromClause:
    """Give what has the columns of `spans` and holds for all accounts."""
    query = select(recounts.c.rules, exists(select(stale_accounts)).label("stale"))
    row = connection.execute(query).one()
    if row.rules != rules():
        return spans_of(true()).subquery()
    if not row.stale:
        return spans
    stale = exists().where(stale_accounts.c.account == spans.c.account)
    return union_all(
        select(spans).where(~stale),
        spans_of(posts.c.account.in_(select(stale_accounts.c.account))),
    ).subquery()

"""Whether what is counted still agrees with the posts: a sample of hours, counted once more."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from data.among import among
from data.rollups.rules import rules
from data.rollups.truth import HOUR, KINDS, Range, calls_of, posted, spans_of, tally, within
from data.rollups.words import with_words
from data.tables import calls, posts, recounts, spans, stale_accounts, stale_hours, tallies

DAY = 24  # hours


def counted_hours(connection: Connection) -> list[int]:
    """List the hours with posts that count as counted, newest first; none where nothing does."""
    if connection.scalar(select(recounts.c.rules)) != rules():
        return []
    query = (
        select(tallies.c.start)
        .where(
            tallies.c.kind == "posts",
            tallies.c.hours == 1,
            tallies.c.start.not_in(select(stale_hours.c.hour)),
        )
        .order_by(tallies.c.start.desc())
    )
    return list(connection.scalars(query))


def wrong_hours(connection: Connection, hours: Sequence[int]) -> list[int]:
    """List those of these hours whose tallies, calls or day do not agree with the posts.

    An hour whose posts have changed while it was looked at is none of them.
    """
    wrong = [hour for hour in hours if not _agrees(connection, hour)]
    query = select(stale_hours.c.hour).where(among(connection, stale_hours.c.hour, wrong))
    return sorted(set(wrong).difference(connection.scalars(query)))


def wrong_accounts(connection: Connection, limit: int | None = None) -> list[int]:
    """List accounts whose spans do not agree with their posts; looks at `limit` (None: at all)."""
    some = select(spans.c.account).where(spans.c.account.not_in(select(stale_accounts.c.account)))
    who = connection.scalars(some.limit(limit)).all()
    kept = connection.execute(select(spans).where(among(connection, spans.c.account, who)))
    true = connection.execute(spans_of(among(connection, posts.c.account, who)))
    known, found = ({row[0]: tuple(row) for row in rows} for rows in (kept, true))
    return [account for account in who if known[account] != found.get(account)]


def _agrees(connection: Connection, hour: int) -> bool:
    of, here = tallies.c, posted([(hour * HOUR, (hour + 1) * HOUR)])
    kept = connection.execute(
        select(of.kind, of.label, of.posts, of.needs, of.offers).where(
            of.kind.in_(KINDS), of.hours == 1, of.start == hour
        )
    )
    true = [(kind, *row[1:]) for kind in KINDS for row in connection.execute(tally(kind, here))]
    return (
        _same(kept, true)
        and _calls_agree(connection, (hour * HOUR, (hour + 1) * HOUR))
        and _day_agrees(connection, hour // DAY * DAY)
    )


def _calls_agree(connection: Connection, hour: Range) -> bool:
    at = type_coerce(calls.c.at, BigInteger)
    kept = connection.execute(select(calls).where(within(at, [hour])))
    true = connection.execute(calls_of(posted([hour]))).all()
    words = with_words(connection, true)
    return _same(kept, ((*row[:-1], words[row.post]) for row in true))


def _day_agrees(connection: Connection, day: int) -> bool:
    """Say whether a day is the sum of its hours."""
    of = tallies.c
    sums = (func.sum(of[each]) for each in ("posts", "needs", "offers"))
    hours = (
        select(of.kind, of.label, *sums)
        .where(of.kind.in_(KINDS), of.hours == 1, of.start >= day, of.start < day + DAY)
        .group_by(of.kind, of.label)
    )
    whole = select(of.kind, of.label, of.posts, of.needs, of.offers).where(
        of.kind.in_(KINDS), of.hours == DAY, of.start == day
    )
    return _same(connection.execute(hours), connection.execute(whole))


def _same(one: Any, other: Any) -> bool:
    return sorted(map(tuple, one)) == sorted(map(tuple, other))

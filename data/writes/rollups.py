"""Roll-ups are kept: hours and accounts that changed are counted anew, the newest first."""

import itertools
from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    type_coerce,
    update,
)

from data.among import among
from data.engine import hold
from data.rollups.rules import rules
from data.rollups.stretches import DAY
from data.rollups.truth import (
    HOUR,
    KINDS,
    UNLABELLED,
    Range,
    calls_of,
    posted,
    spans_of,
    tally,
    within,
)
from data.rollups.words import words_key
from data.tables import calls, labels, posts, recounts, spans, stale_accounts, stale_hours, tallies

HOURS, ACCOUNTS = 48, 2_000  # counted in one transaction, so that no other writer waits long


def keep_rollups(engine: Engine, turns: int | None = None) -> int:
    """Count anew what has changed, in short transactions; return how many hours and accounts.

    At most so many `turns` (None: until nothing is left), for whoever comes again soon: while many
    posts are written there is always something left.
    """
    done = 0
    for _ in itertools.count() if turns is None else range(turns):
        with engine.begin() as connection:
            some = keep_some_rollups(connection)
        done += some
        if not some:
            break
    return done


def recount_all(engine: Engine) -> int:
    """Count everything anew; return how many hours and accounts. Pages stay right meanwhile."""
    with engine.begin() as connection:
        hold(connection)
        _begin_anew(connection)
    return keep_rollups(engine)


def keep_some_rollups(connection: Connection) -> int:
    """Count the newest hours and some accounts anew that have changed; return how many."""
    if not _is_stale(connection):
        return 0
    hold(connection)
    if connection.scalar(select(recounts.c.rules)) != rules():
        _begin_anew(connection)
    hours = connection.scalars(
        select(stale_hours.c.hour).order_by(stale_hours.c.hour.desc()).limit(HOURS)
    ).all()
    if hours:
        _count_hours(connection, sorted(hours))
        connection.execute(delete(stale_hours).where(among(connection, stale_hours.c.hour, hours)))
    who = connection.scalars(select(stale_accounts.c.account).limit(ACCOUNTS)).all()
    if who:
        _date_accounts(connection, who)
        gone = among(connection, stale_accounts.c.account, who)
        connection.execute(delete(stale_accounts).where(gone))
    connection.execute(update(recounts).values(times=recounts.c.times + 1))
    return len(hours) + len(who)


def _is_stale(connection: Connection) -> bool:
    return connection.scalar(select(recounts.c.rules)) != rules() or any(
        connection.scalar(select(column).limit(1)) is not None
        for column in (stale_hours.c.hour, stale_accounts.c.account)
    )


def _begin_anew(connection: Connection) -> None:
    """Note everything as changed: it was counted by other rules."""
    for stale, column, named in (
        (stale_hours, stale_hours.c.hour, type_coerce(posts.c.created_at, BigInteger) // HOUR),
        (stale_accounts, stale_accounts.c.account, posts.c.account),
    ):
        connection.execute(delete(stale))
        connection.execute(insert(stale).from_select([column.name], select(named).distinct()))
    connection.execute(delete(tallies))
    connection.execute(delete(calls))
    connection.execute(delete(spans))
    connection.execute(update(recounts).values(rules=rules()))


def _count_hours(connection: Connection, hours: Sequence[int]) -> None:
    ranges = list(_ranges(hours))
    start = type_coerce(tallies.c.start, BigInteger)
    by_hour = [(a // HOUR, b // HOUR) for a, b in ranges]
    kept = (tallies.c.kind.in_(KINDS), tallies.c.hours == 1)
    connection.execute(delete(tallies).where(*kept, within(start, by_hour)))
    columns = ["kind", "hours", "start", "label", "posts", "needs", "offers"]
    for kind in KINDS if _any_label(connection, ranges) else UNLABELLED:
        found = tally(kind, posted(ranges)).subquery()
        told = select(literal(kind), literal(1), *found.c)
        connection.execute(insert(tallies).from_select(columns, told))
    at = type_coerce(calls.c.at, BigInteger)
    connection.execute(delete(calls).where(within(at, ranges)))
    _write_calls(connection, ranges)
    _sum_days(connection, sorted({hour // DAY * DAY for hour in hours}))


def _write_calls(connection: Connection, ranges: Sequence[Range]) -> None:
    columns = calls.c.keys()
    query = calls_of(posted(ranges)).add_columns(posts.c.text)
    found = [
        dict(zip(columns, (*known, words_key(text)), strict=True))
        for *known, _, text in connection.execute(query)
    ]
    if found:
        connection.execute(insert(calls), found)


def _any_label(connection: Connection, ranges: Sequence[Range]) -> bool:
    """Say whether a post of these times has a label: before the tagger has come, none has."""
    there = exists().where(labels.c.post == posts.c.id)
    query = select(posts.c.id).where(posted(ranges), there).limit(1)
    return connection.execute(query).first() is not None


def _sum_days(connection: Connection, days: Sequence[int]) -> None:
    of = tallies.c
    known = of.kind.in_(KINDS)
    for day in days:
        connection.execute(delete(tallies).where(known, of.hours == DAY, of.start == day))
        sums = (func.sum(of[each]) for each in ("posts", "needs", "offers"))
        told = (
            select(of.kind, literal(DAY), literal(day), of.label, *sums)
            .where(known, of.hours == 1, of.start >= day, of.start < day + DAY)
            .group_by(of.kind, of.label)
        )
        connection.execute(
            insert(tallies).from_select(
                ["kind", "hours", "start", "label", "posts", "needs", "offers"], told
            )
        )


def _date_accounts(connection: Connection, who: Sequence[int]) -> None:
    connection.execute(delete(spans).where(among(connection, spans.c.account, who)))
    told = spans_of(among(connection, posts.c.account, who))
    connection.execute(insert(spans).from_select(list(spans.c.keys()), told))


def _ranges(hours: Sequence[int]) -> Sequence[Range]:
    joined: list[tuple[int, int]] = []
    for hour in hours:
        if joined and joined[-1][1] == hour:
            joined[-1] = (joined[-1][0], hour + 1)
        else:
            joined.append((hour, hour + 1))
    return [(a * HOUR, b * HOUR) for a, b in joined]

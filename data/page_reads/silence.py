"""Which sources fell silent: those that stopped to answer, and those of which nothing comes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from data.reads import GOOD
from data.rollups.counts import Asked, Counted, Counting
from data.tables import runs

DAY, USUAL = timedelta(days=1), timedelta(days=7)
FEWEST = 2  # posts a day: where fewer are usual, a day without any says nothing


def delivered_since(
    connection: Connection, source: str, origin: str, since: datetime
) -> datetime | None:
    """Give when a source last answered well; None where it has not since then."""
    last: datetime | None = connection.execute(
        select(func.max(runs.c.finished_at)).where(
            runs.c.step == "collect",
            runs.c.source == source,
            runs.c.origin == origin,
            runs.c.started_at >= since,
            runs.c.state.in_(GOOD),
        )
    ).scalar_one()
    return last


def silent_networks(now: datetime, networks: Collection[str]) -> Counting[dict[str, int]]:
    """List networks without a post for a day, with how many a day there were in the week before."""
    asked = [Asked("source", now - DAY, now), Asked("source", now - DAY - USUAL, now - DAY)]
    return Counting(asked, lambda found: _silent(networks, *found))


def _silent(networks: Collection[str], today: Counted, week: Counted) -> dict[str, int]:
    usual = {name: week[name].posts // USUAL.days for name in networks if name in week}
    return {name: posts for name, posts in usual.items() if posts >= FEWEST and name not in today}

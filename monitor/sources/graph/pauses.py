"""A pause that Meta asked for is kept in the store: a round before its end asks nothing."""

from collections.abc import Generator, Iterable
from datetime import timedelta

from data.records import iso, read_time
from data.writes import Cursor
from monitor.sources.graph.refusals import limited
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page

PAUSE = "pause until"


def within_limits(asking: Asking, pages: Iterable[Page]) -> Generator[Page, None, None]:
    """Yield a round's pages; Refused at once where the pause of an earlier round is not over."""
    told = asking.cursors.get(PAUSE)
    until = read_time(told, asking.now) if told else asking.now
    if until > asking.now:
        raise limited((until - asking.now).total_seconds())
    try:
        yield from pages
    except Refused as refused:
        if refused.state == "limited" and refused.wait:
            until = asking.now + timedelta(seconds=refused.wait)
            yield Page(cursors=[Cursor(PAUSE, iso(until))])
        raise

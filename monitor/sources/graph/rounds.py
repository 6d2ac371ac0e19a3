"""One round at the Graph API, whatever it reads.

A pause that Meta asked for is kept in the store: a round before its end asks nothing.
"""

from collections.abc import Callable, Generator, Iterable
from datetime import timedelta
from itertools import chain

from data.records import from_iso, iso
from data.writes import Cursor
from monitor.sources.graph.client import Graph
from monitor.sources.graph.refusals import limited
from monitor.sources.graph.tokens import watch_token
from monitor.sources.http import LONGEST_PROMISE
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page

PAUSE = "pause until"


def one_round(
    asking: Asking, network: str, read: Callable[[Asking, Graph], Iterable[Page]]
) -> Generator[Page, None, None]:
    """Yield the pages that `read` asks for; Refused where Meta does not deliver."""
    graph = Graph(asking.config, asking.origin, asking.patience, network)
    try:
        yield from _within_limits(asking, chain(watch_token(asking, graph), read(asking, graph)))
    finally:
        graph.close()


def _within_limits(asking: Asking, pages: Iterable[Page]) -> Generator[Page, None, None]:
    """Yield a round's pages; Refused at once where the pause of an earlier round is not over."""
    told = asking.cursors.get(PAUSE)
    left = (from_iso(told) - asking.now).total_seconds() if told else 0
    if 0 < left <= LONGEST_PROMISE:  # a longer one was written by a clock that ran ahead
        raise limited(left)
    try:
        yield from pages
    except Refused as refused:
        if refused.state == "limited" and refused.wait:
            until = asking.now + timedelta(seconds=refused.wait)
            yield Page(cursors=[Cursor(PAUSE, iso(until))])
        raise

"""When a token ends, asked of Meta once a day; people are told two weeks before.

Long-lived tokens live 60 days; Meta tells nobody when one has ended. Of the token itself the store
keeps only a hash, to know whether it is still the same.
"""

import hashlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.records import from_iso, iso
from data.tokens import ENDS, WARN_BEFORE, end_words, token_end
from data.writes import Cursor
from monitor.items.fields import at, seconds
from monitor.sources.graph.client import Graph
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page

ASK_AGAIN = timedelta(days=1)
_ASKED, _WHICH = "token asked", "token hash"
_FIELDS = ("expires_at", "data_access_expires_at")  # epoch seconds; 0: never
_LATEST = 4e9  # the year 2096; a later end is none


def watch_token(asking: Asking, graph: Graph) -> Iterator[Page]:
    """Yield when the token ends if that was not asked today, and a note if that is soon."""
    cursors = dict(asking.cursors)
    which = hashlib.sha256(graph.token.encode()).hexdigest()[:16]
    asked = cursors.get(_ASKED)
    if (
        cursors.get(_WHICH) != which
        or not asked
        or not timedelta() <= asking.now - from_iso(asked) < ASK_AGAIN
    ):
        told = _ask(graph)
        if told is not None or cursors.get(_WHICH) != which:
            cursors = {_WHICH: which, _ASKED: iso(asking.now), ENDS: told or ""}
            yield Page(cursors=[Cursor(*each) for each in cursors.items()])
    ends = token_end(cursors)
    if ends is not None and ends - asking.now <= WARN_BEFORE:
        zone = ZoneInfo(asking.config.watch.timezone)
        yield Page(note=end_words(asking.origin, ends, asking.now, zone))


def _ask(graph: Graph) -> str | None:
    """Return the time as the store keeps it; "" where it never ends, or Meta does not tell.

    None where Meta does not answer just now: what it has told stays true.
    """
    # the one address that holds a token: urllib3 quotes addresses in its warnings
    logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
    try:
        told: Any = graph.get("debug_token", input_token=graph.token)
    except Refused as refused:  # not every token may ask; what is wrong the next request says
        return "" if refused.state in ("denied", "not_found") else None
    ends = [value for each in _FIELDS if (value := seconds(at(told, "data", each)))]
    soonest = min(ends, default=0.0)
    return iso(datetime.fromtimestamp(soonest, UTC)) if 0 < soonest < _LATEST else ""

"""How much of Meta's limits is used, as the headers of each reply tell. Pure.

`X-App-Usage` holds percentages; `X-Business-Use-Case-Usage` the same by account and kind of use,
with the minutes until access is regained
(developers.facebook.com/docs/graph-api/overview/rate-limiting).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.items.fields import count, objects
from monitor.sources.graph.refusals import AN_HOUR
from monitor.sources.http import LONGEST_PROMISE

FULL = 95  # percent; the rest is for people who use the same app
_APP, _BUSINESS = "X-App-Usage", "X-Business-Use-Case-Usage"
_PARTS = ("call_count", "total_time", "total_cputime")


def pause(headers: Mapping[str, str]) -> float | None:
    """Return the seconds until the next request is welcome, None where it is now."""
    waits = [wait for each in _told(headers) if (wait := _wait(each)) is not None]
    return min(max(waits), LONGEST_PROMISE) if waits else None


def _told(headers: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    app, business = _read(headers.get(_APP)), _read(headers.get(_BUSINESS))
    yield app
    for uses in business.values():
        yield from objects(uses)


def _wait(usage: Mapping[str, Any]) -> float | None:
    minutes = count(usage.get("estimated_time_to_regain_access")) or 0
    if minutes:
        return minutes * 60.0
    used = max(count(usage.get(each)) or 0 for each in _PARTS)
    return AN_HOUR if used >= FULL else None


def _read(header: str | None) -> Mapping[str, Any]:
    try:
        told = json.loads(header or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, Mapping) else {}

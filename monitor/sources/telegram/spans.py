"""Which numbers of a channel's posts have been read: stretches that grow together. Pure."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Span(NamedTuple):
    """All posts from `low` to `high` are read; `since` is the time of the lowest (ISO 8601)."""

    low: int
    high: int
    since: str


def joined(spans: Iterable[Span], new: Span) -> list[Span]:
    """Add a stretch; those that touch or overlap become one. Lowest first."""
    found: list[Span] = []
    for span in sorted([*spans, new]):
        if found and span.low <= found[-1].high + 1:
            found[-1] = _both(found[-1], span)
        else:
            found.append(span)
    return found


def at_number(spans: Iterable[Span], number: int) -> Span | None:
    """Return the stretch that holds a number."""
    return next((span for span in spans if span.low <= number <= span.high), None)


def to_text(spans: Iterable[Span]) -> str:
    """Write the stretches for a cursor."""
    return json.dumps([list(span) for span in spans], separators=(",", ":"))


def from_text(text: str | None) -> list[Span]:
    """Read what `to_text` wrote."""
    return [Span(*each) for each in json.loads(text or "[]")]


def _both(lower: Span, upper: Span) -> Span:
    return Span(lower.low, max(lower.high, upper.high), min(lower.since, upper.since, key=_at))


def _at(since: str) -> datetime:
    return datetime.fromisoformat(since)

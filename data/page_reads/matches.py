"""Calls for help that nobody has answered, each with the offers that may answer it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data.among import among
from data.page_reads.calls import Call, calls_by_number
from data.tables import matches


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer for a need: its post, the item sought, how well it fits (0 to 1), and why."""

    call: Call
    item: str
    score: float
    reasons: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A call for help and its offers, best first."""

    call: Call
    offers: tuple[Offer, ...]


def needs_with_offers(connection: Connection, numbers: Sequence[int]) -> list[Need]:
    """Read calls for help by the row numbers of their posts, in that order, with their offers."""
    calls = calls_by_number(connection, numbers)
    wanted = [calls[each] for each in numbers if each in calls]
    rows = _matches(connection, [each.id for each in wanted])
    offers = calls_by_number(connection, {row.offer for each in rows.values() for row in each})
    return [
        Need(
            call,
            tuple(
                Offer(offers[row.offer], row.item, row.score, tuple(row.reasons))
                for row in rows[call.id]
                if row.offer in offers
            ),
        )
        for call in wanted
    ]


def _matches(connection: Connection, needs: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(
        select(matches)
        .where(among(connection, matches.c.need, needs))
        .order_by(matches.c.score.desc(), matches.c.offer)
    ):
        found[row.need].append(row)
    return found

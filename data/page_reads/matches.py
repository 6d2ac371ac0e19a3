"""Calls for help that nobody has answered, each with the offers that may answer it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, exists, func, select

from data.among import among
from data.page_reads.calls import Call, called, calls_by_number
from data.page_reads.narrowed import Narrowing, apart_from_time
from data.rollups.rows import calls_between
from data.rollups.truth import NEED
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


def answered_share(connection: Connection, to: Narrowing) -> tuple[int, int]:
    """Count calls for help, and those with at least one offer."""
    of = calls_between(connection, to.start, to.end).c
    offered = exists().where(matches.c.need == of.post)
    query = select(func.count(), func.count(case((offered, 1)))).where(
        *called(of, NEED, to.start, to.end), *apart_from_time(to, of.post)
    )
    needs, answered = connection.execute(query).one()
    return needs, answered


def _matches(connection: Connection, needs: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(
        select(matches)
        .where(among(connection, matches.c.need, needs))
        .order_by(matches.c.score.desc(), matches.c.offer)
    ):
        found[row.need].append(row)
    return found

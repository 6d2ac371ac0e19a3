"""Calls for help that nobody has answered, each with the offers that may answer it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from data.among import among
from data.page_reads.calls import Call, calls_by_number, open_needs
from data.page_reads.narrowed import Narrowing, narrowed
from data.tables import labels, matches, posts


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


def needs_with_offers(connection: Connection, to: Narrowing, limit: int = 20) -> list[Need]:
    """List unanswered calls for help, the oldest first."""
    wanted = open_needs(connection, to, limit)
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
    query = (
        select(func.count(posts.c.id.distinct()), func.count(matches.c.need.distinct()))
        .join(labels, (labels.c.post == posts.c.id) & (labels.c.kind == "intent"))
        .outerjoin(matches, matches.c.need == posts.c.id)
        .where(
            labels.c.label == "gesuch",
            *narrowed(to),
            posts.c.deleted_at.is_(None),
            posts.c.repost_of.is_(None),
        )
    )
    needs, answered = connection.execute(query).one()
    return int(needs), int(answered)


def _matches(connection: Connection, needs: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(
        select(matches)
        .where(among(connection, matches.c.need, needs))
        .order_by(matches.c.score.desc(), matches.c.offer)
    ):
        found[row.need].append(row)
    return found

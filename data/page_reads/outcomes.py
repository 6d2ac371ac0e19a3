"""How warnings and blocks turned out, counted: nobody's accounts, nobody's words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.decisions import in_force
from data.page_reads.warnings import CLOSING
from data.tables import decisions

LIFTING = ("unblock", "appeal_grant")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Warnings by the decision that is in force, and blocks that people lifted again."""

    confirmed: int
    dismissed: int
    lifted: int


def outcomes(connection: Connection, since: datetime) -> Outcomes:
    """Count what was decided at `since` or later; each warning once."""
    rows = connection.execute(
        select(decisions.c.verdict, func.count())
        .where(
            decisions.c.id.in_(in_force("cluster")),
            decisions.c.at >= since,
            decisions.c.verdict.in_(CLOSING),
        )
        .group_by(decisions.c.verdict)
    )
    counts = {verdict: count for verdict, count in rows}  # noqa: C416  a row is not a pair for mypy
    lifted = connection.execute(
        select(func.count()).where(
            decisions.c.subject_kind == "account",
            decisions.c.verdict.in_(LIFTING),
            decisions.c.at >= since,
        )
    ).scalar_one()
    return Outcomes(counts.get("confirm", 0), counts.get("dismiss", 0), lifted)

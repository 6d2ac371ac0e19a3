"""How warnings turned out, counted: nobody's accounts, nobody's words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.page_reads.warnings import CLOSING
from data.tables import decisions


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Warnings by the decision that is in force, of those taken in a stretch of time."""

    confirmed: int
    dismissed: int


def outcomes(connection: Connection, since: datetime) -> Outcomes:
    """Count the warnings whose decision in force was taken at `since` or later."""
    newest = (
        select(func.max(decisions.c.id))
        .where(decisions.c.subject_kind == "cluster", decisions.c.verdict != "note")
        .group_by(decisions.c.subject)
    )
    rows = connection.execute(
        select(decisions.c.verdict, func.count())
        .where(
            decisions.c.id.in_(newest), decisions.c.at >= since, decisions.c.verdict.in_(CLOSING)
        )
        .group_by(decisions.c.verdict)
    )
    counts = {verdict: count for verdict, count in rows}  # noqa: C416  a row is not a pair for mypy
    return Outcomes(counts.get("confirm", 0), counts.get("dismiss", 0))

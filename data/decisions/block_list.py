"""The block list as it stands: how many in which state, and who."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, Subquery, func, select

from data.among import among
from data.decisions.block_states import STATES, Block, block_in
from data.decisions.verdicts import BLOCKING, Decision
from data.tables import decisions


def count_blocks(connection: Connection) -> dict[str, int]:
    """Count accounts by state (a value of STATES); states without accounts are absent."""
    newest = _newest()
    found: dict[str, int] = defaultdict(int)
    for verdict, count in connection.execute(
        select(decisions.c.verdict, func.count())
        .join(newest, newest.c.id == decisions.c.id)
        .group_by(decisions.c.verdict)
    ):
        found[STATES[verdict]] += count
    return dict(found)


def list_blocks(
    connection: Connection, states: Collection[str], limit: int, offset: int = 0
) -> list[Block]:
    """List accounts in one of these states, the one that changed last first."""
    newest = _newest()
    wanted = [verdict for verdict, state in STATES.items() if state in states]
    subjects = connection.scalars(
        select(decisions.c.subject)
        .join(newest, newest.c.id == decisions.c.id)
        .where(decisions.c.verdict.in_(wanted))
        .order_by(decisions.c.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    entries: dict[str, list[Decision]] = defaultdict(list)
    for row in connection.execute(
        select(decisions)
        .where(
            decisions.c.subject_kind == "account",
            among(connection, decisions.c.subject, subjects),
        )
        .order_by(decisions.c.id)
    ):
        entries[row.subject].append(Decision(**row._mapping))
    found = (block_in(entries[each]) for each in subjects)
    return [each for each in found if each is not None]


def came_on(appeal: Decision) -> date:
    """Tell the day on which an appeal came, from which on it waits."""
    return date.fromisoformat((appeal.basis or {})["came"])


def way_of(appeal: Decision) -> str:
    """Tell by which way an appeal came: one of WAYS."""
    return str((appeal.basis or {})["way"])


def _newest() -> Subquery:
    """Find the number of the newest entry about each account that was ever proposed."""
    return (
        select(func.max(decisions.c.id).label("id"))
        .where(decisions.c.subject_kind == "account", decisions.c.verdict.in_(BLOCKING))
        .group_by(decisions.c.subject)
        .subquery()
    )

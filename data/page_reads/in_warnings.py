"""The accounts that stand in warnings, those in confirmed ones first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data import decisions
from data.decisions import NAMING, STATES, Decision
from data.page_reads.warnings import Group, by_weight, groups
from data.tables import accounts, cluster_accounts

CONFIRMED, OPEN, OVER = "confirmed", "open", "over"  # what became of the account's warnings
KNOWN = "known"


@dataclass(frozen=True, slots=True)
class InWarnings:
    """An account (by row number and key) with its warnings, the strongest first, and its marks.

    `decision` is what people last said about the account itself, notes aside.
    """

    account: int
    network: str
    key: str
    warnings: tuple[Group, ...]
    marks: tuple[Mapping[str, Any], ...]  # one a warning
    decision: Decision | None

    @property
    def standing(self) -> str:
        """Say whether one of its warnings is confirmed, else whether one is open, else over."""
        if any(each.verdict == "confirm" for each in self.warnings):
            return CONFIRMED
        return OPEN if any(each.open for each in self.warnings) else OVER

    @property
    def state(self) -> str | None:
        """Say what people made of the account; None: nothing yet."""
        return None if self.decision is None else state_of(self.decision)


def state_of(decision: Decision) -> str | None:
    """Say what an account is after this decision: KNOWN, or its state towards the block list."""
    return KNOWN if decision.verdict in NAMING else STATES.get(decision.verdict)


def in_warnings(connection: Connection) -> list[InWarnings]:
    """List the accounts of all warnings that the page of warnings lists."""
    shown = {each.id: each for each in groups(connection, ("alert", "watch"))}
    stands: dict[int, list[tuple[Group, Mapping[str, Any]]]] = defaultdict(list)
    names: dict[int, tuple[str, str]] = {}
    for row in connection.execute(
        select(
            cluster_accounts.c.cluster,
            cluster_accounts.c.marks,
            accounts.c.id,
            accounts.c.network,
            accounts.c.native_id,
        )
        .join(accounts, accounts.c.id == cluster_accounts.c.account)
        .where(cluster_accounts.c.cluster.in_(list(shown)))
    ):
        stands[row.id].append((shown[row.cluster], row.marks or {}))
        names[row.id] = (row.network, f"{row.network}:{row.native_id}")
    said = decisions.latest(connection, "account", [key for _, key in names.values()])
    found = []
    for account, parts in stands.items():
        network, key = names[account]
        parts.sort(key=lambda part: by_weight(part[0]))
        of, marks = zip(*parts, strict=True)
        found.append(InWarnings(account, network, key, of, marks, said.get(key)))
    return sorted(found, key=_rank)


def _rank(each: InWarnings) -> tuple[Any, ...]:
    order = (CONFIRMED, OPEN, OVER).index(each.standing)
    return order, by_weight(each.warnings[0]), -len(each.warnings), each.account

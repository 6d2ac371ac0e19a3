"""The accounts that stand in warnings, those in confirmed ones first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data import decisions
from data.among import among
from data.decisions import NAMING, STATES
from data.page_reads.warnings import Group, by_weight, groups
from data.tables import accounts, cluster_accounts

CONFIRMED, OPEN, OVER = "confirmed", "open", "over"  # what became of the account's warnings
KNOWN = "known"


@dataclass(frozen=True, slots=True)
class InWarnings:
    """An account (by row number and key) with its warnings, the strongest first, and its marks.

    `standing` says whether one of its warnings is confirmed, else whether one is open, else over;
    `state` what people made of the account itself, None: nothing yet.
    """

    account: int
    network: str
    key: str
    warnings: tuple[Group, ...]
    marks: tuple[Mapping[str, Any], ...]  # one a warning
    standing: str
    state: str | None


def state_after(verdict: str | None) -> str | None:
    """Say what an account is after a verdict: KNOWN, or its state towards the block list."""
    return KNOWN if verdict in NAMING else STATES.get(verdict or "")


def in_warnings(connection: Connection) -> list[InWarnings]:
    """List the accounts of all warnings that the page of warnings lists."""
    shown = {each.id: each for each in groups(connection, ("alert", "watch"))}
    stands: dict[int, list[tuple[Group, Mapping[str, Any]]]] = defaultdict(list)
    names: dict[int, tuple[str, str]] = {}
    for cluster, marks, account, network, native_id in connection.execute(
        select(
            cluster_accounts.c.cluster,
            cluster_accounts.c.marks,
            accounts.c.id,
            accounts.c.network,
            accounts.c.native_id,
        )
        .join(accounts, accounts.c.id == cluster_accounts.c.account)
        .where(among(connection, cluster_accounts.c.cluster, shown))
    ):
        stands[account].append((shown[cluster], marks or {}))
        names[account] = (network, f"{network}:{native_id}")
    said = decisions.verdicts_in_force(connection, "account")
    found = []
    for account, parts in stands.items():
        network, key = names[account]
        if len(parts) > 1:
            parts.sort(key=lambda part: by_weight(part[0]))
        of, marks = zip(*parts, strict=True)
        state = state_after(said.get(key))
        found.append(InWarnings(account, network, key, of, marks, _standing(of), state))
    return sorted(found, key=_rank)


def _standing(warnings: tuple[Group, ...]) -> str:
    if any(each.verdict == "confirm" for each in warnings):
        return CONFIRMED
    return OPEN if any(each.open for each in warnings) else OVER


def _rank(each: InWarnings) -> tuple[Any, ...]:
    order = (CONFIRMED, OPEN, OVER).index(each.standing)
    return order, by_weight(each.warnings[0]), -len(each.warnings), each.account

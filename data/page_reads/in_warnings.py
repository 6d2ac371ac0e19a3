"""The accounts that stand in warnings, those in confirmed ones first."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from data import decisions
from data.among import among
from data.decisions import NAMING, STATES
from data.page_reads.warnings import Outline, by_weight, outlines
from data.tables import accounts, cluster_accounts

CONFIRMED, OPEN, OVER = "confirmed", "open", "over"  # what became of the account's warnings
KNOWN = "known"


class InWarnings(NamedTuple):
    """An account (by row number and key) with its warnings, the strongest first.

    `standing` says whether one of its warnings is confirmed, else whether one is open, else over;
    `state` what people made of the account itself, None: nothing yet.
    """

    account: int
    network: str
    key: str
    warnings: tuple[Outline, ...]
    standing: str
    state: str | None


def state_after(verdict: str | None) -> str | None:
    """Say what an account is after a verdict: KNOWN, or its state towards the block list."""
    return KNOWN if verdict in NAMING else STATES.get(verdict or "")


def in_warnings(connection: Connection) -> list[InWarnings]:
    """List the accounts of all warnings that the page of warnings lists."""
    shown = sorted(outlines(connection, ("alert", "watch")), key=by_weight)
    places = {each.id: place for place, each in enumerate(shown)}
    stands: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for cluster, *who in connection.execute(
        select(cluster_accounts.c.cluster, accounts.c.id, accounts.c.network, accounts.c.native_id)
        .join(accounts, accounts.c.id == cluster_accounts.c.account)
        .where(among(connection, cluster_accounts.c.cluster, places))
    ).all():
        stands[tuple(who)].append(places[cluster])
    said = decisions.verdicts_in_force(connection, "account")
    found = []
    for (account, network, native_id), of in sorted(stands.items(), key=_rank):
        key = f"{network}:{native_id}"
        warnings = tuple(shown[place] for place in sorted(of))
        standing, state = _standing(warnings[0]), state_after(said.get(key))
        found.append(InWarnings(account, network, key, warnings, standing, state))
    return found


def marks_of(
    connection: Connection, found: Collection[InWarnings]
) -> dict[int, list[Mapping[str, Any]]]:
    """Give the marks of accounts in their warnings, by row number, in no order."""
    shown = {each.account: {of.id for of in each.warnings} for each in found}
    marks: dict[int, list[Mapping[str, Any]]] = {account: [] for account in shown}
    of = cluster_accounts.c
    for account, cluster, said in connection.execute(
        select(of.account, of.cluster, of.marks).where(among(connection, of.account, shown))
    ).all():
        if cluster in shown[account]:
            marks[account].append(said or {})
    return marks


def _rank(stands: tuple[tuple[int, str, str], list[int]]) -> tuple[int, int, int]:
    """Sort by the strongest warning, then whose are most; an account's places are in no order."""
    who, places = stands
    return min(places), -len(places), who[0]


def _standing(strongest: Outline) -> str:
    """Say what became of an account's warnings: the strongest is confirmed if one is, else open."""
    if strongest.verdict == "confirm":
        return CONFIRMED
    return OPEN if strongest.open else OVER

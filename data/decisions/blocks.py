"""The block list: one person proposes, a second confirms, and who objects is heard by another.

The program blocks nobody: the list is what people copy to the networks. What stands on it follows
from the entries about an account, which only grow:

    block_propose ─ block_confirm ─ appeal ─ appeal_deny      the block stays
          │               │            └─── appeal_grant      lifted
          │               └─── unblock                        lifted, at any time, by one person
          └─ block_reject (by another), block_withdraw (by who proposed)
"""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from data.decisions.basis import standing_of
from data.decisions.block_persons import refuse_same_person
from data.decisions.block_states import APPEALED, BLOCKED, STEPS, Block, block_of
from data.decisions.verdicts import (
    NAMING,
    DecisionError,
    checked_reason,
    enter,
    latest,
    refuse_unseen,
)
from data.engine import PEOPLE, hold
from data.records import NOBODY
from data.tables import accounts

WAYS = ("mail", "letter", "other")  # by which an appeal comes


def propose(
    connection: Connection, who: str, account: str, reason: str, seen: int | None, at: datetime
) -> int:
    """Propose an account (by key) for the block list; return the number of the entry.

    Raises DecisionConflict as `decide` does, DecisionError for an account that is not in the
    store, that is on the list or proposed already, or that people have named as known.
    """
    reason = checked_reason(reason, needed=True)
    block = _as_seen(connection, account, seen)
    number = _number_of(connection, account)
    if block is not None and block.waits_or_listed:
        raise DecisionError(
            de="Das Konto ist schon vorgeschlagen oder steht auf der Sperrliste.",
            en="The account is proposed already, or on the block list.",
        )
    named = latest(connection, "account", [account]).get(account)
    if named is not None and named.verdict in NAMING:
        raise DecisionError(
            de=f"{named.who} hat das Konto als bekannt benannt. Wer es trotzdem vorschlagen will, "
            "nimmt zuerst die Benennung zurück.",
            en=f"{named.who} has named the account as known. To propose it nevertheless, take the "
            "naming back first.",
        )
    basis = standing_of(connection, number)
    return enter(connection, who, "account", account, "block_propose", reason, seen, at, basis)


def decide_block(
    connection: Connection,
    who: str,
    account: str,
    verdict: str,
    reason: str,
    seen: int | None,
    at: datetime,
) -> int:
    """Take one of the STEPS about a block; return the number of the entry.

    Raises DecisionConflict as `decide` does, DecisionError where the step does not fit the state
    or needs another person.
    """
    if verdict not in STEPS:
        raise ValueError(f"{verdict} is no step about a block")
    reason = checked_reason(reason, needed=True)
    block = _as_seen(connection, account, seen)
    if block is None or block.state not in STEPS[verdict]:
        raise _does_not_fit(verdict)
    refuse_same_person(block, verdict, who)
    return enter(connection, who, "account", account, verdict, reason, seen, at, None)


def enter_appeal(  # noqa: PLR0913, PLR0917
    connection: Connection,
    who: str,
    account: str,
    said: str,
    came: date,
    way: str,
    seen: int | None,
    at: datetime,
) -> int:
    """Note that the person behind a blocked account objects; return the number of the entry.

    `said` is what they write, in short; `came` the day on which it came, by a `way` of WAYS. It
    waits from that day on until somebody else than who confirmed the block has answered it.
    """
    if way not in WAYS:
        raise ValueError(f"{way} is no way by which an appeal comes")
    said = checked_reason(said, needed=True)
    if came > (at + timedelta(days=1)).date():  # some zone is a day ahead of UTC
        raise DecisionError(
            de="Der Tag des Eingangs liegt in der Zukunft.",
            en="The day on which it came is in the future.",
        )
    block = _as_seen(connection, account, seen)
    if block is None or block.state != BLOCKED:
        raise _does_not_fit("again" if block and block.state == APPEALED else "appeal")
    basis = {"came": came.isoformat(), "way": way}
    return enter(connection, who, "account", account, "appeal", said, seen, at, basis)


def _as_seen(connection: Connection, account: str, seen: int | None) -> Block | None:
    """Give the block as it stays until the transaction ends; DecisionConflict if not seen."""
    hold(connection, PEOPLE)
    refuse_unseen(connection, "account", account, seen)
    return block_of(connection, account)


def _number_of(connection: Connection, account: str) -> int:
    """Return the row number of an account; DecisionError where there is none to be blocked."""
    network, _, native_id = account.partition(":")
    number: int | None = connection.execute(
        select(accounts.c.id).where(
            accounts.c.network == network, accounts.c.native_id == native_id
        )
    ).scalar()
    if number is None or native_id == NOBODY:
        raise DecisionError(
            de=f"Ein Konto {account} kennt der Bestand nicht.",
            en=f"The store has no account {account}.",
        )
    return number


_NO_PROPOSAL = (
    "Für dieses Konto wartet kein Vorschlag auf eine Entscheidung.",
    "No proposal waits for a decision about this account.",
)
_NOT_LISTED = (
    "Das Konto steht nicht auf der Sperrliste.",
    "The account is not on the block list.",
)
_NO_APPEAL = (
    "Zu diesem Konto ist kein Einspruch offen.",
    "No appeal is open about this account.",
)
_ONE_OPEN = (
    "Zu diesem Konto ist schon ein Einspruch offen. Weiteres bitte als Notiz eintragen.",
    "An appeal about this account is open already. Please enter the rest as a note.",
)
_WHY_NOT = {
    "block_confirm": _NO_PROPOSAL,
    "block_reject": _NO_PROPOSAL,
    "block_withdraw": _NO_PROPOSAL,
    "unblock": _NOT_LISTED,
    "appeal": _NOT_LISTED,
    "again": _ONE_OPEN,
    "appeal_grant": _NO_APPEAL,
    "appeal_deny": _NO_APPEAL,
}


def _does_not_fit(what: str) -> DecisionError:
    de, en = _WHY_NOT[what]
    return DecisionError(de=de, en=en)

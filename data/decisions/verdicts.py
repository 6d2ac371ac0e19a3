"""Decisions: append-only, each with who, when and why; nobody decides past another unknowingly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select

from data.decisions.basis import basis_of
from data.engine import PEOPLE, hold
from data.errors import MonitorError
from data.records import clean
from data.tables import decisions

VERDICTS = ("confirm", "dismiss", "reopen", "note")
MANAGING = ("add", "role", "password", "disable", "enable")  # of users alone: data.decisions.users
NAMING = ("institution", "automated")  # of accounts alone: known to people, so no suspicion
LISTED = ("block_propose", "block_confirm", "appeal", "appeal_deny")  # then it is on the block list
FREED = ("block_reject", "block_withdraw", "unblock", "appeal_grant")  # then it is not, or no more
BLOCKING = (*LISTED, *FREED)  # of accounts alone; entered by data.decisions.blocks, by its rules
CORRECT = "correct"  # of posts alone: their labels are those that data.decisions.corrections keeps
HANDLING = ("take", "give_back", "answered", "not_ours")  # of questions: data.decisions.questions
_POSSIBLE = {  # by subject kind
    "cluster": VERDICTS,
    "account": (*VERDICTS, *NAMING),
    "post": (*VERDICTS, CORRECT),
    "user": VERDICTS,
    "question": (*HANDLING, "reopen"),
}
SUBJECT_KINDS = tuple(_POSSIBLE)
_WITHOUT_REASON = ("reopen", "take", "give_back", CORRECT)
LONGEST_REASON = 10_000
_AT_ONCE = 5_000  # subjects a query


class DecisionError(MonitorError):
    """A decision that cannot be taken as it stands."""


class DecisionConflict(DecisionError):  # noqa: N818 - it says what it is
    """Somebody else has decided since; `newest` is what the person has not seen yet."""

    def __init__(self, newest: "Decision") -> None:
        super().__init__(
            de=f"Inzwischen hat {newest.who} hier etwas eingetragen ({newest.told}). "
            "Bitte ansehen und dann neu entscheiden.",
            en=f"Meanwhile {newest.who} has added something here ({newest.told}). "
            "Please look at it, then decide again.",
        )
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log. `seen` is the last decision on the subject that the person knew."""

    id: int
    at: datetime
    who: str
    subject_kind: str
    subject: str
    verdict: str
    reason: str
    seen: int | None
    basis: Mapping[str, Any] | None = None  # what it rests on: data.decisions.basis

    @property
    def told(self) -> str:
        """Verdict and reason, where there is one."""
        return f"{self.verdict}: {self.reason}" if self.reason else self.verdict


def decide(  # noqa: PLR0913, PLR0917 - who, what and why belong together
    connection: Connection,
    who: str,
    subject_kind: str,
    subject: str,
    verdict: str,
    reason: str,
    seen: int | None,
    at: datetime,
) -> int:
    """Add a decision and return its number.

    `seen` is the id of the newest entry of `history` that the person has seen, None for none.
    Raises DecisionConflict where there is a newer one (a note never conflicts), DecisionError
    where a confirmation or dismissal gives no reason, or where an account is named that is on the
    block list or proposed for it.
    """
    if verdict not in _POSSIBLE.get(subject_kind, ()):
        raise ValueError(f"{verdict} on {subject_kind} is not a decision")
    reason = checked_reason(reason, needed=verdict not in _WITHOUT_REASON)
    hold(connection, PEOPLE)
    if verdict != "note":
        refuse_unseen(connection, subject_kind, subject, seen)
    if subject_kind == "account" and verdict != "note":
        _refuse_listed(connection, subject)
    basis = basis_of(connection, subject) if subject_kind == "cluster" else None
    return enter(connection, who, subject_kind, subject, verdict, reason, seen, at, basis)


def checked_reason(reason: str, *, needed: bool) -> str:
    """Return the reason as it is kept; DecisionError where it is missing or too long."""
    reason = clean(reason).strip()
    if not reason and needed:
        raise DecisionError(
            de="Eine Begründung fehlt: Bitte kurz schreiben, woran es zu erkennen ist.",
            en="The reason is missing: please write shortly what shows it.",
        )
    if len(reason) > LONGEST_REASON:
        raise DecisionError(
            de=f"Die Begründung ist länger als {LONGEST_REASON} Zeichen. Bitte kürzen.",
            en=f"The reason is longer than {LONGEST_REASON} characters. Please shorten it.",
        )
    return reason


def refuse_unseen(
    connection: Connection, subject_kind: str, subject: str, seen: int | None
) -> None:
    """Raise DecisionConflict where there is a newer entry than `seen`.

    It stays so until the transaction ends if the caller holds PEOPLE.
    """
    newest = _newest(connection, subject_kind, subject)
    if newest is not None and newest.id != seen:
        raise DecisionConflict(newest)


def enter(  # noqa: PLR0913, PLR0917 - who, what and why belong together
    connection: Connection,
    who: str,
    subject_kind: str,
    subject: str,
    verdict: str,
    reason: str,
    seen: int | None,
    at: datetime,
    basis: Mapping[str, Any] | None,
) -> int:
    """Write an entry whose rules have been checked; return its number."""
    new = insert(decisions).values(
        at=at,
        who=who,
        subject_kind=subject_kind,
        subject=subject,
        verdict=verdict,
        reason=reason,
        seen=seen,
        basis=basis,
    )
    number: int = connection.execute(new.returning(decisions.c.id)).scalar_one()
    return number


def history(connection: Connection, subject_kind: str, subject: str) -> list[Decision]:
    """Return everything decided and noted about a subject, oldest first."""
    query = (
        select(decisions)
        .where(decisions.c.subject_kind == subject_kind, decisions.c.subject == subject)
        .order_by(decisions.c.id)
    )
    return [_decision(row) for row in connection.execute(query)]


def last_said(made: Sequence[Decision]) -> Decision | None:
    """Return the decision in force of a subject's history: the newest that is no note."""
    return next((each for each in reversed(made) if each.verdict != "note"), None)


def in_force(subject_kind: str, *those: ColumnElement[bool]) -> Select[tuple[int]]:
    """Select the number of the decision in force of each subject, notes aside."""
    return (
        select(func.max(decisions.c.id))
        .where(decisions.c.subject_kind == subject_kind, decisions.c.verdict != "note", *those)
        .group_by(decisions.c.subject)
    )


def latest(
    connection: Connection, subject_kind: str, subjects: Sequence[str]
) -> dict[str, Decision]:
    """Return the decision in force by subject (notes aside); undecided subjects are absent."""
    found: dict[str, Decision] = {}
    for start in range(0, len(subjects), _AT_ONCE):
        among = decisions.c.subject.in_(subjects[start : start + _AT_ONCE])
        query = select(decisions).where(decisions.c.id.in_(in_force(subject_kind, among)))
        for row in connection.execute(query):
            found[row.subject] = _decision(row)
    return found


def verdicts_in_force(connection: Connection, subject_kind: str) -> dict[str, str]:
    """Return the verdict in force of every subject that was decided about, notes aside."""
    query = select(decisions.c.subject, decisions.c.verdict).where(
        decisions.c.id.in_(in_force(subject_kind))
    )
    return dict(connection.execute(query).all())


def named_accounts(connection: Connection) -> list[Decision]:
    """List the decisions in force that name an account (NAMING), by account key."""
    query = (
        select(decisions)
        .where(decisions.c.id.in_(in_force("account")), decisions.c.verdict.in_(NAMING))
        .order_by(decisions.c.subject)
    )
    return [_decision(row) for row in connection.execute(query)]


def _refuse_listed(connection: Connection, account: str) -> None:
    query = (
        select(decisions.c.verdict)
        .where(
            decisions.c.subject_kind == "account",
            decisions.c.subject == account,
            decisions.c.verdict.in_(BLOCKING),
        )
        .order_by(decisions.c.id.desc())
        .limit(1)
    )
    if connection.execute(query).scalar() in LISTED:
        raise DecisionError(
            de="Das Konto steht auf der Sperrliste oder ist dafür vorgeschlagen. Zuerst die Sperre "
            "aufheben oder den Vorschlag ablehnen, dann benennen.",
            en="The account is on the block list or proposed for it. First lift the block or "
            "reject the proposal, then name it.",
        )


def _newest(connection: Connection, subject_kind: str, subject: str) -> Decision | None:
    query = (
        select(decisions)
        .where(decisions.c.subject_kind == subject_kind, decisions.c.subject == subject)
        .order_by(decisions.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _decision(row)


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    return Decision(**row._mapping)

"""How an account stands to the block list, read out of what people have entered about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.decisions.verdicts import BLOCKING, Decision, history

PROPOSED, BLOCKED, APPEALED = "proposed", "blocked", "appealed"
REJECTED, WITHDRAWN, LIFTED = "rejected", "withdrawn", "lifted"
STATES = {  # newest entry -> what the account is
    "block_propose": PROPOSED,
    "block_confirm": BLOCKED,
    "block_reject": REJECTED,
    "block_withdraw": WITHDRAWN,
    "unblock": LIFTED,
    "appeal": APPEALED,
    "appeal_grant": LIFTED,
    "appeal_deny": BLOCKED,
}
STEPS = {  # what a person can do about a block -> the states in which it can be done
    "block_confirm": (PROPOSED,),
    "block_reject": (PROPOSED,),
    "block_withdraw": (PROPOSED,),
    "unblock": (BLOCKED, APPEALED),
    "appeal_grant": (APPEALED,),
    "appeal_deny": (APPEALED,),
}


@dataclass(frozen=True, slots=True)
class Block:
    """An account (by key) that was proposed for the block list, and what became of it.

    `entries` begin with the newest proposal, oldest first. `newest` is the number of the newest
    entry about the account of whatever kind: who has read this has `seen` that.
    """

    account: str
    entries: tuple[Decision, ...]
    newest: int

    @property
    def state(self) -> str:
        """One of the values of STATES."""
        return STATES[self.entries[-1].verdict]

    @property
    def listed(self) -> bool:
        """Say whether the account is on the list."""
        return self.state in (BLOCKED, APPEALED)

    @property
    def waits_or_listed(self) -> bool:
        """Say whether the account is on the list, or proposed for it."""
        return self.state in (PROPOSED, BLOCKED, APPEALED)

    @property
    def proposal(self) -> Decision:
        """Who proposed it, when and why."""
        return self.entries[0]

    @property
    def confirmation(self) -> Decision | None:
        """Who confirmed it as the second person."""
        return next((each for each in self.entries if each.verdict == "block_confirm"), None)

    @property
    def appeal(self) -> Decision | None:
        """The appeal that waits for an answer."""
        return self.entries[-1] if self.state == APPEALED else None


def block_of(connection: Connection, account: str) -> Block | None:
    """Return how an account stands to the block list; None where nobody ever proposed it."""
    return block_in(history(connection, "account", account))


def block_in(entries: Sequence[Decision]) -> Block | None:
    """Read the block out of all entries about one account, oldest first."""
    found = [each for each in entries if each.verdict in BLOCKING]
    if not found:
        return None
    start = max(n for n, each in enumerate(found) if each.verdict == "block_propose")
    return Block(found[0].subject, tuple(found[start:]), entries[-1].id)

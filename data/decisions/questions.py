"""Questions to the authority: who takes one, and what became of it.

A question is a post; its subject kind is of its own, so that who corrects the post's labels and who
answers it do not get into each other's way. The protocol never holds the post's words: it stays
when the post is deleted.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data.decisions.verdicts import HANDLING, Decision, DecisionError, decide, history, in_force
from data.engine import PEOPLE, hold
from data.tables import decisions, labels, posts

KIND = "question"
REOPEN = "reopen"
OPEN, TAKEN, ANSWERED, NOT_OURS = "open", "taken", "answered", "not_ours"
CLOSED = (ANSWERED, NOT_OURS)
_LEADS_TO = {
    "take": TAKEN,
    "give_back": OPEN,
    "answered": ANSWERED,
    "not_ours": NOT_OURS,
    REOPEN: OPEN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What people made of a question: its state, and the decision by which it is so.

    `decision` is None where nobody has decided anything; its `id` is what the next one has seen.
    """

    state: str
    decision: Decision | None = None

    @property
    def seen(self) -> int | None:
        """The newest entry that a person who sees this has seen."""
        return None if self.decision is None else self.decision.id


NOBODY_YET = Standing(OPEN)


def possible(standing: Standing, who: str) -> tuple[str, ...]:
    """List what this person can do next: who holds a question gives it back, others take it over.

    What is answered or no question to the authority can only be opened again.
    """
    if standing.state in CLOSED:
        return (REOPEN,)
    taken_by = standing.decision.who if standing.decision and standing.state == TAKEN else None
    return ("give_back" if taken_by == who else "take", "answered", "not_ours")


def handle_question(
    connection: Connection,
    who: str,
    post: str,
    verdict: str,
    reason: str,
    seen: int | None,
    at: datetime,
) -> Standing:
    """Take, give back, answer, set aside or reopen the question of this post (by key).

    `reason` says how and where it was answered, or why it is no question to the authority; `seen`
    as in `decide`. Raises DecisionConflict as `decide` does, DecisionError where the post is gone
    or no question any more, where the reason is missing, and where the state does not allow it.
    """
    if verdict not in (*HANDLING, REOPEN):
        raise ValueError(f"{verdict} is nothing that happens to a question")
    hold(connection, PEOPLE)
    if not _is_question(connection, post):
        raise DecisionError(
            de="Diese Frage gibt es nicht mehr: Der Beitrag ist gelöscht oder anders eingeordnet.",
            en="This question is no longer there: the post is deleted or labelled otherwise.",
        )
    before = standing_of(history(connection, KIND, post))
    if before.seen == seen and verdict not in possible(before, who):
        raise DecisionError(
            de="Das geht bei dieser Frage gerade nicht. Bitte die Seite neu laden.",
            en="That is not possible with this question now. Please load the page again.",
        )
    decide(connection, who, KIND, post, verdict, reason, seen, at)
    return standing_of(history(connection, KIND, post))


def standing_of(made: list[Decision]) -> Standing:
    """Tell from the protocol of a question, oldest first, where it stands."""
    return Standing(_LEADS_TO[made[-1].verdict], made[-1]) if made else NOBODY_YET


def standings(connection: Connection, since: datetime | None) -> dict[str, Standing]:
    """Return where the questions stand about which people decided since then, by post key.

    Nobody can have decided about a question before it was asked, so a page's own start will do.
    """
    query = select(decisions).where(decisions.c.id.in_(in_force(KIND)))
    if since is not None:
        query = query.where(decisions.c.at >= since)
    return {
        row.subject: standing_of([Decision(**row._mapping)]) for row in connection.execute(query)
    }


def has_handled(connection: Connection, who: str) -> bool:
    """Say whether this person has ever decided about a question."""
    theirs = select(decisions.c.id).where(decisions.c.subject_kind == KIND, decisions.c.who == who)
    return connection.execute(theirs.limit(1)).first() is not None


def _is_question(connection: Connection, post: str) -> bool:
    network, _, native_id = post.partition(":")
    query = (
        select(posts.c.id)
        .join(labels, labels.c.post == posts.c.id)
        .where(
            posts.c.network == network,
            posts.c.native_id == native_id,
            posts.c.deleted_at.is_(None),
            labels.c.kind == "intent",
            labels.c.label == "frage",
        )
    )
    return connection.execute(query).first() is not None

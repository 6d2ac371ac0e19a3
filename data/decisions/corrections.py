"""Corrected labels: a person says what a post is about, and from then on that holds.

Who and when stand in the protocol, which only grows. What was and what is stand in a table of
their own, because it has to be erased with the post; neither keeps the post's words.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from data.decisions.labels import label, tagged
from data.decisions.verdicts import CORRECT, DecisionError, decide
from data.engine import PEOPLE, hold
from data.labelling import Finding, Labelling, checked, finding_of, labelling_of
from data.tables import corrections, decisions, posts


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry. `now` is None once the post was deleted, `was` also if it had no labels then.

    `holds` is False once the post's text changed, and of all but the newest.
    """

    id: int
    at: datetime
    who: str
    reason: str
    was: Labelling | None
    now: Labelling | None
    holds: bool
    released_at: datetime | None


def correct(  # noqa: PLR0913, PLR0917 - who, what and why belong together
    connection: Connection,
    who: str,
    post: str,
    said: Labelling,
    reason: str,
    read: str,
    seen: int | None,
    at: datetime,
) -> int:
    """Give a post (by key) the labels that a person says; return the number of the entry.

    `read` is the `mark_of` the text that the person read, `seen` as in `decide`. Raises
    DecisionConflict as `decide` does, DecisionError where the post is gone or says something else
    by now, LabellingError for labels that do not exist.
    """
    said = checked(said)
    hold(connection, PEOPLE)
    hold(connection)  # the tagger and the collector wait too
    network, _, native_id = post.partition(":")
    row = connection.execute(
        select(posts.c.id, posts.c.text).where(
            posts.c.network == network,
            posts.c.native_id == native_id,
            posts.c.deleted_at.is_(None),
        )
    ).first()
    if row is None or mark_of(row.text) != read:
        raise DecisionError(
            de="Der Beitrag wurde inzwischen geändert oder gelöscht. Bitte die Seite neu laden.",
            en="The post was changed or deleted meanwhile. Please load the page again.",
        )
    number = decide(connection, who, "post", post, CORRECT, reason, seen, at)
    before = _in_force(connection, row.id)
    found = tagged(connection, row.id) if before is None else before[1]
    was = before[0] if before is not None else None if found is None else found.labelling
    connection.execute(
        insert(corrections).values(
            decision=number,
            post=row.id,
            was=None if was is None else was.document(),
            now=said.document(),
            found=None if found is None else found.document(),
        )
    )
    label(connection, row.id, said, found, at)
    return number


def corrections_of(connection: Connection, post: str) -> list[Correction]:
    """Return the corrections of a post (by key), oldest first."""
    query = (
        select(decisions, corrections)
        .outerjoin(corrections, corrections.c.decision == decisions.c.id)
        .where(
            decisions.c.subject_kind == "post",
            decisions.c.subject == post,
            decisions.c.verdict == CORRECT,
        )
        .order_by(decisions.c.id)
    )
    rows = connection.execute(query).all()
    return [
        Correction(
            id=row.id,
            at=row.at,
            who=row.who,
            reason=row.reason,
            was=None if row.was is None else labelling_of(row.was),
            now=None if row.now is None else labelling_of(row.now),
            holds=row is rows[-1] and row.now is not None and row.released_at is None,
            released_at=row.released_at,
        )
        for row in rows
    ]


def found_by_tagger(connection: Connection, post: int) -> Finding | None:
    """Return what the tagger says of a post (by row number), or had said before a correction."""
    before = _in_force(connection, post)
    return tagged(connection, post) if before is None else before[1]


def mark_of(text: str) -> str:
    """Give the mark by which a page knows whether a text is still the one that was read."""
    return sha256(text.encode()).hexdigest()


def _in_force(connection: Connection, post: int) -> tuple[Labelling, Finding | None] | None:
    row = connection.execute(
        select(corrections.c.now, corrections.c.found)
        .where(corrections.c.post == post, corrections.c.released_at.is_(None))
        .order_by(corrections.c.decision.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return labelling_of(row.now), None if row.found is None else finding_of(row.found)

"""Posts with the labels that people gave them, in the form of the labelled posts (data/corpus).

Nothing says who wrote them: number, text and labels alone.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from data.labelling import Labelling, finding_of, labelling_of
from data.tables import corrections, posts

PART = "corrections"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A labelled post, and what the tagger had said of it (None: it had not seen it yet)."""

    post: dict[str, Any]
    found: Labelling | None


def corrected_posts(connection: Connection) -> list[Corrected]:
    """Return the posts whose correction holds, in the order of their corrections."""
    newest = (
        select(func.max(corrections.c.decision))
        .where(corrections.c.released_at.is_(None))
        .group_by(corrections.c.post)
    )
    query = (
        select(corrections, posts.c.text)
        .join(posts, posts.c.id == corrections.c.post)
        .where(corrections.c.decision.in_(newest), posts.c.deleted_at.is_(None))
        .order_by(corrections.c.decision)
    )
    return [
        Corrected(
            post={
                "id": f"correction-{row.decision}",
                "text": row.text,
                **labelling_of(row.now).document(),
                "part": PART,
            },
            found=None if row.found is None else finding_of(row.found).labelling,
        )
        for row in connection.execute(query)
    ]

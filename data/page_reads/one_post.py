"""One post with all that is said about it, for the page on which a person checks that."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data import decisions
from data.decisions import Correction
from data.labelling import Finding, Labelling
from data.tables import posts


@dataclass(frozen=True, slots=True)
class OnePost:
    """A post. It does not say who wrote it: that is nothing to label it by.

    `found` is what the tagger says (or had said before somebody corrected it), None before it has
    seen the post; `now` are the labels that hold, with `made`, what people said, oldest first.
    """

    key: str
    network: str
    at: datetime
    text: str
    url: str | None
    found: Finding | None
    now: Labelling | None
    made: tuple[Correction, ...]

    @property
    def correction(self) -> Correction | None:
        """The correction that holds."""
        return self.made[-1] if self.made and self.made[-1].holds else None


def one_post(connection: Connection, key: str) -> OnePost | None:
    """Read the post of this key (network:id); None where there is none, or no longer."""
    network, _, native_id = key.partition(":")
    row = connection.execute(
        select(posts).where(
            posts.c.network == network,
            posts.c.native_id == native_id,
            posts.c.deleted_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    found = decisions.found_by_tagger(connection, row.id)
    made = tuple(decisions.corrections_of(connection, key))
    now = made[-1].now if made and made[-1].holds else found.labelling if found else None
    return OnePost(key, row.network, row.created_at, row.text, row.url, found, now, made)

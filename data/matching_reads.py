"""What the matching asks the store: posts that may seek or offer, with what the tagger found."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data.among import among
from data.counted import counted
from data.decisions.labels import BY_PEOPLE
from data.records import author_key
from data.tables import accounts, labels, posts, tags

INTENTS = ("gesuch", "angebot", "frage", "hinweis")  # of posts that may seek or offer something
PIECE = 5_000  # posts that are Python objects at once


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post and its labels as (kind, label, score, evidence), the surest of a kind first.

    `by_people`: somebody has corrected them.
    """

    post: int
    account: str
    at: datetime
    text: str
    lang: str
    labels: tuple[tuple[str, str, float, tuple[str, ...]], ...]
    is_reply: bool
    by_people: bool


def posts_to_match(connection: Connection, since: datetime) -> Iterator[Labelled]:
    """Yield tagged posts from `since` on, oldest first; reposts and deleted posts are left out."""
    query = (
        select(
            posts.c.id,
            accounts.c.network,
            accounts.c.native_id,
            posts.c.created_at,
            posts.c.text,
            posts.c.reply_to.is_not(None).label("is_reply"),
            tags.c.lang,
            (tags.c.tagger == BY_PEOPLE).label("by_people"),
        )
        .join(accounts, accounts.c.id == posts.c.account)
        .join(tags, tags.c.post == posts.c.id)
        .where(
            posts.c.created_at >= since,
            counted(),
            posts.c.repost_of.is_(None),
            posts.c.id.in_(
                select(labels.c.post).where(labels.c.kind == "intent", labels.c.label.in_(INTENTS))
            ),
        )
        .order_by(posts.c.created_at, posts.c.id)
    )
    answer = connection.execute(query).all()
    for start in range(0, len(answer), PIECE):
        rows = answer[start : start + PIECE]
        found = _labels(connection, [row.id for row in rows])
        for row in rows:
            account = author_key(row.network, row.native_id, str(row.id))
            yield Labelled(
                row.id,
                account,
                row.created_at,
                row.text,
                row.lang,
                tuple(found[row.id]),
                bool(row.is_reply),
                bool(row.by_people),
            )


def _labels(
    connection: Connection, ids: list[int]
) -> dict[int, list[tuple[str, str, float, tuple[str, ...]]]]:
    found: dict[int, list[tuple[str, str, float, tuple[str, ...]]]] = defaultdict(list)
    rows = connection.execute(
        select(labels.c.post, labels.c.kind, labels.c.label, labels.c.score, labels.c.evidence)
        .where(among(connection, labels.c.post, ids))
        .order_by(labels.c.score.desc(), labels.c.label)
    )
    for post, kind, label, score, evidence in rows:
        found[post].append((kind, label, score, tuple(evidence)))
    return found

"""What new posts entail: their words are entered in the index, what they change is counted anew.

Many at a time: a trigger for each post would take twice as long. What changes later or goes, and
labels, the store notes itself (triggers: `data/migrations/versions/0008_search.py` and `0009`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select, text

from data.rollups.truth import HOUR
from data.tables import posts
from data.writes.words import enter_words

_STALE = [
    text(f"INSERT INTO {query} ON CONFLICT DO NOTHING")
    for query in (
        f"stale_hours SELECT created_at / {HOUR} FROM posts WHERE id > :last",
        "stale_accounts SELECT account FROM posts WHERE id > :last",
        # CROSS: the new ones first; SQLite has no statistics that would say how few they are
        f"stale_hours SELECT answered.created_at / {HOUR} FROM posts AS answer "
        "CROSS JOIN posts AS answered WHERE answer.id > :last AND answer.reply_to IS NOT NULL "
        "AND answered.network = answer.network AND answered.native_id = answer.reply_to",
    )
]


@contextmanager
def noting_new_posts(connection: Connection) -> Iterator[None]:
    """Take note of the posts that are inserted inside. The caller holds the store."""
    last = connection.scalar(select(func.max(posts.c.id))) or 0
    yield
    enter_words(connection, last)
    mark_stale(connection, last)


def mark_stale(connection: Connection, last: int) -> None:
    """Note what posts after number `last` make stale.

    That is their hours, their accounts, and the hours of the posts that they answer.
    """
    for each in _STALE:
        connection.execute(each, {"last": last})

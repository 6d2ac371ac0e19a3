"""Whether posts that a digest has quoted are still there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from data.plain import plain
from data.tables import posts

_SAME_SECOND = 200  # posts of one second that are looked at
_CUT = "…"  # where a quotation was shortened


def still_there(connection: Connection, quotes: Sequence[tuple[datetime, str]]) -> list[bool]:
    """Say of each quotation (time of its post, words) whether a post still says so.

    A digest does not keep which post it quotes, so a post of that moment that has all the words is
    taken for it. One that was deleted or says something else by now is none.
    """
    return [_is_there(connection, at, text) for at, text in quotes]


def _is_there(connection: Connection, at: datetime, text: str) -> bool:
    wanted = [each for each in plain(text).split() if each != _CUT]
    found = connection.scalars(
        select(posts.c.text)
        .where(
            posts.c.created_at >= at,
            posts.c.created_at < at + timedelta(seconds=1),
            posts.c.deleted_at.is_(None),
        )
        .limit(_SAME_SECOND)
    )
    return any(all(word in said for word in wanted) for said in map(plain, found))

"""What others have answered to a post, as far as it is in the store."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data.counted import counted
from data.tables import posts

MOST = 5  # shown; the conversation itself is behind the post's link


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of somebody else. It does not say whose."""

    at: datetime
    text: str
    url: str | None


def replies(connection: Connection, post: int) -> list[Reply]:
    """List the first replies to a post (by row number) that are not its author's, oldest first."""
    asked = posts.alias("asked")
    query = (
        select(posts.c.created_at, posts.c.text, posts.c.url)
        .join(
            asked,
            (asked.c.network == posts.c.network) & (asked.c.native_id == posts.c.reply_to),
        )
        .where(asked.c.id == post, posts.c.account != asked.c.account, counted())
        .order_by(posts.c.created_at)
        .limit(MOST)
    )
    return [Reply(*row) for row in connection.execute(query)]

"""Posts with the same words are one call or question: a key tells which, so that no text is read.

The words are the same whatever their case and the space between them.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select

from data.among import among
from data.tables import posts

_LONG_ENOUGH = 40  # characters: shorter words are often the same by chance


def words_key(text: str) -> int:
    """Give what is equal for texts with the same words, of 64 bits; negative: they are short."""
    words = " ".join(text.split()).casefold()
    key = int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) >> 1
    return key if len(words) >= _LONG_ENOUGH else -key - 1


def with_words(connection: Connection, calls: Iterable[Any]) -> dict[int, int]:
    """Give the key of each call's words by its post; `calls` have post and words.

    The text is read where the words are None: these calls were not counted yet.
    """
    keys = {call.post: call.words for call in calls}
    unknown = [post for post, key in keys.items() if key is None]
    if unknown:
        query = select(posts.c.id, posts.c.text).where(among(connection, posts.c.id, unknown))
        keys |= {row.id: words_key(row.text) for row in connection.execute(query)}
    return keys

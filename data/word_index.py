"""The index of all posts' words: what it is called in either database.

In SQLite it is the table `post_words` (FTS5, without the text itself), whose rowid orders posts by
time, in PostgreSQL the column `posts.words`. Neither is among `data.tables`, which are the same in
both; `data/migrations/versions/0008_search.py` makes them.
"""

from datetime import datetime
from typing import Any

from data.rows import microseconds

SQLITE_TABLE, COLUMN, INDEX = "post_words", "words", "ix_posts_words"
_SECOND, _FARTHEST = 1_000_000, 2**32  # microseconds; seconds before and after 1970
_NUMBERS = 31  # bits of a rowid that are the post's number

SQLITE_KEY = "(min(max(posts.created_at / 1000000, -4294967296), 4294967295) << 31) + posts.id"
SQLITE_WORDS = "replace(replace(posts.text, 'ß', 'ss'), 'ẞ', 'ss')"
SQLITE_NUMBER = f"({SQLITE_TABLE}.rowid & {2**_NUMBERS - 1})"


def first_rowid(at: datetime) -> int:
    """Give the smallest rowid that a post of this second can have in SQLite."""
    seconds = int(microseconds(at) / _SECOND)  # towards 1970, as SQLite divides
    return max(-_FARTHEST, min(seconds, _FARTHEST - 1)) << _NUMBERS


def rowid(at: datetime, number: int) -> int:
    """Give the rowid of a post of this time and number."""
    return first_rowid(at) + number


def is_outside(_object: Any, name: str | None, kind: str, *_more: Any) -> bool:
    """Say whether a part of the schema is none of this index (as Alembic's `include_object`)."""
    if kind == "table":
        return not str(name).startswith(SQLITE_TABLE)
    return (kind, name) not in (("column", COLUMN), ("index", INDEX))

"""The words of all posts can be searched: FTS5 in SQLite, a tsvector with GIN in PostgreSQL."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

log = logging.getLogger("hhhilft")
_MANY = 100_000  # posts; from here on it takes so long that one should know

# The rowid orders posts by their time (to the second), then by their number: the newest come first
# without sorting, a stretch of time is a range. The number is its lower 31 bits.
_KEY = "(min(max({row}.created_at / 1000000, -4294967296), 4294967295) << 31) + {row}.id"
_WORDS = "replace(replace({row}.text, 'ß', 'ss'), 'ẞ', 'ss')"


def upgrade() -> None:
    count = op.get_bind().scalar(sa.text("SELECT count(*) FROM posts"))
    if count >= _MANY:
        log.warning(
            "Die Worte von %d Beiträgen werden einmal verzeichnet; das dauert etwa %d Sekunden. "
            "(The words of all posts are indexed once.)",
            count,
            count / 30_000,
        )
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE post_words USING fts5("
        "text, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    key, words = _KEY.format(row="posts"), _WORDS.format(row="posts")
    op.execute(
        f"INSERT INTO post_words(rowid, text) SELECT {key}, {words} FROM posts "
        "WHERE posts.text <> '' ORDER BY 1"
    )
    op.execute("INSERT INTO post_words(post_words) VALUES ('optimize')")
    # new posts are entered many at a time by data.writes.words: a trigger for each takes twice as long
    gone = (
        "INSERT INTO post_words(post_words, rowid, text) "
        f"SELECT 'delete', {_KEY.format(row='old')}, {_WORDS.format(row='old')} "
        "WHERE old.text <> '';"
    )
    come = (
        f"INSERT INTO post_words(rowid, text) SELECT {_KEY.format(row='new')}, "
        f"{_WORDS.format(row='new')} WHERE new.text <> '';"
    )
    op.execute(f"CREATE TRIGGER posts_words_deleted AFTER DELETE ON posts BEGIN {gone} END")
    op.execute(
        "CREATE TRIGGER posts_words_changed AFTER UPDATE OF text, created_at ON posts "
        "WHEN old.text <> new.text OR old.created_at <> new.created_at "
        f"BEGIN {gone} {come} END"
    )


def _postgresql() -> None:
    # the parser of PostgreSQL would take "abends/nachts" for a file; a tsvector holds 1 MB at most
    op.execute(
        "ALTER TABLE posts ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', "
        "regexp_replace(normalize(regexp_replace(normalize(replace(lower(left(text, 100000)), 'ß', "
        "'ss'), NFD), '([a-z])[\\u0300-\\u036f]+', '\\1', 'g'), NFC), '[^[:alnum:]]+', ' ', 'g'))) "
        "STORED"
    )
    op.execute("CREATE INDEX ix_posts_words ON posts USING gin (words)")

"""The index of posts' words: new posts are entered many at a time, and what is gone is swept out.

A changed text, a changed time and a deletion are followed by the database itself (triggers in
SQLite, a generated column in PostgreSQL).
"""

from sqlalchemy import Connection, Engine, text

from data.engine import hold
from data.word_index import SQLITE_KEY, SQLITE_TABLE, SQLITE_WORDS

_PAGES = 500  # written in one go while sweeping: some 50 milliseconds


def enter_words(connection: Connection, last: int) -> None:
    """Enter the words of the posts after number `last`, once. The caller holds the store."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(
        text(
            f"INSERT INTO {SQLITE_TABLE}(rowid, text) SELECT {SQLITE_KEY}, {SQLITE_WORDS} "
            "FROM posts WHERE posts.id > :last AND posts.text <> '' ORDER BY 1"
        ),
        {"last": last},
    )


def sweep_words(engine: Engine) -> None:
    """Write the index anew without the words of posts that are gone or say something else now.

    A search does not find them anyway; but SQLite leaves them in its pages until then. Others may
    write in between. PostgreSQL does this by itself (autovacuum).
    """
    if engine.dialect.name != "sqlite":
        return
    pages = -_PAGES  # negative: begin, whatever the state of the index
    while _merge(engine, pages):
        pages = _PAGES


def _merge(engine: Engine, pages: int) -> bool:
    """Write some pages; say whether there is more to do."""
    with engine.begin() as connection:
        hold(connection)
        before = connection.scalar(text("SELECT total_changes()"))
        connection.execute(
            text(f"INSERT INTO {SQLITE_TABLE}({SQLITE_TABLE}, rank) VALUES ('merge', :pages)"),
            {"pages": pages},
        )
        after = connection.scalar(text("SELECT total_changes()"))
    return int(after or 0) - int(before or 0) > 1

"""Opening a store."""

import math
import multiprocessing
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    create_engine,
    delete,
    inspect,
    literal_column,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from data.decisions import history
from data.engine import open_store, upgrade_store
from data.errors import StoreError
from data.page_reads.narrowed import Narrowing
from data.page_reads.search import count
from data.rollups.check import counted_hours, wrong_accounts, wrong_hours
from data.search_query import read_query
from data.tables import metadata, posts, stale_hours
from data.word_index import is_outside
from data.writes import delete_posts, note_missing, upsert_posts
from data.writes.rollups import keep_rollups
from tests import make
from tests.data.stored import rows
from tests.make import MINUTE, NOW
from tests.postgres import Server

ROLLUPS = ("tallies", "calls", "spans", "stale_hours", "stale_accounts", "recounts")


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        assert _differences(connection) == []


def test_an_empty_database_gets_its_tables_and_can_be_opened_again(empty_url: str) -> None:
    open_store(empty_url).dispose()
    again = open_store(empty_url)
    assert _tables(again) == {*metadata.tables, "alembic_version"}
    again.dispose()


def test_several_processes_that_open_an_empty_database_at_once_all_succeed(empty_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        counts = pool.map(_open_and_count, [empty_url] * 8)
    assert counts == [len(metadata.tables) + 1] * 8


def _open_and_count(url: str) -> int:
    opened = open_store(url)
    count = len(_tables(opened))
    opened.dispose()
    return count


def test_a_database_of_a_newer_version_is_refused_with_both_versions(store_url: str) -> None:
    _set_revision(store_url, "9999")
    for opening in (open_store, upgrade_store):
        with pytest.raises(StoreError, match=r"9999.*kennt 00\d\d") as caught:
            opening(store_url)
        assert "newer" in caught.value.en


def test_a_database_of_an_older_version_is_refused_with_the_command_that_upgrades_it(
    store_url: str,
) -> None:
    _back_to_the_first(store_url)
    with pytest.raises(StoreError, match="hhhilft doctor --upgrade"):
        open_store(store_url)


def test_upgrading_keeps_what_people_decided(store_url: str) -> None:
    _back_to_the_first(store_url)
    old = create_engine(store_url)
    with old.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO decisions (at, who, subject_kind, subject, verdict, reason) "
                "VALUES (0, 'ana', 'cluster', 'c1', 'dismiss', 'Chor')"
            )
        )
    old.dispose()
    upgrade_store(store_url)
    opened = open_store(store_url)
    with opened.connect() as connection:
        assert _differences(connection) == []
        (made,) = history(connection, "cluster", "c1")
    opened.dispose()
    assert (made.who, made.basis) == ("ana", None)


def test_upgrading_keeps_asking_for_the_posts_that_were_collected(store_url: str) -> None:
    old = open_store(store_url)
    with old.begin() as connection:
        collected = [make.post("p1"), make.post("p2", repost_of="p1"), make.post("p3")]
        upsert_posts(connection, collected, "mastodon", NOW)
        upsert_posts(connection, [make.post("p4")], "file", NOW)
        note_missing(connection, "mastodon", "p3", NOW)
    old.dispose()
    _back_to_the_first(store_url)
    upgrade_store(store_url)
    opened = open_store(store_url)
    due = dict(rows(opened, posts, "native_id", "check_at"))
    opened.dispose()
    assert due == {"p1": NOW + timedelta(days=7), "p2": None, "p3": NOW + 10 * MINUTE, "p4": None}


def test_upgrading_enters_the_words_of_the_posts_that_are_there(store_url: str) -> None:
    old = open_store(store_url)
    with old.begin() as connection:
        wanted = [make.post("p1", text="Große Decken"), make.post("p2", text="Kissen")]
        upsert_posts(connection, wanted, "file", NOW)
    old.dispose()
    _back_to_the_first(store_url)
    upgrade_store(store_url)
    opened = open_store(store_url)
    with opened.begin() as connection:
        assert count(connection, read_query("grosse decken -kissen"), Narrowing()) == 1
        delete_posts(connection, "mastodon", ["p1"], NOW)
        assert count(connection, read_query("decken"), Narrowing()) == 0
    opened.dispose()


def test_after_upgrading_what_comes_changes_and_goes_is_counted(store_url: str) -> None:
    open_store(store_url).dispose()
    _back_to_the_first(store_url)
    upgrade_store(store_url)
    opened = open_store(store_url)
    with opened.begin() as connection:
        upsert_posts(connection, [make.post("p1"), make.post("p2"), make.post("p3")], "file", NOW)
    keep_rollups(opened)
    with opened.begin() as connection:
        second = update(posts).where(posts.c.native_id == "p2")
        connection.execute(second.values(created_at=NOW - timedelta(days=2)))
        connection.execute(delete(posts).where(posts.c.native_id == "p3"))
        upsert_posts(connection, [make.post("p4", created_at=NOW + 60 * MINUTE)], "mastodon", NOW)
        assert len(connection.execute(select(stale_hours)).all()) == 3
    keep_rollups(opened)
    with opened.connect() as connection:
        assert wrong_hours(connection, counted_hours(connection)) == []
        assert wrong_accounts(connection) == []
        assert len(counted_hours(connection)) == 3
    opened.dispose()


def _back_to_the_first(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in (
            *_drop_words(engine.dialect.name),
            *_without_triggers(connection),
            *(f"DROP TABLE {table}" for table in ROLLUPS),
            "DROP INDEX ix_users_issuer_subject",
            "ALTER TABLE users DROP COLUMN issuer",
            "ALTER TABLE users DROP COLUMN subject",
            "DROP TABLE spending",
            "DROP TABLE matches",
            "DROP TABLE corrections",
            "DROP TABLE cluster_acts",
            "DROP TABLE cluster_episodes",
            "ALTER TABLE decisions DROP COLUMN basis",
            "DROP INDEX ix_posts_same_as",
            "ALTER TABLE posts DROP COLUMN copy_of",
            "DROP INDEX ix_posts_network_check_at",
            "ALTER TABLE posts DROP COLUMN check_at",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            connection.execute(text(statement))
    engine.dispose()


def _drop_words(dialect: str) -> list[str]:
    if dialect != "sqlite":
        return ["ALTER TABLE posts DROP COLUMN words"]
    return [
        "DROP TRIGGER posts_words_changed",
        "DROP TRIGGER posts_words_deleted",
        "DROP TABLE post_words",
    ]


def _without_triggers(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return [f"DROP FUNCTION {table}_stale CASCADE" for table in ("posts", "labels", "tags")]
    made = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%stale'"
    return [f"DROP TRIGGER {name}" for name in connection.scalars(text(made))]


def test_upgrading_makes_an_empty_database_ready_and_leaves_a_current_one(empty_url: str) -> None:
    upgrade_store(empty_url)
    upgrade_store(empty_url)
    open_store(empty_url).dispose()


def test_the_database_of_another_program_is_refused_and_left_alone(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).parent.mkdir()
    other = create_engine(empty_url)
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (id INTEGER)"))
    with pytest.raises(StoreError, match="recipes"):
        open_store(empty_url)
    assert inspect(other).get_table_names() == ["recipes"]
    other.dispose()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Einkaufsliste\n" * 100, "utf-8")
    with pytest.raises(StoreError, match="keine SQLite-Datenbank"):
        open_store(f"sqlite:///{path}")
    assert path.read_text("utf-8").startswith("Einkaufsliste")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/deeper.*lässt sich nicht anlegen"):
        open_store(f"sqlite:///{tmp_path}/file/deeper/store.db")


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    if os.geteuid() == 0:
        folder = Path("/proc")  # root may write everywhere else
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{folder}/store.db")
    assert "must be writable" in caught.value.en


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    with pytest.raises(StoreError, match="Läuft PostgreSQL") as caught:
        open_store("postgresql+psycopg://ana:geheim@127.0.0.1:1/hhhilft")
    assert "geheim" not in caught.value.de + caught.value.en


def test_what_is_no_address_is_refused() -> None:
    for url in ("hhhilft.db", "postgresql+nothing://host/name"):
        with pytest.raises(StoreError, match="keine Adresse"):
            open_store(url)


def test_sqlite_writes_ahead_and_holds_to_foreign_keys(sqlite_template: Path) -> None:
    opened = open_store(f"sqlite:///{sqlite_template}")
    with opened.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 30_000
    opened.dispose()


def test_a_number_that_is_none_is_read_though_it_is_no_json(sqlite_template: Path) -> None:
    opened = open_store(f"sqlite:///{sqlite_template}")
    with opened.connect() as connection:
        query = select(literal_column('\'{"share": NaN, "of": [1]}\'', JSON))
        read = connection.execute(query).scalar_one()
    assert math.isnan(read["share"])
    assert read["of"] == [1]
    opened.dispose()


@pytest.mark.parametrize(("options", "jit"), [(None, "off"), ("-c jit=on", "on")])
def test_postgresql_compiles_no_query_and_starts_no_process_unless_its_address_says_so(
    options: str | None, jit: str, postgresql_server: Server, postgresql_template: str
) -> None:
    url = make_url(postgresql_server.url(postgresql_template))
    if options:
        url = url.update_query_dict({"options": f"-c work_mem=9MB {options}"})
    opened = open_store(url.render_as_string())
    with opened.connect() as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == jit
        workers = connection.exec_driver_sql("SHOW max_parallel_workers_per_gather")
        assert workers.scalar_one() == "0"
        connection.rollback()
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == jit
        if options:
            assert connection.exec_driver_sql("SHOW work_mem").scalar_one() == "9MB"
    opened.dispose()


@pytest.mark.parametrize("change", ["UPDATE decisions SET who = 'x'", "DELETE FROM decisions"])
def test_the_database_itself_refuses_to_change_decisions(engine: Engine, change: str) -> None:
    add = (
        "INSERT INTO decisions (at, who, subject_kind, subject, verdict, reason) "
        "VALUES (0, 'ana', 'cluster', 'c', 'confirm', 'weil')"
    )
    with engine.begin() as connection:
        connection.execute(text(add))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(change))


def _differences(connection: Connection) -> list[Any]:
    """List how the schema differs from the tables, the index of words left aside."""
    opts = {"compare_type": True, "include_object": is_outside}
    differences: list[Any] = compare_metadata(
        MigrationContext.configure(connection, opts=opts), metadata
    )
    return differences


def _tables(engine: Engine) -> set[str]:
    return {each for each in inspect(engine).get_table_names() if is_outside(None, each, "table")}


def _set_revision(url: str, revision: str) -> None:
    opened = create_engine(url)
    with opened.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    opened.dispose()

"""The store's door: opens a database, makes an empty one ready, refuses another version's."""

import contextlib
import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data.errors import StoreError
from data.system_words import why_de

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30  # how long one writer waits for another
CACHE_MB = 64
KEPT_OPEN = 8  # connections of a process; a new one reads the schema anew
WORLD, PEOPLE = 4_407_701, 4_407_702  # PostgreSQL's advisory locks; any numbers, but always these
_OPENING = 4_407_700


def open_store(url: str, cache_mb: int = CACHE_MB) -> Engine:
    """Connect to the store; an empty database gets its tables.

    `cache_mb`: what SQLite may keep in memory, for each connection.

    Raises StoreError where it cannot be reached, is not this program's, or is of an older or newer
    version than the code. Safe when several processes open an empty database at once.
    """
    engine = _engine(url, cache_mb)
    with _in_words(engine):
        with engine.connect() as connection:
            found = _revision(connection)
        if found is None:
            with _alone(engine) as connection:
                found = _revision(connection) or _migrate(connection)
        _refuse_other(engine, found)
        _write_ahead(engine)
    return engine


def has_store(url: str) -> bool:
    """Say whether there is a store with its tables, without making one.

    Raises StoreError where it cannot be reached or is another program's.
    """
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        return False
    engine = _engine(url)
    try:
        with _in_words(engine), engine.connect() as connection:
            return _revision(connection) is not None
    finally:
        engine.dispose()


def upgrade_store(url: str) -> None:
    """Bring an older (or empty) database to the code's version; StoreError as in `open_store`."""
    engine = _engine(url)
    try:
        with _in_words(engine), _alone(engine) as connection:
            found = _revision(connection)
            if found is not None and found not in _known():
                _refuse_other(engine, found)
            _migrate(connection)
    finally:
        engine.dispose()


def hold(connection: Connection, what: int = WORLD) -> None:
    """Let nobody else write until this transaction ends: what is read from here on stays true.

    SQLite has one writer anyway, and is told so before the first read; in PostgreSQL the collector
    (WORLD) and people (PEOPLE) do not wait for each other.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("UPDATE cursors SET value = value WHERE 0"))
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:what)"), {"what": what})


def _engine(url: str, cache_mb: int = CACHE_MB) -> Engine:
    try:
        parts = make_url(url)
        if parts.get_backend_name() == "sqlite":
            return _sqlite(parts, cache_mb)
        return _postgres(parts)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:  # ValueError: port "abc"
        raise StoreError(
            de=f"{url!r} ist keine Adresse einer Datenbank. "
            'Zum Beispiel: [store] url = "sqlite:///var/hhhilft.db"',
            en=f"{url!r} is not the address of a database. "
            'For example: [store] url = "sqlite:///var/hhhilft.db"',
        ) from error
    except ModuleNotFoundError as error:
        raise StoreError(
            de=f"Für {_shown(parts)} fehlt das Paket {error.name}. "
            'Einrichten: pip install "hhhilft-monitor[postgres]"',
            en=f"{_shown(parts)} needs the package {error.name}. "
            'Install it: pip install "hhhilft-monitor[postgres]"',
        ) from error


def _postgres(url: URL) -> Engine:
    # compiling a query (0.7 s) or starting processes for it takes PostgreSQL longer than nearly all
    # queries here, and eight readers need the processors; the address has its say
    ours = "-c jit=off -c max_parallel_workers_per_gather=0"
    options = f"{ours} {url.query.get('options', '')}".rstrip()
    return create_engine(
        url, pool_pre_ping=True, pool_size=KEPT_OPEN, connect_args={"options": options}
    )


def _sqlite(url: URL, cache_mb: int) -> Engine:
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            de=f"Der Ordner {folder} für die Datenbank lässt sich nicht anlegen: {why_de(error)}. "
            "In [store] url einen Ordner nennen, in den geschrieben werden darf.",
            en=f"The folder {folder} for the database cannot be made: {error.strerror}. "
            "Name a folder in [store] url that can be written to.",
        ) from error
    # IMMEDIATE: a transaction that writes takes its turn at once, and never fails half way
    engine = create_engine(
        url,
        pool_size=KEPT_OPEN,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": "IMMEDIATE"},
        json_deserializer=_read_json,
    )
    event.listen(engine, "connect", partial(_prepare_sqlite, cache_mb))
    return engine


def _read_json(text: str) -> Any:
    """Read JSON some times as fast as Python does, which reads what orjson refuses, as NaN."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def _prepare_sqlite(cache_mb: int, connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # with WAL a crash of the program loses nothing
    connection.execute(f"PRAGMA cache_size = {-1024 * cache_mb}")


def _write_ahead(engine: Engine) -> None:
    """Switch SQLite to its write-ahead log, so that readers and the writer do not wait.

    The switch does not honour the busy timeout when another process has the file open.
    """
    if engine.dialect.name != "sqlite":
        return
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with engine.connect() as connection:
                if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() != "wal":
                    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except DBAPIError as error:
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which no other process looks at or changes the schema."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:what)"), {"what": _OPENING})
        yield connection


def _revision(connection: Connection) -> str | None:
    """Return the schema's revision, None for an empty database; StoreError for a stranger's."""
    names = inspect(connection).get_table_names()
    if not names:
        return None
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        where = _shown(connection.engine.url)
        raise StoreError(
            de=f"{where} gehört einem anderen Programm (Tabelle {names[0]}). "
            "In [store] url eine leere oder eigene Datenbank nennen.",
            en=f"{where} belongs to another program (table {names[0]}). "
            "Name an empty database, or one of this program, in [store] url.",
        )
    return found


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _known() -> list[str]:
    """Return all revisions of this code, newest first."""
    return [each.revision for each in ScriptDirectory.from_config(_alembic()).walk_revisions()]


def _migrate(connection: Connection) -> str:
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return _known()[0]


def _refuse_other(engine: Engine, found: str) -> None:
    known = _known()
    if found == known[0]:
        return
    where = _shown(engine.url)
    if found in known:
        raise StoreError(
            de=f"{where} ist von einer älteren Version (Stand {found}, gebraucht {known[0]}). "
            "Erst sichern, dann: hhhilft doctor --upgrade",
            en=f"{where} is of an older version (revision {found}, needed {known[0]}). "
            "Make a backup, then: hhhilft doctor --upgrade",
        )
    raise StoreError(
        de=f"{where} ist von einer neueren Version (Stand {found}, dieses Programm kennt "
        f"{known[0]}). Das neuere hhhilft-monitor einrichten und damit starten.",
        en=f"{where} is of a newer version (revision {found}, this program knows {known[0]}). "
        "Install the newer hhhilft-monitor and start that.",
    )


@contextlib.contextmanager
def _in_words(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into a StoreError; close the engine when it is of no use."""
    try:
        yield
    except StoreError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        raise _cannot_open(engine.url, str(error.orig).strip()) from error


def _cannot_open(url: URL, what: str) -> StoreError:
    if "not a database" in what:
        de = "Das ist keine SQLite-Datenbank. In [store] url eine andere Datei nennen."
        en = "That is not an SQLite database. Name another file in [store] url."
    elif "readonly" in what or "unable to open" in what:
        de = "Datei und Ordner müssen beschreibbar sein (auch der Ordner: für -wal und -shm)."
        en = "The file and its folder must be writable (the folder too, for -wal and -shm)."
    elif url.get_backend_name() == "sqlite":
        de = "Liegt die Datei auf einer lokalen Platte, und ist dort Platz?"
        en = "Is the file on a local disk, and is there room?"
    else:
        de = "Läuft PostgreSQL, und stimmen Adresse, Benutzer und Passwort in [store] url?"
        en = "Is PostgreSQL running, and are address, user and password in [store] url right?"
    line = what.splitlines()[0] if what else "?"
    return StoreError(
        de=f"Die Datenbank {_shown(url)} lässt sich nicht öffnen: {line}. {de}",
        en=f"The database {_shown(url)} cannot be opened: {line}. {en}",
    )


_shown = partial(URL.render_as_string, hide_password=True)

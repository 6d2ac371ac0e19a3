"""What tests share: the store in both databases, and the project's neighbour folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine

from data.engine import open_store
from tests import postgres

hypothesis.settings.register_profile(
    "hhhilft", database=None, deadline=None, derandomize=bool(os.environ.get("CI"))
)
hypothesis.settings.register_profile("long", database=None, deadline=None)  # some tests do more
hypothesis.settings.load_profile("hhhilft")

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """A real PostgreSQL server of this test run."""
    bin_folder = postgres.programs()
    if bin_folder is None:
        reason = f"PostgreSQL is not installed. On Debian: {postgres.INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with postgres.running(bin_folder) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: postgres.Server) -> str:
    """The name of a database with all tables, to be copied."""
    name = postgresql_server.make()
    open_store(postgresql_server.url(name)).dispose()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    open_store(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test is on."""
    kind: str = request.param
    return kind


@pytest.fixture
def store_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that has all tables and no rows."""
    if database == SQLITE:
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: postgres.Server = request.getfixturevalue("postgresql_server")
    name = server.make(request.getfixturevalue("postgresql_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if database == SQLITE:
        yield f"sqlite:///{tmp_path / 'new' / 'store.db'}"
        return
    server: postgres.Server = request.getfixturevalue("postgresql_server")
    name = server.make()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """An open store without rows, once in SQLite and once in PostgreSQL."""
    opened = open_store(store_url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that lies beside the project's (HHHILFT_SHARED says where, if elsewhere)."""
    root = Path(__file__).parent.parent
    folder = Path(os.environ.get("HHHILFT_SHARED") or root.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"There is no folder {folder}; HHHILFT_SHARED can name another.")
    return folder

"""A real PostgreSQL server for the tests, from Debian's package, gone when they end."""

import getpass
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

INSTALL = "sudo apt-get install postgresql"
AS_DEBIAN = "128MB"  # shared buffers, as Debian's package sets them
_START_SECONDS = 60
_WHILE_WE_LIVE = (  # the server ends with its standard input, so also if the test run is killed
    'exec 3<&0; "$@" & server=$!; { cat <&3 >/dev/null; kill -QUIT $server; } & wait $server'
)
_INITIAL = ("-A", "trust", "-E", "UTF8", "--no-sync")
_FAST = (  # nothing here has to survive a power cut
    *("-c", "fsync=off"),
    *("-c", "full_page_writes=off"),
    *("-c", "autovacuum=off"),
    *("-c", "listen_addresses=127.0.0.1"),
)


def programs() -> Path | None:
    """Return the folder of the newest server installed, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    return found[-1].parent if found else None


class Server:
    """A running server; every test gets a database of its own."""

    def __init__(self, port: int, user: str) -> None:
        self.port = port
        self.user = user
        self._names = (f"test_{number}" for number in itertools.count(1))

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{database}"

    def make(self, template: str = "template1") -> str:
        """Make a database like `template` and return its name."""
        name = next(self._names)
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def answers(self) -> bool:
        try:
            self._run(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=self.user, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def running(bin_folder: Path, shared_buffers: str = "64MB") -> Iterator[Server]:
    """Start a server with its data in a folder of its own; stop it and remove the folder."""
    root = os.geteuid() == 0  # a server refuses to run as root
    user = "postgres" if root else getpass.getuser()
    become = {"user": user, "group": user, "extra_groups": []} if root else {}
    folder = Path(tempfile.mkdtemp(prefix="hhhilft-pg-"))
    if root:
        shutil.chown(folder, user, user)
    data = folder / "data"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    try:
        made = subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", user, *_INITIAL],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            **become,
        )
        assert made.returncode == 0, f"initdb failed:\n{made.stdout}{made.stderr}"
        server = Server(_free_port(), user)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *("sh", "-c", _WHILE_WE_LIVE, "sh", bin_folder / "postgres"),
                    *("-D", data, "-p", str(server.port), "-k", folder),
                    *_FAST,
                    *("-c", f"shared_buffers={shared_buffers}"),
                ],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                **become,
            )
        try:
            until = time.monotonic() + _START_SECONDS
            while not server.answers():
                if process.poll() is not None or time.monotonic() > until:
                    said = (folder / "log").read_text("utf-8", "replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{said}")
                time.sleep(0.1)
            yield server
        finally:
            process.communicate()  # closes its standard input
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _version(path: Path) -> float:
    try:
        return float(path.parts[-3])
    except ValueError:
        return 0.0

"""The pages as they are served: two processes, and whichever answers, nobody notices."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine

from data import decisions
from data.config import SECRET_KEY
from data.engine import open_store
from data.formats import this_moment
from tests.dashboard import world
from tests.dashboard.conftest import PASSWORD
from tests.monitor.free_port import free_port

ROOT = Path(__file__).parents[2]
TRIES = 20  # a process that has not begun yet, or that a busy machine lets wait, takes none


class Visitor:
    """A browser with one connection to each process, which chooses by which it is answered."""

    def __init__(self, port: int, parent: int) -> None:
        self.port, self.parent = port, parent
        self.cookies: dict[str, str] = {}
        self.lines: dict[int, http.client.HTTPConnection] = {}
        kept = []  # so that the next one goes to the other process
        while len(self.lines) < 2:
            kept.append(connected(port))
            self.lines.setdefault(answering(kept[-1], parent), kept[-1])

    @property
    def both(self) -> list[int]:
        return sorted(self.lines)

    def ask(self, process: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask one process; return status and body, and keep the cookies."""
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        line = self.lines[process]
        line.request("GET" if form is None else "POST", path, body, head)
        answer = line.getresponse()
        said = answer.read().decode()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, said

    def log_in(self, process: int, name: str = "press", password: str = PASSWORD) -> int:
        """Load the form at one process and send it there."""
        _, form = self.ask(process, "/login")
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)
        assert token
        asked = {"name": name, "password": password, "csrf_token": token[1]}
        return self.ask(process, "/login", asked)[0]


@pytest.fixture
def store(store_url: str) -> Iterator[Engine]:
    """The small world with one person of each role, in both databases."""
    opened = open_store(store_url)
    world.fill(opened)
    with opened.begin() as connection:
        for role in decisions.ROLES:
            decisions.add_user(connection, role, role, PASSWORD, world.NOW)
    yield opened
    opened.dispose()


@pytest.fixture
def serve(
    store: Engine, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int], subprocess.Popen[bytes]]]:
    """Start the pages on a port, without a key for the sessions in the settings."""
    for name in ("HHHILFT_STORE_URL", SECRET_KEY, f"{SECRET_KEY}_FILE"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "hhhilft.toml"
    path.write_text(f"[store]\nurl = '{store_url}'\n[dashboard]\nprocesses = 2\n", "utf-8")
    started = []

    def start(port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dashboard", "--config", str(path), "--port", str(port)]
        started.append(subprocess.Popen(command, cwd=ROOT))
        while not (answers(port) and len(children(started[-1].pid)) == 2):
            assert started[-1].poll() is None
            time.sleep(0.05)
        return started[-1]

    yield start
    for each in started:
        each.terminate()
        each.wait()


def test_who_logged_in_at_one_process_is_known_to_the_other(
    serve: Callable[[int], subprocess.Popen[bytes]], store: Engine
) -> None:
    port = free_port()
    visitor = Visitor(port, serve(port).pid)
    one, other = visitor.both
    assert visitor.log_in(one) == 302
    assert "press" in visitor.ask(other, "/")[1]
    with store.begin() as connection:
        seen = decisions.history(connection, "user", "press")[-1].id
        by = decisions.By("admin", this_moment(), seen=seen)
        decisions.set_password(connection, "press", "ein anderes 2", by)
    assert [visitor.ask(each, "/")[0] for each in visitor.both] == [302, 302]


def test_a_form_of_one_process_can_be_sent_to_the_other(
    serve: Callable[[int], subprocess.Popen[bytes]],
) -> None:
    port = free_port()
    visitor = Visitor(port, serve(port).pid)
    one, other = visitor.both
    visitor.log_in(one)
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.ask(one, "/")[1])
    assert token
    assert visitor.ask(other, "/logout", {"csrf_token": "forged"})[0] == 400
    assert visitor.ask(other, "/logout", {"csrf_token": token[1]})[0] == 302
    assert visitor.ask(one, "/")[0] == 302


def test_both_processes_tell_the_same_news(
    serve: Callable[[int], subprocess.Popen[bytes]], store: Engine
) -> None:
    port = free_port()
    visitor = Visitor(port, serve(port).pid)
    visitor.log_in(visitor.both[0])
    before = {visitor.ask(each, "/neues?seite=/fragen") for each in visitor.both}
    with store.begin() as connection:
        decisions.handle_question(
            connection, "eva", "mastodon:form", "take", "", None, this_moment()
        )
    after = {visitor.ask(each, "/neues?seite=/fragen") for each in visitor.both}
    assert len(before) == len(after) == 1
    assert before != after


def test_tries_to_log_in_are_counted_over_both_processes_and_over_the_end_of_one(
    serve: Callable[[int], subprocess.Popen[bytes]],
) -> None:
    port = free_port()
    program = serve(port)
    visitor = Visitor(port, program.pid)
    statuses = [visitor.log_in(visitor.both[turn % 2], password="falsch") for turn in range(6)]
    assert visitor.log_in(visitor.both[0]) == 302
    killed = visitor.both[1]
    os.kill(killed, signal.SIGKILL)
    while killed in children(program.pid) or len(children(program.pid)) < 2:
        time.sleep(0.05)
    again = Visitor(port, program.pid)
    again.cookies = visitor.cookies
    assert [again.ask(each, "/")[0] for each in again.both] == [200, 200]  # the session lives on
    again.cookies = {}
    statuses += [again.log_in(again.both[turn % 2], password="falsch") for turn in range(4)]
    assert statuses == [401] * 9 + [429]  # with the right one ten


def test_the_processes_end_with_the_one_that_started_them_and_leave_the_port(
    serve: Callable[[int], subprocess.Popen[bytes]],
) -> None:
    port = free_port()
    program = serve(port)
    left = children(program.pid)
    visitor = Visitor(port, program.pid)  # whose connections stay open
    program.kill()
    program.wait()
    while any(Path(f"/proc/{each}").exists() for each in left):
        time.sleep(0.05)
    assert visitor.lines
    again = Visitor(port, serve(port).pid)
    assert again.log_in(again.both[0]) == 302


def test_connections_that_are_kept_are_spread_over_both_processes(
    serve: Callable[[int], subprocess.Popen[bytes]],
) -> None:
    port = free_port()
    parent = serve(port).pid
    tries = []
    for _ in range(TRIES):
        kept = [connected(port) for _ in range(8)]
        spread = Counter(answering(each, parent) for each in kept)
        tries.append([spread[each] for each in children(parent)])
        if min(tries[-1]) >= 3:
            break
        for each in kept:
            each.close()
    assert min(tries[-1]) >= 3, tries


def connected(port: int) -> http.client.HTTPConnection:
    """Open a connection that is kept, and has been accepted once this returns."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", "/login")
    line.getresponse().read()
    return line


def answers(port: int) -> bool:
    try:
        connected(port).close()
    except OSError:
        return False
    return True


def children(parent: int) -> list[int]:
    return [
        int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ]


def answering(line: http.client.HTTPConnection, parent: int) -> int:
    """Tell which of the processes has the other end of this connection."""
    assert line.sock is not None
    ours, theirs = line.sock.getsockname()[1], line.sock.getpeername()[1]
    rows = [each.split() for each in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inode = next(
        each[9]
        for each in rows
        if each[1].endswith(f":{theirs:04X}") and each[2].endswith(f":{ours:04X}")
    )
    return next(each for each in children(parent) if f"socket:[{inode}]" in _open_files(each))


def _open_files(process: int) -> set[str]:
    found = set()
    for each in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # just closed
            found.add(str(each.readlink()))
    return found

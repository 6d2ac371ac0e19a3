"""The pages over a million invented posts: what each answer costs, for one reader and for eight.

A page's content comes by Dash's callback, a file by GET; both are asked of gunicorn over HTTP, with
login, packed. As many processes answer as with `hhhilft run`: CPU is that of all, a request; memory
is that of each after all pages. Eight persons ask for the same page (what is kept is given to
them), or each for one that is built anew; each keeps a connection, as a browser does.
"""

import http.client
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench import big_store
from bench.markdown import figure, table
from data import decisions
from data.config import DashboardConfig
from data.engine import open_store
from data.writes.rollups import keep_rollups
from tests import postgres

READERS = [f"press{number}" for number in range(1, 9)]  # who read at once, the first of them alone
MORE = 5  # as many times of pages by chance
ROUNDS = 20  # times that one reader asks for a page; eight together ask twice as often
PAGES = (
    "/",
    "/bedarf",
    "/bedarf?thema=unterkunft&ort=Altona",
    "/orte",
    "/orte?ort=Altona",
    "/netzwerk",
    "/fragen",
    "/warnungen",
    "/warnungen/g0",
    "/datenquellen",
    "/beitrag?post=mastodon:p1",
    "/konten",
    "/sperrliste",
    "/csv/orte",
)
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is logged in: the address of the pages, and what the browser sends along."""

    port: int
    cookie: str
    token: str


def report(size: int) -> str:
    """Make stores of `size` posts, of both kinds and in both databases; measure every page."""
    told = []
    with (
        postgres.running(postgres.programs() or Path(), postgres.AS_DEBIAN) as server,
        TemporaryDirectory() as folder,
    ):
        for span in big_store.SPANS:
            for url in (f"sqlite:///{folder}/{span}.db", server.url(server.make())):
                engine = open_store(url)
                big_store.fill(engine, size, span)
                big_store.settle(engine)
                keep_rollups(engine)
                big_store.settle(engine)
                database = engine.dialect.name
                engine.dispose()
                told.append(f"{database}, {figure(size)} posts in a {span}:\n\n{pages_of(url)}")
    return "\n\n".join(told)


def pages_of(url: str, rounds: int = ROUNDS) -> str:
    """Measure every page over the store at `url`, which `big_store.fill` has made."""
    rows: list[list[str]] = []
    _let_in(url)
    with _served(url) as (port, processes):
        readers = [log_in(port, name) for name in READERS]
        for pages, often in (*(((page,), 1) for page in PAGES), (PAGES, MORE)):
            weights = [len(_ask(_connect(port), readers[0], page)) for page in pages]
            began, times = _cpu_seconds(processes), rounds * often
            alone = measure(readers[:1], pages, times, anew=True)
            cpu = (_cpu_seconds(processes) - began) / times
            same = measure(readers, pages, times, anew=False)
            others = measure(readers, pages, max(times // 4, 1), anew=True)
            figures = [
                *(_middle(alone), _late(alone), cpu * 1000),
                *(_middle(same), _late(same), _middle(others), _late(others)),
                statistics.mean(weights) / 1024,
            ]
            name = pages[0] if len(pages) == 1 else "any of these"
            rows.append([name, *(figure(each, 1) for each in figures)])
        memory = " and ".join(f"{_memory_mb(each, 'Rss'):.0f}" for each in processes)
        together = sum(_memory_mb(each, "Pss") for each in processes)
    head = ["page", "p50", "p95", "CPU", "8 same: p50", "p95", "8 anew: p50", "p95", "KB"]
    told = f"Memory of the processes that serve: {memory} MB, with what they share counted once"
    return f"{table(head, rows)}\n\n{told} {together:.0f} MB."


def measure(
    readers: Sequence[Reader], pages: Sequence[str], rounds: int, *, anew: bool
) -> list[float]:
    """Let readers ask for one of the pages again and again; return milliseconds, answer by answer.

    `anew`: each address differs from the last, so that no answer is one that was kept.
    """
    taken: list[float] = []
    ready = threading.Barrier(len(readers))
    number = itertools.count()

    def read(place: int, reader: Reader) -> None:
        connection, draw = _connect(reader.port), Random(place)  # noqa: S311 - the same each time
        ready.wait()
        for _ in range(rounds):
            page = draw.choice(pages)
            mark = "&" if "?" in page else "?"
            address = f"{page}{mark}n={time.monotonic_ns()}-{next(number)}" if anew else page
            began = time.perf_counter()
            _ask(connection, reader, address)
            taken.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=read, args=each) for each in enumerate(readers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return taken


def log_in(port: int, name: str) -> Reader:
    """Log in as the browser does."""
    connection = _connect(port)
    connection.request("GET", "/login")
    answer = connection.getresponse()
    form = answer.read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]  # type: ignore[index]
    jar = _cookies(answer)
    body = urlencode({"name": name, "password": big_store.PASSWORD, "csrf_token": token})
    head = {"Cookie": _line(jar), "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/login", body, head)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"The login was refused: {answer.status}")
    jar |= _cookies(answer)
    connection.request("GET", "/", headers={"Cookie": _line(jar)})
    answer = connection.getresponse()
    answer.read()
    jar |= _cookies(answer)
    return Reader(port, _line(jar), jar["_csrf_token"])


def _ask(connection: http.client.HTTPConnection, reader: Reader, page: str) -> bytes:
    head = {"Cookie": reader.cookie, "Accept-Encoding": "gzip"}
    if page.startswith("/csv"):
        connection.request("GET", page, headers=head)
    else:
        path, mark, search = page.partition("?")
        here = {"id": "_pages_location"}
        asked = {
            "output": ".._pages_content.children..._pages_store.data..",
            "outputs": [
                {"id": "_pages_content", "property": "children"},
                {"id": "_pages_store", "property": "data"},
            ],
            "inputs": [
                {**here, "property": "pathname", "value": path},
                {**here, "property": "search", "value": mark + search},
            ],
            "state": [],
            "changedPropIds": ["_pages_location.pathname"],
        }
        head |= {"Content-Type": "application/json", "X-CSRFToken": reader.token}
        connection.request("POST", "/_dash-update-component", json.dumps(asked), head)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{page} was answered with {answer.status}")
    return body


def _connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    given = answer.headers.get_all("Set-Cookie") or []
    return dict(each.partition(";")[0].split("=", 1) for each in given)


def _line(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def _let_in(url: str) -> None:
    """Let the readers log in, where the store does not know them."""
    engine = open_store(url)
    with engine.begin() as connection:
        known = {each.name for each in decisions.list_users(connection)}
        for name in READERS:
            if name not in known:
                decisions.add_user(connection, name, "press", big_store.PASSWORD, big_store.NEWEST)
    engine.dispose()


@contextmanager
def _served(url: str) -> Iterator[tuple[int, list[int]]]:
    """Start the pages; give their port and the numbers of the processes that serve them."""
    port = free_port()
    program = [sys.executable, "-m", "bench.page_server", url, str(port)]
    with subprocess.Popen(program, cwd=Path(__file__).parent.parent) as keeper:
        try:
            until = time.monotonic() + 60
            while not (answers(port) and len(_children(keeper.pid)) == DashboardConfig().serving):
                if keeper.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("The pages did not start.")
                time.sleep(0.2)
            yield port, _children(keeper.pid)
        finally:
            keeper.terminate()


def answers(port: int) -> bool:
    """Say whether the pages are served there already."""
    try:
        connection = _connect(port)
        connection.request("GET", "/login")
        return connection.getresponse().status < 400
    except OSError:
        return False


def free_port() -> int:
    """Find a port on which nothing listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(each) for each in told.split()]


def _cpu_seconds(processes: Sequence[int]) -> float:
    used = 0
    for each in processes:
        fields = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / _TICK


def _memory_mb(process: int, kind: str) -> float:
    """Tell the memory of a process; `kind`: Rss, or Pss, in which what is shared is divided."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(each.split()[1]) for each in lines if each.startswith(f"{kind}:")) / 1024


def _middle(taken: Sequence[float]) -> float:
    return statistics.median(taken)


def _late(taken: Sequence[float]) -> float:
    return sorted(taken)[min(int(len(taken) * 0.95), len(taken) - 1)]

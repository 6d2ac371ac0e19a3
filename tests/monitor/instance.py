"""A small Mastodon-like server on loopback whose every reply a test decides."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit


@dataclass
class Answer:
    """One reply. `body` is sent as it is if it is bytes, as JSON otherwise."""

    body: Any = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0  # seconds before the first byte
    drip: float = 0.0  # seconds between two bytes of the body
    length: int | None = None  # a Content-Length that is not true


Decide = Callable[[str, Mapping[str, str]], Answer]


@dataclass
class Instance:
    """`decide` gets path and query of each request; `asked` and `headers` remember them."""

    decide: Decide
    origin: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)  # of each request
    sent: list[Any] = field(default_factory=list)  # the document or form of each POST
    lists: dict[str, list[str]] = field(default_factory=dict)  # the newest query, all its values


@contextmanager
def instance(decide: Decide) -> Iterator[Instance]:
    """Run a server until the test is over."""
    made = Instance(decide)
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            form = "urlencoded" in self.headers.get("Content-Type", "")
            made.sent.append(
                dict(parse_qsl(body.decode())) if form else json.loads(body or b"null")
            )
            self.do_GET()

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            made.lists = parse_qs(parts.query)
            made.asked.append((parts.path, query))
            made.headers.append(dict(self.headers))
            answer = made.decide(parts.path, query)
            over.wait(answer.pause)
            body = answer.body
            if not isinstance(body, bytes):
                body = json.dumps(body).encode()
            try:
                self._send(answer, body)
            except OSError:
                self.close_connection = True

        def _send(self, answer: Answer, body: bytes) -> None:
            self.send_response_only(answer.status)
            if "Date" not in answer.headers:
                self.send_header("Date", self.date_time_string())
            length = len(body) if answer.length is None else answer.length
            self.send_header("Content-Length", str(length))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not answer.drip:
                self.wfile.write(body)
            else:
                for byte in body:
                    if over.wait(answer.drip):
                        return
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
            if answer.length is not None:
                self.close_connection = True

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Timeline:
    """Serves `statuses` as the timeline of every hashtag, by ids, as Mastodon does."""

    statuses: list[dict[str, Any]] = field(default_factory=list)
    page: int = 40
    boosters: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __call__(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/api/v2/instance":
            return Answer({"domain": "hier.example", "configuration": {}})
        if path.startswith("/api/v1/timelines/tag/"):
            return Answer(self._page(query))
        if path.endswith("/reblogged_by"):
            return Answer(self.boosters.get(path.split("/")[-2], []))
        if path == "/api/v1/statuses":
            return Answer([each for each in self.statuses if each["id"] == query.get("id[]")])
        if path.startswith("/api/v1/statuses/"):
            found = [each for each in self.statuses if each["id"] == path.rsplit("/", 1)[1]]
            return Answer(found[0]) if found else Answer({"error": "Record not found"}, 404)
        return Answer({"error": "Record not found"}, 404)

    def _page(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        newest_first = sorted(self.statuses, key=lambda each: -int(each["id"]))
        if "min_id" in query:
            above = [each for each in newest_first if int(each["id"]) > int(query["min_id"])]
            return above[-self.page :]
        if "max_id" in query:
            newest_first = [each for each in newest_first if int(each["id"]) < int(query["max_id"])]
        return newest_first[: self.page]


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that another thread or process does."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)

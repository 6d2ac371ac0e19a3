"""A small Jetstream (v2) on loopback: gives events by number or time, as a test decides."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol

NAME = "network.bsky.jetstream.subscribeEvents"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Jetstream:
    """The events that it keeps, in order; `floor` is the lowest number that it still gives.

    `cut_after` ends each connection after so many frames; `refuse` answers a connection's request.
    """

    events: list[dict[str, Any]] = field(default_factory=list)
    origin: str = ""
    boot: str = "one"
    floor: int = 0
    cut_after: Callable[[], int | None] = lambda: None
    refuse: tuple[int, dict[str, Any]] | None = None
    odd: list[str | bytes] = field(default_factory=list)  # frames that come first
    asked: list[dict[str, list[str]]] = field(default_factory=list)  # of each connection
    changed: threading.Condition = field(default_factory=threading.Condition)
    over: bool = False

    def tell(self, kind: str, did: str, at: datetime, **payload: Any) -> int:
        """Add an event; return its number."""
        with self.changed:
            seq = (self.events[-1]["seq"] if self.events else 0) + 1
            told = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
            event = {"$type": f"{NAME}#{kind}", "seq": seq, "did": did, "time": told}
            self.events.append({**event, "witnessedAt": told, **payload})
            self.changed.notify_all()
            return seq

    def start(self, query: dict[str, list[str]]) -> tuple[int, str | None] | None:
        """Return the first number to give, and the notice; None for one that is too old."""
        newest = self.events[-1]["seq"] if self.events else 0
        if "cursor" not in query:
            return newest + 1, None
        cursor = int(query["cursor"][0])
        if cursor >= 10**15:
            when = _EPOCH + timedelta(microseconds=cursor)
            kept = [each for each in self.events if each["seq"] >= self.floor]
            late = [e for e in kept if datetime.fromisoformat(e["witnessedAt"]) >= when]
            first = late[0]["seq"] if late else newest + 1
            clamped = bool(kept) and late[:1] == kept[:1] and self.floor > 1
            return first, "OutdatedCursor" if clamped else None
        if cursor < self.floor:
            return None
        return (newest + 1, "FutureCursor") if cursor > newest + 1 else (cursor, None)


@contextmanager
def jetstream(made: Jetstream | None = None) -> Iterator[Jetstream]:
    """Run a server until the test is over."""
    made = made or Jetstream()

    def answer(connection: ServerConnection, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        query = parse_qs(parts.query)
        made.asked.append(query)
        if parts.path != f"/xrpc/{NAME}":
            return _refusal(404, {"error": "NotFound"})
        if made.refuse:
            return _refusal(*made.refuse)
        if made.start(query) is None:
            return _refusal(400, {"error": "CursorTooOld", "message": f"floor {made.floor}"})
        return None

    def named(_connection: ServerConnection, _request: Request, response: Response) -> None:
        if made.boot:
            response.headers["Jetstream-Boot-Id"] = made.boot

    def serve_one(connection: ServerConnection) -> None:
        assert connection.request is not None
        query = parse_qs(urlsplit(connection.request.path).query)
        first, notice = made.start(query) or (0, None)
        left = made.cut_after()
        try:
            if notice:
                info = {"$type": f"{NAME}#info", "name": notice}
                connection.send(json.dumps({"$type": "message", "payload": info}))
            for frame in made.odd:
                connection.send(frame)
            for event in _from(made, first, query):
                if left is not None:
                    left -= 1
                    if left < 0:
                        connection.socket.close()
                        return
                connection.send(json.dumps({"$type": "message", "payload": event}))
        except (ConnectionClosed, OSError):
            return

    server = serve(
        serve_one,
        "127.0.0.1",
        0,
        subprotocols=[Subprotocol("xrpc.v1.json")],
        process_request=answer,
        process_response=named,
        compression=None,
        close_timeout=0.2,
    )
    made.origin = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        with made.changed:
            made.over = True
            made.changed.notify_all()
        server.shutdown()
        thread.join()


def _from(made: Jetstream, first: int, query: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    sent = first - 1
    while True:
        with made.changed:
            while not (made.over or (made.events and made.events[-1]["seq"] > sent)):
                made.changed.wait()
            if made.over:
                return
            waiting = [each for each in made.events if each["seq"] > sent]
        for event in waiting:
            sent = event["seq"]
            if _asked_for(event, query.get("kinds", ()), query.get("collections", ())):
                yield event


def _asked_for(event: dict[str, Any], kinds: Sequence[str], collections: Sequence[str]) -> bool:
    kind = event["$type"].rpartition("#")[2]
    if kinds and kind not in kinds:
        return False
    return kind != "commit" or any(fnmatch(event["collection"], each) for each in collections)


def _refusal(status: int, document: dict[str, Any]) -> Response:
    body = json.dumps(document).encode()
    headers = Headers({"Content-Type": "application/json", "Content-Length": str(len(body))})
    return Response(status, HTTPStatus(status).phrase, headers, body)

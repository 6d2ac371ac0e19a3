"""Two Mastodon-like servers without a wire, that share posts, fail as told and have a true clock.

They take the place of `DeadlineAdapter`, the lowest layer of the program's own: status codes,
retries, limits, broken bodies are handled by what handles them outside of tests.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from data.records import iso
from tests.make import NOW

HOSTS = ("a.example", "b.example")
PAGE = 3  # statuses a reply, whatever limit is asked for
FAULTS = (
    *("timeout", "reset", "cut", "garbage", "no list", "unavailable", "once unavailable"),
    *("limited", "limited for an hour", "budget spent", "forbidden", "killed"),
)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Status:
    """One post. `ids` are those of the servers whose timelines show it, `texts` all it ever had."""

    number: int
    home: str
    created_at: Any
    texts: list[str]
    edited_at: Any = None
    ids: dict[str, str] = field(default_factory=dict)
    arrived: dict[str, Any] = field(default_factory=dict)  # server -> when it came to be shown
    stale: set[str] = field(default_factory=set)  # servers that did not hear of the edit
    exists: bool = True
    local_id: str = ""

    @property
    def uri(self) -> str:
        return f"https://{self.home}/users/ana/statuses/{self.local_id}"

    def shown(self, host: str) -> dict[str, Any]:
        edited = self.edited_at if host not in self.stale else None
        text = self.texts[-1] if host not in self.stale else self.texts[0]
        return {
            "id": self.ids[host],
            "uri": self.uri,
            "url": self.uri,
            "created_at": iso(self.created_at),
            "edited_at": iso(edited) if edited else None,
            "visibility": "public",
            "content": f"<p>{text}</p>",
            "reblogs_count": 0,
            "account": {"acct": "ana", "uri": f"https://{self.home}/users/ana", "note": ""},
            "tags": [{"name": "HHhilft"}],
        }


class Servers(HTTPAdapter):
    """Both servers, as the adapter of a `requests` session; `now` is the true time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.statuses: list[Status] = []
        self.junk: dict[str, list[dict[str, Any]]] = {host: [] for host in HOSTS}
        self.faults: dict[int, str] = {}  # number of the request -> what goes wrong with it
        self.asked = 0
        self._failed_once: set[str] = set()
        self._ids = 0

    def write(self, home: str) -> Status:
        made = Status(len(self.statuses), home, self.now, [f"Text {len(self.statuses)}"])
        self.statuses.append(made)
        self.show(made, home)
        made.local_id = made.ids[home]
        return made

    def show(self, status: Status, host: str, *, id_by_arrival: bool = True) -> None:
        """Let a server show a status, with an id of its arrival or, as Mastodon, of its writing."""
        self._ids += 1
        at = self.now if id_by_arrival else status.created_at
        status.ids[host] = str(int(at.timestamp()) * 1000 + self._ids)
        status.arrived[host] = self.now

    def fail(self, faults: Mapping[int, str]) -> None:
        """Let requests fail from now on, counted from the next one."""
        self.asked, self.faults = 0, dict(faults)
        self._failed_once.clear()

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        parts = urlsplit(request.url or "")
        fault = self.faults.get(self.asked)
        self.asked += 1
        status, document, headers = self._answer(parts.netloc, parts.path, parts.query)
        body = json.dumps(document).encode()
        if fault == "killed":
            raise Killed
        if fault == "timeout":
            raise requests.ReadTimeout("no answer in time")
        if fault == "reset":
            raise requests.ConnectionError("connection reset")
        if fault == "forbidden":
            status, body = 403, b"{}"
        if fault == "limited":
            status, body = 429, b"{}"
        if fault == "limited for an hour":
            status, body = 429, b"{}"
            headers["X-RateLimit-Reset"] = iso(self.now + timedelta(hours=1))
        if fault == "budget spent":
            headers["X-RateLimit-Remaining"] = "0"
            headers["X-RateLimit-Reset"] = iso(self.now + timedelta(minutes=5))
        if fault == "unavailable":
            status, body = 503, b"<html>"
            self.faults[self.asked] = "unavailable"  # the second try too
        if fault == "once unavailable":
            status, body = 503, b"<html>"
        if fault == "garbage":
            body = b"<html>not now</html>"
        if fault == "no list":
            body = b'{"error": "odd"}'
        headers["Content-Length"] = str(len(body))
        if fault == "cut":
            body = body[: len(body) // 2]
        raw = HTTPResponse(
            BytesIO(body),
            headers,
            status,
            preload_content=False,
            decode_content=False,
            request_method="GET",
        )
        raw.watch = _NoWatch()  # type: ignore[attr-defined]
        return self.build_response(request, raw)

    def _answer(self, host: str, path: str, query: str) -> tuple[int, Any, dict[str, str]]:
        headers = {"Date": format_datetime(self.now, usegmt=True)}
        if path == "/api/v2/instance":
            return 200, {"domain": host, "configuration": {}}, headers
        if path.startswith("/api/v1/timelines/tag/"):
            return 200, self._page(host, dict(parse_qsl(query))), headers
        found = [
            each
            for each in self.statuses
            if each.home == host and each.exists and path == f"/api/v1/statuses/{each.local_id}"
        ]
        return (200, {}, headers) if found else (404, {"error": "Record not found"}, headers)

    def _page(self, host: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        timeline = [*self.junk[host], *(each.shown(host) for each in self.on(host))]
        timeline.sort(key=lambda each: -int(each["id"]))
        if "min_id" in query:
            return [each for each in timeline if int(each["id"]) > int(query["min_id"])][-PAGE:]
        if "max_id" in query:
            timeline = [each for each in timeline if int(each["id"]) < int(query["max_id"])]
        page = timeline[:PAGE]
        return [*page[1:], *page[:1], *page[:1]]  # in no order, and one of them twice

    def on(self, host: str) -> Iterator[Status]:
        return (each for each in self.statuses if host in each.ids)

    def add_junk(self, host: str, junk: Sequence[tuple[str, Any]]) -> None:
        """Put an item into a timeline that is no post."""
        self._ids += 1
        number = str(int(self.now.timestamp()) * 1000 + self._ids)
        self.junk[host].append({"id": number, "visibility": "public", **dict(junk)})


class _NoWatch:
    overdue = False

    def cancel(self) -> None: ...


def instead_of_the_network(servers: Servers) -> Any:
    """Let every session of the program reach these servers and nothing else."""
    return patch("monitor.sources.http.DeadlineAdapter", lambda: servers)

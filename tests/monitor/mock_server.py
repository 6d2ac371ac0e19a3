"""mastodon_mock, a real HTTP server from PyPI, with a ledger of what is on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import requests

from tests.monitor.free_port import free_port
from tests.monitor.instance import wait_until

PEOPLE = ("amira", "ben", "cem", "dilan", "elif", "farid")
TAG = "hhhilft"


@dataclass
class MockServer:
    """The server, and what the test did on it: uri -> text, deleted uris, (uri, booster)."""

    origin: str
    session: requests.Session = field(default_factory=requests.Session)
    ids: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    boosts: set[tuple[str, str]] = field(default_factory=set)

    def post(self, who: str, text: str, **params: str) -> str:
        made = self._call("POST", "/api/v1/statuses", who, {"status": text, **params})
        uri: str = made["uri"]
        self.ids[uri], self.authors[uri], self.texts[uri] = made["id"], who, text
        return uri

    def edit(self, uri: str, text: str) -> None:
        path = f"/api/v1/statuses/{self.ids[uri]}"
        self._call("PUT", path, self.authors[uri], {"status": text})
        self.texts[uri] = text

    def delete(self, uri: str) -> None:
        self._call("DELETE", f"/api/v1/statuses/{self.ids[uri]}", self.authors[uri])
        del self.texts[uri]
        self.deleted.add(uri)

    def boost(self, uri: str, who: str) -> None:
        self._call("POST", f"/api/v1/statuses/{self.ids[uri]}/reblog", who)
        self.boosts.add((uri, f"{self.origin}/@{who}"))

    def fault(self, path: str, kind: str, count: int | None = None, **effect: Any) -> None:
        """Let the next `count` requests whose path matches fail."""
        rule = {"match": {"path": path, "methods": ["GET"]}, "count": count}
        rule["effect"] = {"type": kind, **effect}
        self.session.post(f"{self.origin}/api/v1/_mock/faults", json=rule).raise_for_status()

    def mend(self) -> None:
        """Let no request fail any more."""
        self.session.delete(f"{self.origin}/api/v1/_mock/faults").raise_for_status()

    def happens(self, chance: Random) -> None:
        """Do something at random: mostly post, sometimes edit, boost, answer or delete."""
        uri = chance.choice(sorted(self.texts)) if self.texts else None
        who = chance.choice(PEOPLE)
        kind = chance.random() if uri else 0.0
        if kind < 0.55 or uri is None:
            self.post(who, f"Beitrag {chance.randrange(10**9)} #{TAG}")
        elif kind < 0.65:
            self.post(who, f"Antwort #{TAG}", in_reply_to_id=self.ids[uri])
        elif kind < 0.8:
            self.edit(uri, f"Berichtigt {chance.randrange(10**9)} #{TAG}")
        elif kind < 0.92:
            self.boost(uri, who)
        else:
            self.delete(uri)

    def _call(self, method: str, path: str, who: str, data: dict[str, str] | None = None) -> Any:
        response = self.session.request(
            method,
            f"{self.origin}{path}",
            data=data,
            headers={"Authorization": f"Bearer {who}_token"},
            timeout=20,
        )
        response.raise_for_status()
        return response.json()


@contextmanager
def mock_server(folder: Path) -> Iterator[MockServer]:
    """Run mastodon_mock on a free port of loopback."""
    port = free_port()
    settings = folder / "mock.toml"
    people = "\n".join(
        f'[[seed.accounts]]\nusername = "{name}"\naccess_token = "{name}_token"' for name in PEOPLE
    )
    settings.write_text(f'[database]\npath = "{folder / "mock.db"}"\n{people}\n', "utf-8")
    arguments = ["serve", "--config", str(settings), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "mastodon_mock",
            *arguments,
            "--domain",
            f"127.0.0.1:{port}",
            "--log-level",
            "critical",
        ],
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
    ) as process:
        server = MockServer(f"http://127.0.0.1:{port}")

        def answers() -> bool:
            assert process.poll() is None, "mastodon_mock ended"
            try:
                return server.session.get(f"{server.origin}/api/v2/instance", timeout=5).ok
            except requests.ConnectionError:
                return False

        try:
            wait_until(answers, 60)
            yield server
        finally:
            process.kill()

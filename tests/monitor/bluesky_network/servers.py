"""Bluesky's own servers on loopback while a test runs, and what people do there."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from data.formats import this_moment
from data.records import iso
from tests.monitor.bluesky_network.install import HERE, folder, node
from tests.monitor.free_port import free_port

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
_START_SECONDS = 600  # seconds where nothing else is to do, minutes on a busy machine
_MEMORY = 700  # MB for Node's own objects


@dataclass(frozen=True)
class Servers:
    """Where the account server and the public view are."""

    pds: str
    appview: str

    def join(self, name: str) -> "Person":
        """Make an account `name.test`."""
        handle = f"{name}.test"
        told = {"email": f"{name}@mail.test", "handle": handle, "password": f"{name}-geheim"}
        made = _call("POST", self.pds, "com.atproto.server.createAccount", json=told)
        return Person(self, made["did"], handle, made["accessJwt"])

    def shows(self, uris: list[str]) -> dict[str, dict[str, Any]]:
        """Return what the public view has of these posts."""
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(uris), 25):
            part = {"uris": uris[start : start + 25]}
            answer = _call("GET", self.appview, "app.bsky.feed.getPosts", params=part)
            found |= {each["uri"]: each for each in answer["posts"]}
        return found

    def take_down(self, person: "Person", *, applied: bool) -> None:
        """Let those who run the server take an account down, or bring it back."""
        subject = {"$type": "com.atproto.admin.defs#repoRef", "did": person.did}
        told = {"subject": subject, "takedown": {"applied": applied}}
        name = "com.atproto.admin.updateSubjectStatus"
        _call("POST", self.pds, name, json=told, auth=("admin", "admin-pass"))


@dataclass
class Person:
    """An account and what it does."""

    servers: Servers
    did: str
    handle: str
    token: str

    def write(self, text: str, **other: Any) -> dict[str, str]:
        """Post, with the hashtags marked as Bluesky's own app marks them; return the ref."""
        return self.make(POST, post(text, **other))

    def make(self, collection: str, record: Mapping[str, Any]) -> dict[str, str]:
        told = {"repo": self.did, "collection": collection, "record": record}
        return _ref(self.call("com.atproto.repo.createRecord", told))

    def share(self, what: Mapping[str, str]) -> dict[str, str]:
        """Repost."""
        subject = {"$type": REPOST, "subject": what, "createdAt": iso(this_moment())}
        return self.make(REPOST, subject)

    def like(self, what: Mapping[str, str]) -> None:
        record = {"$type": "app.bsky.feed.like", "subject": what, "createdAt": iso(this_moment())}
        self.make("app.bsky.feed.like", record)

    def change(self, collection: str, rkey: str, record: Mapping[str, Any]) -> dict[str, str]:
        """Put another record in a record's place."""
        told = {"repo": self.did, "collection": collection, "rkey": rkey, "record": record}
        return _ref(self.call("com.atproto.repo.putRecord", told))

    def make_as(self, rkey: str, record: Mapping[str, Any]) -> dict[str, str]:
        """Post under a key of one's own choice."""
        told = {"repo": self.did, "collection": POST, "rkey": rkey, "record": record}
        return _ref(self.call("com.atproto.repo.createRecord", told))

    def delete(self, what: Mapping[str, str]) -> None:
        _, _, repo, collection, rkey = what["uri"].split("/")
        told = {"repo": repo, "collection": collection, "rkey": rkey}
        self.call("com.atproto.repo.deleteRecord", told)

    def app_password(self) -> str:
        made = self.call("com.atproto.server.createAppPassword", {"name": "hhhilft"})
        return str(made["password"])

    def call(self, name: str, document: Any = None) -> Any:
        """Send a document to one's own server."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return _call("POST", self.servers.pds, name, json=document, headers=headers)


def post(text: str, **other: Any) -> dict[str, Any]:
    """Make a post's record of now."""
    facets = []
    for word in text.split():
        if word.startswith("#"):
            start = text.encode().index(word.encode())
            index = {"byteStart": start, "byteEnd": start + len(word.encode())}
            tag = {"$type": "app.bsky.richtext.facet#tag", "tag": word[1:]}
            facets.append({"index": index, "features": [tag]})
    marked = {"facets": facets} if facets else {}
    made = {"$type": POST, "text": text, "createdAt": iso(this_moment()), "langs": ["de"]}
    return {**made, **marked, **other}


def wait_until(true: Callable[[], object], seconds: float = 300) -> None:
    """Wait for what one server has to hear of another."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@contextmanager
def running(database_url: str) -> Iterator[Servers]:
    """Start the servers with an empty PostgreSQL database; stop them in the end."""
    shutil.copy(HERE / "start.mjs", folder())
    ports = ",".join(str(free_port()) for _ in range(3))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "DB_POSTGRES_URL": database_url,
        "LOG_ENABLED": "false",
        "PORTS": ports,
    }
    with tempfile.TemporaryDirectory(prefix="hhhilft-bluesky-") as temporary:
        log = Path(temporary) / "log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [node() / "bin" / "node", f"--max-old-space-size={_MEMORY}", "start.mjs"],
                cwd=folder(),
                env=environment,
                stdin=subprocess.PIPE,  # closed with us, so the servers end if we are killed
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            yield _ready(process, log)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(process: "subprocess.Popen[bytes]", log: Path) -> Servers:
    until = time.monotonic() + _START_SECONDS
    while True:
        said = log.read_text("utf-8", "replace")
        for line in said.splitlines():
            if line.startswith('{"pds"'):
                return Servers(**json.loads(line))
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"Bluesky's servers did not start:\n{said}")
        time.sleep(0.1)


def _ref(made: Mapping[str, str]) -> dict[str, str]:
    return {"uri": made["uri"], "cid": made["cid"]}


def _call(method: str, base: str, name: str, **request: Any) -> Any:
    answer = requests.request(method, f"{base}/xrpc/{name}", timeout=60, **request)
    assert answer.ok, f"{name}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None

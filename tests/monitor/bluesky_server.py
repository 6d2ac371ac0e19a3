"""A small Bluesky on loopback: login, search, posts and profiles, as a test decides."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data.records import iso, read_time
from tests.make import NOW
from tests.monitor.instance import Answer, Instance, instance

ANA, BEN, CEM = (f"did:plc:{name}" for name in ("ana", "ben", "cem"))


def record(text: str = "Decken gesucht #HHhilft", **other: Any) -> dict[str, Any]:
    """Make a post's record, written an hour ago."""
    made = {"$type": "app.bsky.feed.post", "text": text, "createdAt": iso(NOW - timedelta(hours=1))}
    return {**made, **other}


def profile(did: str, **other: Any) -> dict[str, Any]:
    return {"did": did, "handle": f"{did[8:]}.example", "labels": [], "description": "", **other}


def uri(number: int | str, did: str = ANA, collection: str = "app.bsky.feed.post") -> str:
    return f"at://{did}/{collection}/{number}"


def view(number: int | str, did: str = ANA, **other: Any) -> dict[str, Any]:
    """Make a post as the search shows it; higher numbers are newer."""
    at = iso(NOW - timedelta(hours=1) + timedelta(seconds=number if isinstance(number, int) else 0))
    told = record(**other.pop("record", {"createdAt": at}))
    return {
        "uri": uri(number, did),
        "author": {"did": did, "handle": f"{did[8:]}.example", "labels": []},
        "record": told,
        "indexedAt": at,
        "likeCount": 0,
        "repostCount": 0,
        "replyCount": 0,
        "labels": [],
        **other,
    }


@dataclass
class Bluesky:
    """Serves `posts` (views) and `people` (profiles). `limit`: most results to one question."""

    posts: list[Any] = field(default_factory=list)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    password: str = "geheim"
    page: int = 100
    limit: int = 10_000
    token: str = "1"
    here: Instance = field(default_factory=lambda: Instance(lambda *_: Answer()))

    @property
    def origin(self) -> str:
        return self.here.origin

    def paths(self, name: str) -> list[dict[str, str]]:
        """Return the questions of one kind."""
        return [query for path, query in self.here.asked if path.endswith(name)]

    def __call__(self, path: str, query: Mapping[str, str]) -> Answer:
        name = path.rpartition(".")[2]
        if name == "createSession":
            if self.here.sent[-1]["password"] != self.password:
                said = {"error": "AuthenticationRequired", "message": "Invalid password"}
                return Answer(said, 401)
            return Answer({"accessJwt": f"access {self.token}", "refreshJwt": "refresh"})
        told = self.here.headers[-1].get("Authorization")
        if name == "refreshSession":
            if told != "Bearer refresh":
                return Answer({"error": "ExpiredToken", "message": "Token has expired"}, 400)
            return Answer({"accessJwt": f"access {self.token}", "refreshJwt": "refresh"})
        if name == "getProfiles":
            dids = self.here.lists["actors"]
            return Answer({"profiles": [self.people.get(did, profile(did)) for did in dids]})
        if name == "getPosts":
            wanted = self.here.lists["uris"]
            return Answer({"posts": [each for each in self._views() if each["uri"] in wanted]})
        if name == "searchPosts":
            if told is None:
                return Answer({"error": "AuthMissing", "message": "Authentication Required"}, 401)
            if told != f"Bearer access {self.token}":
                return Answer({"error": "ExpiredToken", "message": "Token has expired"}, 400)
            return self._search(query)
        return Answer({"error": "MethodNotImplemented"}, 501)

    def _search(self, query: Mapping[str, str]) -> Answer:
        since, until = read_time(query["since"]), read_time(query["until"])
        views = [
            each for each in self._views() if since <= _at(each) < until or "indexedAt" not in each
        ]
        views.sort(key=_at, reverse=True)
        odd = [each for each in self.posts if not isinstance(each, dict)]
        start = int(query.get("cursor", 0))
        end = min(start + self.page, self.limit)
        more = {"cursor": str(end)} if end < min(len(views), self.limit) else {}
        return Answer({"posts": [*views[start:end], *odd], **more})

    def _views(self) -> list[dict[str, Any]]:
        return [each for each in self.posts if isinstance(each, dict)]


@contextmanager
def bluesky(made: Bluesky | None = None) -> Iterator[Bluesky]:
    """Run a server until the test is over."""
    made = made or Bluesky()
    with instance(made) as here:
        made.here = here
        yield made


def _at(each: Mapping[str, Any]) -> datetime:
    return read_time(each["indexedAt"])

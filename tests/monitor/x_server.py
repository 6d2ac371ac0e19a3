"""A small X on loopback. Its replies are documented, not recorded: written after docs.x.com."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data.records import iso
from monitor.sources.x.ids import last_before
from tests.make import NOW
from tests.monitor.instance import Answer

PROBLEMS = "https://api.x.com/2/problems"
TOKEN = "AAAA-test-token"


def tweet(number: int, ago: timedelta = timedelta(hours=1), **other: Any) -> dict[str, Any]:
    """Make a tweet of the invented account 7; higher numbers are newer, by a second each."""
    at = NOW - ago + timedelta(seconds=number)
    return {
        "id": id_at(at),
        "text": f"Beitrag {number} #HHhilft",
        "author_id": "7",
        "created_at": iso(at),
        "entities": {"hashtags": [{"start": 10, "end": 18, "tag": "HHhilft"}]},
        "public_metrics": {"like_count": 1, "retweet_count": 0, "reply_count": 0},
        **other,
    }


def id_at(at: datetime) -> str:
    """Make the id of a tweet that is made at a moment."""
    return str(last_before(at) + 1)


def user(number: str = "7", **other: Any) -> dict[str, Any]:
    return {"id": number, "username": f"konto{number}", "name": f"Konto {number}", **other}


def problem(kind: str, title: str, detail: str, **other: Any) -> dict[str, Any]:
    return {"title": title, "detail": detail, "type": f"{PROBLEMS}/{kind}", **other}


def not_found(number: str, **other: Any) -> dict[str, Any]:
    return problem(
        "resource-not-found",
        "Not Found Error",
        f"Could not find tweet with ids: [{number}].",
        value=number,
        resource_id=number,
        parameter="ids",
        resource_type="tweet",
        **other,
    )


def not_authorized(number: str) -> dict[str, Any]:
    return problem(
        "not-authorized-for-resource",
        "Authorization Error",
        f"Sorry, you are not authorized to see the Tweet with ids: [{number}].",
        value=number,
        resource_id=number,
        parameter="ids",
        resource_type="tweet",
    )


@dataclass
class Search:
    """Serves `tweets` to every query, newest first, with `tweets_also` and `users` beside them.

    `gone` are answered as deleted, `hidden` as suspended or protected. `billed` counts the posts
    that were handed out, as X would.
    """

    tweets: list[Any] = field(default_factory=list)
    users: list[dict[str, Any]] = field(default_factory=lambda: [user()])
    tweets_also: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    now: datetime = NOW
    billed: int = 0

    def __call__(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/2/tweets/search/recent":
            return self._search(query)
        if path == "/2/tweets":
            return self._lookup(query["ids"].split(","))
        return Answer(problem("resource-not-found", "Not Found Error", path), 404)

    def _search(self, query: Mapping[str, str]) -> Answer:
        size, since, until = (int(query[name]) for name in ("max_results", "since_id", "until_id"))
        if not 10 <= size <= 100:
            return _invalid("max_results", query["max_results"], "is not between 10 and 100")
        if len(query["query"]) > 512:
            return _invalid("query", "", "is longer than 512 characters")
        if since < last_before(self.now - timedelta(days=7)):
            return _invalid("since_id", query["since_id"], "must be created after 7 days ago")
        if since >= until:
            return _invalid("until_id", query["until_id"], "must be larger than 'since_id'")
        below = int(query.get("next_token", "")[4:] or until)
        found = sorted(
            (each for each in self.tweets if since < _number(each) < min(below, until)),
            key=_number,
            reverse=True,
        )
        page, more = found[:size], len(found) > size
        self.billed += len(page) + len(self.tweets_also if page else ())
        meta = {"result_count": len(page)}
        if more:
            meta |= {"next_token": f"next{_number(page[-1])}"}
        document: dict[str, Any] = {"meta": meta}
        if page:
            includes = {"users": self.users, "tweets": self.tweets_also}
            document = {"data": [_as_sent(each) for each in page], "includes": includes} | document
        return Answer(document | ({"errors": self.errors} if self.errors and page else {}))

    def _lookup(self, ids: list[str]) -> Answer:
        known = {str(_number(each)) for each in self.tweets} - self.gone - self.hidden
        found = [{"id": each, "text": "…"} for each in ids if each in known]
        self.billed += len(found)
        errors = [not_found(each) for each in ids if each in self.gone]
        errors += [not_authorized(each) for each in ids if each in self.hidden]
        return Answer(({"data": found} if found else {}) | ({"errors": errors} if errors else {}))


@dataclass
class Broken:
    """What X sends in place of a tweet, at the place in time of `id`."""

    id: str
    sent: Any


def _number(each: Any) -> int:
    return int(each.id if isinstance(each, Broken) else each["id"])


def _as_sent(each: Any) -> Any:
    return each.sent if isinstance(each, Broken) else each


def _invalid(parameter: str, value: str, why: str) -> Answer:
    return Answer(
        problem(
            "invalid-request",
            "Invalid Request",
            "One or more parameters to your request was invalid.",
            errors=[{"parameters": {parameter: [value]}, "message": f"'{parameter}' {why}"}],
        ),
        400,
    )

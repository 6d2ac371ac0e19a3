"""What of everything public is ours: the hashtag's posts, and what refers to a stored post."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.config import Config
from data.errors import RecordError
from monitor.items.bluesky import POST, PROFILE, hashtags_of, posts_referred_to
from monitor.items.fields import at
from monitor.sources.bluesky.mapping import uri_of
from monitor.sources.source import Stored
from monitor.watched import is_watched


class Sieve:
    """Remembers what this round has kept, for it is not in the store yet."""

    def __init__(self, config: Config, stored: Stored) -> None:
        self._config, self._stored = config, stored
        self._kept: set[str] = set()  # addresses of posts and reposts
        self._people: set[str] = set()  # DIDs of stored accounts, and of this round's

    def kept(self, events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return those that matter, in their order; the store is asked once for all."""
        known = self._stored.posts(set(_posts_named(events)))
        self._people |= self._stored.accounts(
            {str(each.get("did")) for each in events if _is_of_a_person(each)}
        ).keys()
        return [each for each in events if self._matters(each, known)]

    def _matters(self, event: Mapping[str, Any], known: set[str]) -> bool:
        if _is_of_a_person(event):
            return event.get("did") in self._people
        try:
            uri = uri_of(event)
        except (KeyError, RecordError):
            return False
        if _is_gone(event):
            ours = uri in known or uri in self._kept
            self._kept.discard(uri)
            known.discard(uri)
            return ours
        record = event.get("record")
        ours = (
            uri in known
            or any(each in known or each in self._kept for each in posts_referred_to(record))
            or (event.get("collection") == POST and is_watched(hashtags_of(record), self._config))
        )
        if ours:
            self._kept.add(uri)
            self._people.add(str(event["did"]))
        return ours


def authors(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return whose posts these are: each may have asked programs to stay away since the last."""
    return sorted(
        {each["did"] for each in events if _kind(each) == "commit" and not _is_gone(each)}
    )


def _posts_named(events: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for event in events:
        if _kind(event) != "commit" or event.get("collection") == PROFILE:
            continue
        try:
            uri = uri_of(event)
        except (KeyError, RecordError):
            continue
        if event.get("operation") != "create":
            yield uri
        yield from posts_referred_to(event.get("record"))


def _is_of_a_person(event: Mapping[str, Any]) -> bool:
    return _kind(event) in ("account", "identity") or event.get("collection") == PROFILE


def _is_gone(event: Mapping[str, Any]) -> bool:
    return event.get("operation") == "delete"


def _kind(event: Mapping[str, Any]) -> str:
    return str(at(event, "$type")).rpartition("#")[2]

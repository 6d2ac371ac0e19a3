"""What Bluesky tells, as posts, accounts, and what is gone or back. Pure."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from data.errors import RecordError
from data.records import Account, from_iso, read_id, read_time
from monitor.items import bluesky
from monitor.items.fields import at, word
from monitor.sources.source import Back, Gone, Told

MAPPER = "bluesky-1"
VIEW, COMMIT, ACCOUNT, IDENTITY, RESTORED, FRAME = (
    *("view", "commit", "account", "identity"),  # kinds of raw items
    *("restored", "frame"),
)
_LEAVES = ("takendown", "suspended", "deleted", "deactivated")  # others: its server is disturbed
_HIDDEN = ("!hide", "!takedown")  # labels of those who moderate: shown to nobody


def to_posts(kind: str, _origin: str, body: str, _fetched_at: datetime) -> list[Told]:
    """Translate one raw item.

    - `view`: a post as the search shows it, with the author's whole profile where it was asked for;
    - `commit`: `{"event": a record made, changed or deleted, "author": profile or null}`;
    - `account`, `identity`: the stream's event; `restored`: `{"at": time, "view": post}`;
    - `frame`: what the stream sent and is no event.

    Raises RecordError for what is none of these.
    """
    try:
        item = json.loads(body)
        if kind == VIEW:
            return [bluesky.post_of_view(item)]
        if kind == RESTORED:
            post = bluesky.post_of_view(item["view"])
            return [Back(post.id, from_iso(item["at"])), post]
        if kind == COMMIT:
            return _commit(item["event"], item.get("author"))
        if kind == ACCOUNT:
            return _left(item)
        if kind == IDENTITY:
            return _named(item)
    except (TypeError, AttributeError, ValueError, KeyError, RecursionError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error
    raise RecordError("not_a_post", kind)


def uri_of(event: Mapping[str, Any]) -> str:
    """Return the address of a commit's record."""
    return read_id(f"at://{event['did']}/{event['collection']}/{event['rkey']}", "uri")


def time_of(event: Mapping[str, Any]) -> datetime:
    """Return when the stream's server witnessed an event."""
    return read_time(event.get("witnessedAt") or event.get("time"))


def is_gone(event: Mapping[str, Any]) -> bool:
    """Say whether an account event tells that its posts are public no more."""
    told = event["account"]
    return bool(told.get("active") is False and told.get("status") in (*_LEAVES, None))


def may_return(event: Mapping[str, Any]) -> bool:
    """Say whether an account that left may come back with its posts."""
    return str(at(event, "account", "status")) != "deleted"


def is_hidden(view: Any) -> bool:
    """Say whether those who moderate show a post to nobody."""
    labels = {str(each) for each in bluesky.labels_of(view)}
    return not labels.isdisjoint(_HIDDEN)


def _commit(event: Mapping[str, Any], author: Any) -> list[Told]:
    uri, when = uri_of(event), time_of(event)
    if event["operation"] == "delete":
        return [Gone(uri, when)]
    if event["collection"] == bluesky.PROFILE:
        who = bluesky.account_of_record(read_id(event["did"], "did"), event["record"])
        return [Gone(who.id, when, account=True)] if who.no_bots else [who]
    who = (
        bluesky.account_of_profile(author)
        if author
        else Account(bluesky.NETWORK, read_id(event["did"], "did"))
    )
    post = bluesky.post_of_record(uri, who, event["record"], seen=when)
    if event["operation"] == "update":
        return [replace(post, edited_at=when)]
    return [Back(uri, when), post]


def _left(event: Mapping[str, Any]) -> list[Told]:
    if not is_gone(event):
        return []
    return [Gone(read_id(event["did"], "did"), time_of(event), account=True)]


def _named(event: Mapping[str, Any]) -> list[Told]:
    handle = word(at(event, "identity", "handle"))
    known = None if handle == "handle.invalid" else handle
    return [Account(bluesky.NETWORK, read_id(event["did"], "did"), handle=known)] if known else []

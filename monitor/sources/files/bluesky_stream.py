"""Bluesky's Jetstream as recorded, an event a line: version 2 with or without its frame, and 1.

An event tells one record. Posts and reposts become posts; other records, names and accounts become
nothing, and so do deletions: a post that the same recording deletes later is read all the same.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from data.records import read_id, read_time
from monitor.items import bluesky
from monitor.items.fields import at
from monitor.sources.files.formats import Found, Json

_TYPE = "network.bsky.jetstream.subscribeEvents#"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _recognises(item: Mapping[str, Any]) -> bool:
    if str(_event(item).get("$type")).startswith(_TYPE):
        return True
    return {"did", "time_us", "kind"} <= item.keys()  # version 1


def _posts(item: Mapping[str, Any]) -> Iterator[Found]:
    event = _event(item)
    commit = event.get("commit", event)  # version 1 keeps the record's part apart
    name = at(commit, "collection")
    if name not in (bluesky.POST, bluesky.REPOST) or commit.get("operation") == "delete":
        return
    did = read_id(event.get("did"), "did")
    yield bluesky.post_of_record(
        read_id(f"at://{did}/{name}/{commit['rkey']}", "uri"),
        bluesky.account_of_record(did, None),
        commit.get("record"),
        seen=_seen(event),
    )


def _event(item: Mapping[str, Any]) -> Mapping[str, Any]:
    payload = item.get("payload")
    return payload if isinstance(payload, Mapping) else item


def _seen(event: Mapping[str, Any]) -> datetime:
    if "time_us" in event:
        return _EPOCH + timedelta(microseconds=int(event["time_us"]))
    return read_time(event.get("witnessedAt") or event.get("time"))


FORMAT = Json(_recognises, _posts)

"""Two sightings of one post: what is kept of each. Pure; the store's rows as dicts."""

from datetime import UTC, datetime
from typing import Any

Row = dict[str, Any]

COUNTERS = ("likes", "reposts", "replies")
CONTENT = ("text", "links", "hashtags", "mentions", "media")  # change together, by an edit
_TOLD = (
    "account",
    "url",
    "lang",
    "reply_to",
    "repost_of",
    "quote_of",
    "visibility",
    "same_as",
    *COUNTERS,
)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def merge(stored: Row, seen: Row) -> set[str]:
    """Take into `stored` what `seen` knows better; return the names of what changed.

    - What is unknown or empty never overwrites what is known; an older sighting only fills gaps.
    - Content follows the edit: a sighting of an earlier version changes none of it, however late
      it comes (another server may not have heard of the edit); one of a later version replaces it.
    - A known time goes before a guessed one; of two guesses the earlier is better.
    - `seen_at` and `first_seen` move too, but are not a change.
    """
    if stored["deleted_at"] is not None:
        return set()
    newer = seen["seen_at"] >= stored["seen_at"]
    better = {
        name: seen[name]
        for name in _TOLD
        if seen[name] is not None and (newer or stored[name] is None)
    }
    better |= _content(stored, seen, newer=newer)
    better |= _time(stored, seen, newer=newer)
    changed = {name for name, value in better.items() if stored[name] != value}
    stored.update(better)
    stored["first_seen"] = min(stored["first_seen"], seen["first_seen"])
    stored["seen_at"] = max(stored["seen_at"], seen["seen_at"])
    return changed


def _content(stored: Row, seen: Row, *, newer: bool) -> Row:
    had, has = stored["edited_at"] or _NEVER, seen["edited_at"] or _NEVER
    if has > had:
        return {name: seen[name] for name in (*CONTENT, "edited_at")}
    if has < had:
        return {}
    return {name: seen[name] for name in CONTENT if seen[name] and (newer or not stored[name])}


def _time(stored: Row, seen: Row, *, newer: bool) -> Row:
    if seen["time_known"] != stored["time_known"]:
        better = seen["time_known"]
    elif seen["time_known"]:
        better = newer
    else:
        better = seen["created_at"] < stored["created_at"]
    return {name: seen[name] for name in ("created_at", "time_known")} if better else {}

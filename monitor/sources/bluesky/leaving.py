"""Accounts that leave and come back: their posts go at once, and return as far as they are shown.

A cursor `left <did>` holds JSON: `gone` (each time it left; its posts are deleted since exactly
then) and `back` (when it came back, or null). Empty: nothing is waited for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from data.errors import RecordError
from data.records import from_iso, iso
from data.writes import Cursor, RawItem
from monitor.sources.bluesky.mapping import (
    ACCOUNT,
    RESTORED,
    is_gone,
    is_hidden,
    may_return,
    time_of,
)
from monitor.sources.bluesky.people import Ask, views
from monitor.sources.raw_json import raw_json
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page

WAITED_FOR = timedelta(days=1)  # the public view may show a returned account's posts later
_LEFT = "left "


class Leaving:
    """Knows who of the stored accounts has left."""

    def __init__(self, asking: Asking, ask: Ask) -> None:
        self._asking, self._ask = asking, ask
        self._left = {
            name.removeprefix(_LEFT): json.loads(value)
            for name, value in asking.cursors.items()
            if name.startswith(_LEFT) and value
        }

    def noted(self, events: Iterable[Mapping[str, Any]]) -> Iterator[Cursor]:
        """Note who leaves and who comes back; nobody who deletes the account is waited for."""
        for event in events:
            if not str(event["$type"]).endswith(f"#{ACCOUNT}"):
                continue
            did = str(event["did"])
            try:
                when, gone = iso(time_of(event)), is_gone(event)
            except (RecordError, KeyError, AttributeError):
                continue
            left = self._left.get(did, {"gone": [], "back": None})
            if gone and not may_return(event):
                self._left.pop(did, None)
                yield Cursor(f"{_LEFT}{did}", "")
            elif gone:
                yield self._set(did, [*left["gone"], when], None)
            elif event["account"].get("active") and left["gone"]:
                yield self._set(did, left["gone"], when)

    def returned(self) -> Iterator[Page]:
        """Yield posts of accounts that came back, where they are shown again."""
        for did, left in list(self._left.items()):
            if not left["back"]:
                continue
            now = self._asking.now
            ids = [
                each
                for when in left["gone"]
                for each in self._asking.stored.deleted_of(did, from_iso(when))
            ]
            try:
                found = views(self._ask, ids)
            except Refused:
                return  # the next round asks again
            over = now - from_iso(left["back"]) > WAITED_FOR
            items = [
                RawItem(RESTORED, raw_json({"at": left["back"], "view": view}))
                for uri, view in found.items()
                if uri in ids and not is_hidden(view)
            ]
            done = [Cursor(f"{_LEFT}{did}", "")] if over or len(items) == len(ids) else []
            yield Page(items=items, cursors=done, fetched=len(items))

    def _set(self, did: str, gone: list[str], back: str | None) -> Cursor:
        self._left[did] = {"gone": gone, "back": back}
        return Cursor(f"{_LEFT}{did}", raw_json(self._left[did]))

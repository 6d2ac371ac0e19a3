"""Whether the server that a post comes from still has it."""

import ipaddress
import re
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from monitor.sources.http import Client
from monitor.sources.mastodon.mapping import host_of
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking

LONGEST = 60.0  # seconds for all questions of a round; what is left is asked in the next one
_GONE = (404, 410)
_OWN_ID = re.compile(r"/(?:(?:ap/)?users/[^/]+/statuses|@[^/]+)/(\d+)\Z")
_ACTIVITY = "application/activity+json"


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Ask the origins, one after another; a server that does not answer is asked no more."""
    here = asking.config.mastodon
    clients: dict[str, Client] = {}
    silent: set[str] = set()
    until = time.monotonic() + LONGEST
    try:
        for native_id in ids:
            if time.monotonic() > until:
                return
            base = _base(native_id, here.instances)
            if base is None or base in silent:
                yield Asked(native_id, None)
                continue
            if base not in clients:
                clients[base] = Client(
                    base,
                    min(10, here.timeout_seconds),
                    asking.patience,
                    "[mastodon] instances",
                )
            try:
                status = clients[base].status_of(*_question(base, native_id))
            except Refused:
                silent.add(base)
                yield Asked(native_id, None)
                continue
            if status == 429 or status >= 500:
                silent.add(base)
            yield Asked(native_id, False if status in _GONE else True if status == 200 else None)
    finally:
        for client in clients.values():
            client.close()


def _question(base: str, native_id: str) -> tuple[str, str]:
    """Ask Mastodon by its API, which says the same to everybody; others by ActivityPub."""
    own = _OWN_ID.search(urlsplit(native_id).path)
    if own:
        return f"{base}/api/v1/statuses/{own[1]}", "application/json"
    return native_id, _ACTIVITY


def _base(native_id: str, instances: Sequence[str]) -> str | None:
    """Return the origin's address; None where a made-up uri might point into our own network."""
    host = host_of(native_id)
    for instance in instances:
        if host and host == host_of(instance):
            return instance.rstrip("/")
    parts = urlsplit(native_id) if host else None
    if parts is None or parts.scheme != "https" or "." not in host or ":" in host or "@" in host:
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return f"https://{host}"
    return None

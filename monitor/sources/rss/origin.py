"""Whether the page of an item is still there, asked only where the feeds themselves come from."""

import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from monitor.sources.http import Client
from monitor.sources.refused import Refused
from monitor.sources.rss.fetching import SETTING
from monitor.sources.source import Asked, Asking

LONGEST = 60.0  # seconds for all questions of a round; what is left is asked in the next one
_GONE = (404, 410)


def look_after(asking: Asking, ids: Sequence[str]) -> Iterator[Asked]:
    """Ask for items whose id is their address; a server that does not answer is asked no more."""
    here = asking.config.rss
    hosts = {urlsplit(origin).netloc for origin in here.origins}
    silent: set[str] = set()
    until = time.monotonic() + LONGEST
    for native_id in ids:
        if time.monotonic() > until:
            return
        parts = urlsplit(native_id)
        origin = f"{parts.scheme}://{parts.netloc}"
        asked = parts.netloc in hosts and origin not in silent
        if parts.scheme not in ("http", "https") or parts.fragment or not asked:
            yield Asked(native_id, None)
            continue
        client = Client(origin, min(10, here.timeout_seconds), asking.patience, SETTING)
        try:
            status = client.status_of(native_id, "text/html")
        except Refused:
            status = 0
        finally:
            client.close()
        if status in (0, 429) or status >= 500:
            silent.add(origin)
        yield Asked(native_id, False if status in _GONE else True if status == 200 else None)

"""Fetching a feed: only if it has changed, and also where it has moved to."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from monitor.sources.http import Client, Patience
from monitor.sources.refused import Refused

LARGEST_FEED = 4_000_000  # bytes; feedparser needs some twenty seconds for these
MOST_MOVES = 5
SETTING = "[rss] feeds"
_FOR_NOW, _FOR_GOOD = (302, 303, 307), (301, 308)
_PASSING = (304, 410, *_FOR_NOW, *_FOR_GOOD)
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed as it came. `body` is None if it has not changed; `moved_to` its address for good."""

    url: str
    body: bytes | None
    headers: Mapping[str, str]
    moved_to: str | None = None


def fetch(url: str, known: Mapping[str, str], seconds: float, patience: Patience) -> Fetched:
    """Ask for a feed; `known` holds `etag` and `modified` of the last reading, if any."""
    asked = {"Accept": _ACCEPT}
    if known.get("etag"):
        asked["If-None-Match"] = known["etag"]
    if known.get("modified"):
        asked["If-Modified-Since"] = known["modified"]
    here, for_good = url, True
    for _ in range(MOST_MOVES + 1):
        parts = urlsplit(here)
        client = Client(f"{parts.scheme}://{parts.netloc}", seconds, patience, SETTING)
        try:
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            answer = client.fetch(path, headers=asked, passing=_PASSING)
        finally:
            client.close()
        moved_to = here if for_good and here != url else None
        if answer.status == 304:
            return Fetched(here, None, answer.headers, moved_to)
        if answer.status == 410:
            raise _gone(url)
        if answer.status < 300:
            if len(answer.body) > LARGEST_FEED:
                raise _too_large(url)
            return Fetched(here, answer.body, answer.headers, moved_to)
        there = urljoin(here, answer.headers.get("Location", ""))
        if urlsplit(there).scheme not in ("http", "https") or there == here:
            break
        for_good = for_good and answer.status in _FOR_GOOD
        here = there
    raise _lost(url, here)


def _gone(url: str) -> Refused:
    return Refused(
        "not_found",
        de=f"{url} gibt es nicht mehr (Antwort 410). Den Feed in {SETTING} streichen.",
        en=f"{url} is gone for good (it answers 410). Take the feed out of {SETTING}.",
        said="410",
    )


def _lost(url: str, last: str) -> Refused:
    return Refused(
        "not_found",
        de=f"{url} verweist im Kreis oder ins Leere. Die Adresse in {SETTING} prüfen.",
        en=f"{url} points in a circle or to nowhere. Check the address in {SETTING}.",
        said=last[:160],
    )


def _too_large(url: str) -> Refused:
    size = LARGEST_FEED // 1_000_000
    return Refused(
        "garbled",
        de=f"{url} ist größer als {size} MB und wird nicht gelesen.",
        en=f"{url} is larger than {size} MB and is not read.",
        said=f"more than {LARGEST_FEED} bytes",
    )

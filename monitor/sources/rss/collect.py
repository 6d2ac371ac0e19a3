"""One round at one feed: what is in it, of that what is watched.

Cursors: `etag` and `modified` (of the last reading), `wanted` (the settings they were read with:
other hashtags need the whole feed again), `high` (time up to which the feed was read).
"""

from collections.abc import Generator, Mapping
from datetime import datetime

from data.config import Config
from data.errors import RecordError
from data.records import from_iso, iso, read_time
from data.writes import Cursor, RawItem
from monitor.items.feed import ENTRY, MAPPER, hashtags_of
from monitor.items.feed_entries import Feed, read_feed
from monitor.sources.raw_json import raw_json
from monitor.sources.refused import Refused
from monitor.sources.rss.fetching import Fetched, fetch
from monitor.sources.source import Asking, Page
from monitor.watched import is_watched


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what a feed holds; Refused where it does not answer with one."""
    wanted = _wanted(asking.config, asking.origin)
    known: Mapping[str, str] = asking.cursors if asking.cursors.get("wanted") == wanted else {}
    seconds = asking.config.rss.timeout_seconds
    fetched = fetch(asking.origin, known, seconds, asking.patience)
    if fetched.moved_to:
        yield Page(
            note=(
                f"Der Feed ist umgezogen. In [rss] eintragen: {fetched.moved_to}",
                f"The feed has moved. Put into [rss]: {fetched.moved_to}",
            )
        )
    if fetched.body is None:
        yield _unchanged(asking)
        return
    feed = read_feed(fetched.body, fetched.url, fetched.headers)
    if feed is None:
        raise _no_feed(asking.origin, fetched)
    if feed.broken:
        yield Page(
            note=(
                "Der Feed ist kein gültiges XML; gelesen ist, was sich lesen ließ "
                f"({feed.broken}).",
                f"The feed is not valid XML; what could be read is read ({feed.broken}).",
            )
        )
    yield _page(asking, fetched, feed, wanted)


def _page(asking: Asking, fetched: Fetched, feed: Feed, wanted: str) -> Page:
    kept = [
        each
        for each in feed.entries
        if asking.config.rss.is_whole(asking.origin) or is_watched(hashtags_of(each), asking.config)
    ]
    headers = {name.lower(): value for name, value in fetched.headers.items()}
    return Page(
        items=[RawItem(ENTRY, raw_json({"feed": feed.about, "entry": each})) for each in kept],
        cursors=[
            Cursor("etag", headers.get("etag", "")),
            Cursor("modified", headers.get("last-modified", "")),
            Cursor("wanted", wanted),
            Cursor("high", iso(asking.now)),
        ],
        read=_read(asking, feed),
        fetched=len(feed.entries),
    )


def _unchanged(asking: Asking) -> Page:
    high = asking.cursors.get("high")
    return Page(
        cursors=[Cursor("high", iso(asking.now))],
        read=(from_iso(high), asking.now) if high else None,
    )


def _read(asking: Asking, feed: Feed) -> tuple[datetime, datetime] | None:
    """Return what the feed covers: from its oldest item on. Items that left it before are a gap."""
    times = []
    for entry in feed.entries:
        try:
            times.append(read_time(entry["at"], asking.now))
        except RecordError:
            continue
    high = asking.cursors.get("high")
    since = min(times, default=from_iso(high) if high else None)
    return (min(since, asking.now), asking.now) if since else None


def _wanted(config: Config, origin: str) -> str:
    tags = ["*"] if config.rss.is_whole(origin) else sorted(set(config.watch.hashtags))
    return " ".join([MAPPER, *tags])


def _no_feed(url: str, fetched: Fetched) -> Refused:
    start = (fetched.body or b"")[:160].decode("utf-8", "replace")
    return Refused(
        "garbled",
        de=f"Unter {url} liegt kein Feed. Die Adresse in [rss] feeds prüfen: Sie steht oft hinter "
        "einem Zeichen namens RSS oder Atom.",
        en=f"There is no feed at {url}. Check the address in [rss] feeds: it is often behind a "
        "sign named RSS or Atom.",
        said=" ".join(start.split()),
    )

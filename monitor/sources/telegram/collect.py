"""One round at one channel: what it shows, of that what is watched."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from data.records import asks_for_no_bots
from data.writes import Cursor, RawItem
from monitor.sources.http import Client
from monitor.sources.raw_json import raw_json
from monitor.sources.source import Asking, Page
from monitor.sources.telegram.mapping import MESSAGE
from monitor.sources.telegram.pages import Channel, Shown
from monitor.sources.telegram.walk import Step, Walk
from monitor.watched import is_watched

LONGEST_DAYS = 20 * 365  # no post is older, whatever the settings say
SETTING = "[telegram] server"


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what a channel shows; Refused where it does not."""
    here = asking.config.telegram
    server, name = server_and_name(asking.origin)
    client = Client(server, here.timeout_seconds, asking.patience, SETTING)
    try:
        channel = Channel(client, name, asking.now)
        walk = Walk(channel, asking.cursors, asking.now)
        again = timedelta(days=min(here.reread_hours / 24, LONGEST_DAYS))
        about: dict[str, Any] | None = None
        for step in walk.steps(timedelta(days=min(here.first_days, LONGEST_DAYS)), again):
            if about is None:
                about = dict(channel.about())
            yield _page(asking, step, about)
        for note in walk.notes:
            yield Page(note=note)
        if walk.whole:
            yield Page(complete_since=asking.now - again)
        else:
            yield Page(
                note=(
                    "Es gibt dort mehr, als in eine Runde passt; die nächste macht weiter.",
                    "There is more than fits into one round; the next one goes on.",
                )
            )
    finally:
        client.close()


def server_and_name(origin: str) -> tuple[str, str]:
    """Part a channel's address into its server and its name."""
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}", parts.path.strip("/")


def _page(asking: Asking, step: Step, about: dict[str, Any]) -> Page:
    page = step.page
    ids = frozenset(f"{page.name}/{each.number}" for each in page.messages)
    cursors = [Cursor(name, value) for name, value in step.cursors.items()]
    if asks_for_no_bots(about.get("description")):
        return Page(
            cursors=cursors, read=step.read, fetched=len(page.messages), seen=ids, unwanted=ids
        )
    kept = [each for each in page.messages if _is_watched(asking, page.name, each)]
    return Page(
        items=[RawItem(MESSAGE, raw_json({"channel": about, "html": each.html})) for each in kept],
        cursors=cursors,
        read=step.read,
        fetched=len(page.messages),
        seen=ids,
    )


def _is_watched(asking: Asking, channel: str, message: Shown) -> bool:
    if message.is_service:
        return False
    if asking.config.telegram.is_whole(channel):
        return True
    return is_watched(message.hashtags, asking.config)

"""An item of a feed as a post. Pure."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from data.errors import RecordError
from data.records import LONGEST_TEXT, Account, Media, Post, clean, read_id, read_time
from monitor.items.fields import hashtags_in
from monitor.plain_text import PlainText, read_html

NETWORK = "rss"
MAPPER = "rss-1"
ENTRY = "entry"  # kind of raw items
_MASTODON = re.compile(r"(https?://([^/]+)/@([\w.-]+))/\d+\Z")  # a post's page at such a server
_UNIQUE = ("http://", "https://", "urn:", "tag:")  # ids that are nobody else's


def to_posts(_kind: str, origin: str, body: str, fetched_at: datetime) -> list[Post]:
    """Translate one raw item: `{"feed": {title, link}, "entry": see entries}`.

    Raises RecordError, also for an item without a time, or with a day alone.
    """
    try:
        item = json.loads(body)
        feed, entry = item["feed"], item["entry"]
        said = words_of(entry)
        link = entry["link"]
        text = clean(said.text)
        if len(text) > LONGEST_TEXT:
            raise RecordError("text_too_long", f"{len(text)} characters")
        if entry["date"] and not entry["at"]:
            raise RecordError("time_unreadable", entry["date"])
        return [
            Post(
                network=NETWORK,
                id=_id(entry, origin),
                created_at=read_time(entry["at"], fetched_at),
                account=_account(feed, entry, origin),
                text=text,
                url=link,
                links=tuple(clean(each) for each in said.links),
                hashtags=hashtags_of(entry),
                media=tuple(Media(clean(each["url"]), each["alt"]) for each in entry["media"]),
                visibility="public",
                same_as=link if link and _MASTODON.match(link) else None,
            )
        ]
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error


def words_of(entry: Mapping[str, Any]) -> PlainText:
    """Return an item's title and words, and what they link."""
    said = read_html(entry["html"]) if entry["html"] else PlainText(entry["plain"] or "", ())
    title = read_html(entry["title"]).text if entry["title"] else ""
    if not title or said.text.startswith(title.rstrip("….")):
        return said
    return PlainText("\n\n".join(part for part in (title, said.text) if part), said.links)


def hashtags_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the hashtags of an item's words, and its categories that are one word."""
    terms = (each.strip().lstrip("#").lower() for each in entry["tags"])
    named = [each for each in terms if re.fullmatch(r"\w+", each)]
    return tuple(dict.fromkeys([*hashtags_in(words_of(entry).text), *named]))


def _id(entry: Mapping[str, Any], origin: str) -> str:
    native_id = read_id(entry["id"] or entry["link"], "guid")
    return native_id if native_id.startswith(_UNIQUE) else read_id(f"{origin}#{native_id}", "guid")


def _account(feed: Mapping[str, Any], entry: Mapping[str, Any], origin: str) -> Account:
    """Name who wrote it: by the address of a Mastodon post, the author it names, else the feed."""
    there = _MASTODON.match(entry["link"] or "")
    if there:
        return Account(NETWORK, there[1], handle=f"{there[3]}@{there[2]}", url=there[1])
    author = entry["author"]
    host = urlsplit(origin).netloc
    if author:
        native_id = read_id(f"{origin}#{author}", "author")
        return Account(NETWORK, native_id, handle=None, name=f"{author} ({host})", url=feed["link"])
    return Account(NETWORK, read_id(origin, "feed"), name=feed["title"] or host, url=feed["link"])

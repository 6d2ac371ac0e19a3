"""A feed's items as plain JSON values, by feedparser. Pure.

feedparser makes addresses absolute, takes scripts out, and reads on by looser rules where the XML
is broken. Mended here: it takes the description of a picture for the item's content, and leaves the
addresses of pictures relative.
"""

import io
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from data.records import iso

MOST_OPEN = 1_000  # brackets without their end; feedparser's time grows with their square
_HTML = ("text/html", "application/xhtml+xml")
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s+\((.+)\)")  # as RSS has it
_DATES = ("published", "updated")  # the first that an item has is its time


@dataclass(frozen=True, slots=True)
class Feed:
    """`entries` are JSON values; `broken` says what is wrong with the XML, None if nothing is."""

    about: Mapping[str, Any]
    entries: tuple[dict[str, Any], ...]
    broken: str | None


def read_feed(body: bytes, url: str, headers: Mapping[str, str]) -> Feed | None:
    """Read a feed; None for what is none (an HTML page, say)."""
    import feedparser

    if body.count(b"<") > body.count(b">") + MOST_OPEN:
        return None
    told = {name: value for name, value in headers.items() if name.lower() == "content-type"}
    # a stream: of bytes alone feedparser tries whether they are the name of a file
    read = feedparser.parse(io.BytesIO(body), response_headers={**told, "content-location": url})
    if not read.version and not read.entries:
        return None
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    trouble = read.get("bozo_exception")
    about = {"title": _text(read.feed, "title"), "link": _text(read.feed, "link")}
    return Feed(
        about=about,
        entries=tuple(_entry(each, url) for each in read.entries),
        broken=str(trouble)[:160] if trouble and not isinstance(trouble, harmless) else None,
    )


def _entry(entry: Any, url: str) -> dict[str, Any]:
    html, plain = _body(entry)
    date = next((_text(entry, name) for name in _DATES if _text(entry, name)), None)
    parsed = next(
        (dict.get(entry, f"{name}_parsed") for name in _DATES if _text(entry, name)), None
    )
    # a day alone is no time: feedparser would make it midnight
    at = datetime.fromtimestamp(timegm(parsed), UTC) if parsed and ":" in (date or "") else None
    return {
        "id": _text(entry, "id"),
        "link": _text(entry, "link"),
        "title": _text(entry, "title"),
        "html": html,
        "plain": plain,
        "author": _author(entry),
        "date": date,
        "at": iso(at) if at else None,
        "tags": [each["term"] for each in dict.get(entry, "tags", ()) if each.get("term")],
        "media": _media(entry, url),
    }


def _body(entry: Any) -> tuple[str | None, str | None]:
    """Return the item's words, as HTML or as plain text: the whole content before the summary."""
    contents = [*dict.get(entry, "content", ()), dict.get(entry, "summary_detail")]
    told = [each for each in contents if each and each.get("value")]
    html = next((each["value"] for each in told if each.get("type") in _HTML), None)
    if html is not None:
        return html, None
    described = dict.get(entry, "media_content")
    plain = [each["value"] for each in told[:1] if not described or each is contents[-1]]
    return None, plain[0] if plain else None


def _media(entry: Any, url: str) -> list[dict[str, str | None]]:
    pictures = [
        each
        for each in dict.get(entry, "media_content", ())
        if _is_picture(each) and each.get("url")
    ]
    described = [
        each["value"]
        for each in dict.get(entry, "content", ())
        if each.get("type") == "text/plain" and each.get("value")
    ]
    alts = described if len(described) == len(pictures) else [None] * len(pictures)
    found = [
        {"url": urljoin(url, each["url"]), "alt": alt}
        for each, alt in zip(pictures, alts, strict=True)
    ]
    enclosed = [
        {"url": urljoin(url, each["href"]), "alt": None}
        for each in dict.get(entry, "links", ())
        if each.get("rel") == "enclosure" and each.get("href") and _is_picture(each)
    ]
    return found + [each for each in enclosed if each["url"] not in {one["url"] for one in found}]


def _is_picture(each: Mapping[str, Any]) -> bool:
    kind = str(each.get("medium") or each.get("type") or "")
    return kind.startswith(("image", "video"))


def _author(entry: Any) -> str | None:
    """Return the author's name; an address for mail is nobody's name."""
    told = _text(entry, "author") or ""
    behind = _MAIL_AND_NAME.fullmatch(told)
    if behind:
        return behind[1]
    named = (dict.get(entry, "author_detail") or {}).get("name")
    if "@" not in told:
        return named or told or None
    before = re.match(r"([^@()]+) \(\S+@\S+\)", told)  # as feedparser writes Atom's name and email
    return before[1] if before else None


def _text(record: Any, field: str) -> str | None:
    value = dict.get(record, field)  # its own `get` answers with other fields
    return str(value) if value else None

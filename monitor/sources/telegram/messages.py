"""One message of a channel's page, by snscrape's parser and mended where it loses something.

Line breaks are lost to it, the words of a quoted post are taken for the message's own, a link
without an address ends it, forwards and answers are links among others, mentions too.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from data.errors import RecordError
from monitor.items.fields import hashtags_in
from monitor.plain_text import PlainText, read_html
from monitor.sources.snscrape_modules import scraper_module

_POST = re.compile(r"/(?:s/)?(\w+)/(\d+)/?\Z", re.ASCII)
_PICTURE = re.compile(r"url\(['\"]?([^'\")]+)")
_QUOTED = "tgme_widget_message_reply"  # holds the start of the message that is answered


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says. Ids are `channel/number`; None where there is no such post."""

    id: str
    at: datetime
    said: PlainText
    hashtags: tuple[str, ...]  # lower case, without #
    mentions: tuple[str, ...]
    pictures: tuple[str, ...]
    preview: str | None  # address of the page that is shown below the message
    forwarded_from: str | None
    reply_to: str | None


def read_message(html: str) -> Message:
    """Read one message; RecordError for what is none."""
    soup = soup_of(html)
    shown = soup.find("div", attrs={"data-post": True})
    if shown is None:
        raise RecordError("id_missing", "data-post")
    text = _own_text(shown)
    for link in shown.find_all("a", href=False):
        link.name = "span"
    try:
        [item] = _scraper()._soup_to_items(soup, "https://t.me/s/")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error
    said = _said(shown, text)
    return Message(
        id=str(shown["data-post"]),
        at=item.date,
        said=said,
        hashtags=hashtags_in(said.text),
        mentions=tuple(dict.fromkeys(_mentions(text))),
        pictures=tuple(dict.fromkeys(_pictures(shown))),
        preview=item.linkPreview.href if item.linkPreview else None,
        forwarded_from=_post_at(shown.find(class_="tgme_widget_message_forwarded_from_name")),
        reply_to=_post_at(shown.find("a", class_="tgme_widget_message_reply")),
    )


def hashtags_of(shown: Any) -> tuple[str, ...]:
    """Return the hashtags of a message that is parsed, whatever else of it is broken."""
    return hashtags_in(_said(shown, _own_text(shown)).text)


def soup_of(html: str) -> Any:
    """Parse HTML as snscrape does."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "lxml")


@cache
def _scraper() -> Any:
    """Only its parser is used; it keeps nothing between two messages."""
    return scraper_module("telegram").TelegramChannelScraper("t")


def _own_text(shown: Any) -> Any:
    """Return the element of the message's own words, None where there is none."""
    texts = shown.find_all("div", class_="tgme_widget_message_text")
    return next((each for each in texts if not each.find_parent(class_=_QUOTED)), None)


def _said(shown: Any, text: Any) -> PlainText:
    """Read the words, and the question and answers of a poll."""
    for link in text.find_all("a", href=True) if text is not None else ():
        if link.get_text().startswith("@"):
            link["class"] = "mention"
    own = read_html(str(text)) if text is not None else PlainText("", ())
    poll = shown.find_all(
        class_=("tgme_widget_message_poll_question", "tgme_widget_message_poll_option_text")
    )
    lines = [own.text, *(each.get_text(" ", strip=True) for each in poll)]
    return PlainText("\n".join(line for line in lines if line), own.links)


def _mentions(text: Any) -> list[str]:
    words = [link.get_text() for link in text.find_all("a")] if text is not None else []
    return [each.removeprefix("@") for each in words if re.fullmatch(r"@\w+", each)]


def _pictures(shown: Any) -> list[str]:
    frames = shown.find_all(
        class_=("tgme_widget_message_photo_wrap", "tgme_widget_message_video_thumb")
    )
    found = (_PICTURE.search(each.get("style", "")) for each in frames)
    return [each[1] for each in found if each and urlsplit(each[1]).scheme in ("http", "https")]


def _post_at(link: Any) -> str | None:
    """Return the id of the post that is linked; people and closed channels have no address."""
    found = _POST.match(urlsplit(link.get("href") or "").path) if link is not None else None
    return f"{found[1]}/{found[2]}" if found else None

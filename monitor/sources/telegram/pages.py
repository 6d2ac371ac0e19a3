"""The pages of one channel, as its server shows them: newest posts last, twenty or so a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from data.errors import RecordError
from data.records import read_time
from monitor.sources.http import Answer, Client
from monitor.sources.refused import Refused
from monitor.sources.snscrape_modules import scraper_module
from monitor.sources.telegram.messages import hashtags_of, soup_of

_ELSEWHERE = (301, 302, 303, 307, 308)
_NUMBER = re.compile(r"[\w.-]+/(\d{1,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a page. `at` is None where its time cannot be read."""

    number: int
    html: str
    at: datetime | None
    hashtags: frozenset[str]  # lower case
    is_service: bool  # "Channel created", "pinned a message"


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """One reply. `links_back` says whether it links to earlier posts."""

    name: str  # as the channel writes itself
    messages: tuple[Shown, ...]
    links_back: bool


class Channel:
    """Asks for one channel's pages; Refused where there are none to see."""

    def __init__(self, client: Client, name: str, now: datetime) -> None:
        self.client = client
        self.name = name
        self._now = now
        self._first: Answer | None = None

    def page(self, before: int | None = None) -> ChannelPage:
        """Return the newest page, or the one that ends before a number."""
        answer = self._shown_page(before)
        soup = soup_of(answer.body.decode("utf-8", "replace"))
        found = soup.find_all("div", attrs={"class": "tgme_widget_message", "data-post": True})
        if not found and soup.find(class_=("tgme_channel_info", "tgme_channel_history")) is None:
            raise _garbled(self.client.origin, self.name, soup.get_text(" ", strip=True)[:160])
        messages = [each for each in (_shown(each, self._now) for each in found) if each]
        if before is None:
            self._first = answer
        return ChannelPage(
            name=str(found[0]["data-post"]).partition("/")[0] if found else self.name,
            messages=tuple(sorted(messages, key=lambda each: each.number)),
            links_back=soup.find("a", class_="tme_messages_more", attrs={"data-before": True})
            is not None,
        )

    def about(self) -> Mapping[str, Any]:
        """Return title, description, members and whether there is a picture, by snscrape.

        What it cannot read of a channel (one without a picture, say) is unknown.
        """
        outer = self

        class Scraper(scraper_module("telegram").TelegramChannelScraper):  # type: ignore[misc]
            def _get(self, url: str, **_: Any) -> Any:
                return outer._for_snscrape(urlsplit(url).path)

        try:
            told = Scraper(self.name)._get_entity()
        except (AttributeError, AssertionError, KeyError, TypeError, ValueError):
            return {}
        if told is None:
            return {}
        return {
            "title": told.title,
            "description": told.description,
            "members": told.members,
            "photo": bool(told.photo),
        }

    def _for_snscrape(self, path: str) -> Any:
        if path.startswith("/s/"):
            return _Served(self._first or self._shown_page(None), f"https://t.me{path}")
        return _Served(self.client.fetch(path), f"https://t.me{path}")

    def _shown_page(self, before: int | None) -> Answer:
        params = {} if before is None else {"before": before}
        answer = self.client.fetch(f"/s/{self.name}", params, passing=_ELSEWHERE)
        if answer.status not in _ELSEWHERE:
            return answer
        where = urlsplit(answer.headers.get("Location", ""))
        if where.path.strip("/").lower() != self.name.lower():
            raise _not_found(self.name, f"{answer.status} {where.geturl()}"[:160])
        profile = self.client.fetch(f"/{self.name}", passing=(*_ELSEWHERE, 404))
        if b"tgme_page_title" in profile.body:
            raise Refused(
                "denied",
                de=f"{self.name} zeigt keine Beiträge öffentlich: eine Gruppe, ein Mensch oder ein "
                "geschlossener Kanal. Nur öffentliche Kanäle sind lesbar.",
                en=f"{self.name} shows no posts to everybody: a group, a person or a closed "
                "channel. Only public channels can be read.",
                said=f"{answer.status} {where.geturl()}"[:160],
            )
        raise _not_found(self.name, f"{answer.status} {where.geturl()}"[:160])


class _Served:
    """What snscrape's parser wants of a reply."""

    def __init__(self, answer: Answer, url: str) -> None:
        self.status_code = answer.status
        self.text = answer.body.decode("utf-8", "replace")
        self.url = url


def _shown(element: Any, now: datetime) -> Shown | None:
    """Read what the walk needs; None for an element without a number, which is no post."""
    number = _NUMBER.match(str(element["data-post"]))
    if number is None:
        return None
    time = element.find("time", attrs={"datetime": True})
    try:
        at = read_time(time["datetime"], now) if time is not None else None
    except RecordError:
        at = None
    return Shown(
        number=int(number[1]),
        html=str(element),
        at=at,
        hashtags=frozenset(hashtags_of(element)),
        is_service="service_message" in element.get("class", ()),
    )


def _not_found(name: str, said: str) -> Refused:
    return Refused(
        "not_found",
        de=f"Den Kanal {name} gibt es bei Telegram nicht. "
        "Den Namen in [telegram] channels prüfen, so wie er nach t.me/ steht.",
        en=f"There is no channel {name} on Telegram. "
        "Check the name in [telegram] channels, as it stands after t.me/.",
        said=said,
    )


def _garbled(origin: str, name: str, said: str) -> Refused:
    return Refused(
        "garbled",
        de=f"{origin} zeigt für {name} etwas anderes als einen Kanal. Es wird wieder versucht.",
        en=f"{origin} shows something else than a channel for {name}. It is tried again.",
        said=said,
    )

"""A server that shows a channel as t.me/s does; a test decides what, and what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.monitor.instance import Answer

CHANNEL = "hhhilft_test"
BEGIN = datetime(2026, 11, 1, 8, tzinfo=UTC)
A_PAGE = 20


@dataclass
class Telegram:
    """One channel with posts by number. `profiles` are names that exist and show no posts."""

    posts: dict[int, str] = field(default_factory=dict)  # the messages' HTML
    links_back: bool = True
    profiles: tuple[str, ...] = ()
    photo: bool = True
    description: str = "Hilfe in Hamburg"
    before: list[int | None] = field(default_factory=list)  # pages that were asked for

    def __call__(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == f"/s/{CHANNEL}":
            before = int(query["before"]) if "before" in query else None
            self.before.append(before)
            return _html(self._page(before))
        if path.startswith("/s/"):
            return Answer(b"", 302, {"Location": path.removeprefix("/s")})
        name = path.strip("/")
        if name == CHANNEL or name in self.profiles:
            return _html(self._profile(name))
        return _html('<div class="tgme_page"><div class="tgme_page_extra">@x</div></div>')

    def _page(self, before: int | None) -> str:
        numbers = sorted(number for number in self.posts if before is None or number < before)
        shown = numbers[-A_PAGE:]
        more = (
            f'<a href="/s/{CHANNEL}?before={shown[0]}" class="tme_messages_more '
            f'js-messages_more" data-before="{shown[0]}"></a>'
            if self.links_back and len(numbers) > len(shown)
            else ""
        )
        return (
            '<header class="tgme_header"><div class="tgme_channel_info">'
            '<div class="tgme_channel_info_header_title"><span dir="auto">HHhilft Test</span></div>'
            f'<div class="tgme_channel_info_header_username"><a>@{CHANNEL}</a></div>'
            '<div class="tgme_channel_info_counter"><span class="counter_value">6.4K</span> '
            '<span class="counter_type">subscribers</span></div>'
            f'<div class="tgme_channel_info_description">{self.description}</div></div></header>'
            f'<section class="tgme_channel_history js-message_history">{more}'
            f"{''.join(self.posts[number] for number in shown)}</section>"
        )

    def _profile(self, name: str) -> str:
        photo = '<img class="tgme_page_photo_image" src="https://cdn.example/a.jpg">'
        return (
            f'<div class="tgme_page">{photo if self.photo else ""}'
            f'<div class="tgme_page_title"><span dir="auto">{name}</span></div>'
            '<div class="tgme_page_extra">6 412 subscribers</div></div>'
        )


def message(
    number: int,
    text: str = '<a href="?q=%23HHhilft">#HHhilft</a>',
    above: str = "",
    below: str = "",
    at: datetime | None = None,
    kind: str = "",
    edited: str = "",
) -> str:
    """Make one message's HTML; `above` and `below` stand before and after its text."""
    time = at or BEGIN + timedelta(hours=number)
    link = f"https://t.me/{CHANNEL}/{number}"
    words = (
        f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
        if text
        else ""
    )
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message {kind} js-widget_message" data-post="{CHANNEL}/{number}">'
        f'<div class="tgme_widget_message_user"><a href="https://t.me/{CHANNEL}"><i></i></a></div>'
        '<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author">'
        f'<a class="tgme_widget_message_owner_name" href="https://t.me/{CHANNEL}">'
        f'<span dir="auto">HHhilft Test</span></a></div>{above}{words}{below}'
        '<div class="tgme_widget_message_footer compact js-message_footer">'
        '<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">1.2K</span>'
        f'<span class="tgme_widget_message_meta">{edited}<a class="tgme_widget_message_date" '
        f'href="{link}"><time datetime="{time.isoformat()}" class="time">{time:%H:%M}</time></a>'
        "</span></div></div></div></div></div>"
    )


def need(number: int) -> str:
    """Make a message as a channel of helpers writes it, now and then a forward or a picture."""
    forwarded = (
        '<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;'
        '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/anderer_kanal/7">'
        '<span dir="auto">Anderer Kanal</span></a></div>'
        if number % 10 == 3
        else ""
    )
    photo = (
        f'<a class="tgme_widget_message_photo_wrap" href="https://t.me/{CHANNEL}/{number}" '
        f"style=\"width:800px;background-image:url('https://cdn.example/p{number}.jpg')\"></a>"
        if number % 5 == 0
        else ""
    )
    preview = (
        f'<a class="tgme_widget_message_link_preview" href="https://example.org/liste/{number}">'
        f'<div class="link_preview_title" dir="auto">Liste {number}</div></a>'
        if number % 7 == 0
        else ""
    )
    text = (
        f"Bedarf {number}: Wolldecken<br/>an der Messehalle "
        '<a href="?q=%23HHhilft">#HHhilft</a> &amp; mehr: '
        f'<a href="https://example.org/l/{number}" target="_blank">example.org/l/{number}</a> '
        '<tg-emoji><i class="emoji"><b>🙏</b></i></tg-emoji>'
    )
    edited = "edited &nbsp;" if number % 9 == 0 else ""
    return message(number, text, forwarded + photo, preview, edited=edited)


def channel(last: int = 45) -> Telegram:
    """Make a channel whose posts are numbered from 1 on."""
    return Telegram({number: need(number) for number in range(1, last + 1)})


def _html(body: str) -> Answer:
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return Answer(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})

"""How a post is shown: as text, never as markup; links only where they lead to a web page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from dash import html

from dashboard.here import Here
from data.page_reads.calls import Call

LONGEST_SHOWN = 420  # characters; the whole text is behind the link
CHECK_PATH = "/beitrag"  # where a person checks what a post is about
NETWORKS = {
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "x": "X",
    "telegram": "Telegram",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "pinterest": "Pinterest",
    "tiktok": "TikTok",
    "rss": "RSS",
    "snscrape": "snscrape",
}
# characters that turn the direction of what follows; a post's own is the browser's `dir=auto`
_TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def network_name(at: Here, network: str) -> str:
    """Name a network as its people do."""
    return NETWORKS.get(network, at.say("network.unknown"))


def plain(text: str) -> str:
    """Give text without the characters that reorder what stands around it."""
    return text.translate(_TURNS)


def web_link(text: Any, url: str | None, **more: Any) -> Any:
    """Link `text` to `url` if that is a web address, else give `text` alone."""
    if not is_web(url):
        return text
    return html.A(text, href=url, rel="noopener noreferrer external", **more)


def is_web(url: str | None) -> bool:
    """Say whether an address leads to a web page (and not to a script or a file)."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def words_of(text: str, longest: int = LONGEST_SHOWN) -> html.P:
    """Show a post's words, in their own direction of writing."""
    short = plain(text).strip()
    if len(short) > longest:
        short = short[:longest].rsplit(" ", 1)[0] + " …"
    return html.P(short, className="post-text", dir="auto")


def check_link(at: Here, key: str, text: str) -> html.A:
    """Link to the page on which a person checks what the post of this key is about."""
    named: list[Any] = [at.say("check.link"), html.Span(f": {_start(text)}", className="heard")]
    return html.A(named, href=f"{CHECK_PATH}?post={quote(key, safe='')}")


def call_item(
    at: Here,
    call: Call,
    topics: Mapping[str, str],
    *,
    answers: bool = True,
    longest: int = LONGEST_SHOWN,
) -> html.Li:
    """Show a call for help, a question or an offer: its words, when, about what.

    `answers`: whether it is answered is of interest. `longest`: characters of its words shown.
    """
    marks: list[Any] = []
    if call.urgent:
        marks.append(html.Span(at.say("call.urgent"), className="tag tag-urgent"))
    if answers:
        marks.append(
            html.Span(at.say("call.answered"), className="tag tag-done")
            if call.answered
            else html.Span(at.say("call.open"), className="tag tag-open")
        )
    marks += [html.Span(topics.get(topic, topic), className="tag") for topic in call.topics[:3]]
    marks += [html.Span(place, className="tag tag-place") for place in call.places[:2]]
    link = web_link(
        [at.say("call.read"), html.Span(f": {_start(call.text)}", className="heard")], call.url
    )
    return html.Li(
        [
            words_of(call.text, longest),
            html.P(marks, className="tags"),
            html.P(
                [
                    network_name(at, call.network),
                    " · ",
                    at.ago(call.at),
                    *([" · ", link] if is_web(call.url) else []),
                    " · ",
                    check_link(at, call.key, call.text),
                ],
                className="quiet",
            ),
        ],
        className="call",
    )


def _start(text: str) -> str:
    return " ".join(plain(text).split()[:8])

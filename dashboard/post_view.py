"""How a post is shown: as text, never as markup; links only where they lead to a web page."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from dash import html

from dashboard.here import Here
from data.page_reads.calls import Call
from data.plain import plain

LONGEST_SHOWN = 420  # characters; the whole text is behind the link
_BLANK_LINES = re.compile(r"\n\s*\n")
LONGEST_START = 80  # characters of the first words
LONGEST_ADDRESS = 2_000  # characters; browsers and servers refuse much longer ones
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


def network_name(at: Here, network: str) -> str:
    """Name a network as its people do."""
    return NETWORKS.get(network, at.say("network.unknown"))


def web_link(text: Any, url: str | None, **more: Any) -> Any:
    """Link `text` to `url` if that is a web address, else give `text` alone."""
    if not is_web(url):
        return text
    return html.A(text, href=url, rel="noopener noreferrer external", **more)


def is_web(url: str | None) -> bool:
    """Say whether an address leads to a web page (and not to a script or a file)."""
    if not url or len(url) > LONGEST_ADDRESS or not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def words_of(text: str, longest: int = LONGEST_SHOWN) -> html.P:
    """Show a post's words, in their own direction of writing."""
    short = in_paragraphs(text)
    if len(short) > longest:
        short = short[:longest].rsplit(" ", 1)[0] + " …"
    return html.P(short, className="post-text", dir="auto")


def in_paragraphs(text: str) -> str:
    """Give a post's words with one blank line at most between two lines."""
    return _BLANK_LINES.sub("\n\n", plain(text)).strip()


def check_link(at: Here, key: str, text: str) -> html.A:
    """Link to the page on which a person checks what the post of this key is about."""
    named: list[Any] = [at.say("check.link"), html.Span(f": {start_of(text)}", className="heard")]
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
        [at.say("call.read"), html.Span(f": {start_of(call.text)}", className="heard")], call.url
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


def start_of(text: str, words: int = 8) -> str:
    """Give the first words of a post, to tell its links and buttons from others."""
    return " ".join(plain(text[: 4 * LONGEST_START]).split()[:words])[:LONGEST_START]

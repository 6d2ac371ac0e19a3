"""HTML of posts as plain text: what a reader sees, with whole links, hashtags and mentions."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

LONGEST_HTML = 400_000  # characters that are looked at; a post of 100,000 with its markup
_BREAKS = {"p": "\n\n", "div": "\n\n", "blockquote": "\n\n", "pre": "\n\n", "ul": "\n\n"} | {
    "ol": "\n\n",
    "br": "\n",
    "li": "\n",
    "tr": "\n",
    "hr": "\n",
    **{f"h{level}": "\n\n" for level in range(1, 7)},
}
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "object", "head"))
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "source", "embed", "col"))
_COMMENT = re.compile("<!--(?:(?!<!--).)*?-->", re.DOTALL)  # ends at the next start: linear time
_INNER = frozenset(("mention", "hashtag", "u-url"))  # classes of links that are part of the text


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text, and the web addresses it links (not those of its mentions and hashtags)."""

    text: str
    links: tuple[str, ...]


def plain_text(html: str) -> str:
    """Return only the text; `read_html` tells the links too."""
    return read_html(html).text


def read_html(html: str) -> PlainText:
    """Read the HTML of a post.

    Paragraphs are parted by an empty line, `<br>` is a line break. A link that shows its own
    address, shortened or not, becomes the whole address; one that shows words keeps them before
    it. The note "RE: …" that Mastodon puts before a quoted post is left out. Any input is fine:
    nothing is executed, fetched or kept of scripts, and broken markup costs no more time.
    """
    reader = _Reader()
    reader.feed(_mended(html[:LONGEST_HTML]))
    reader.close()
    return PlainText(_tidy("".join(reader.parts)), tuple(dict.fromkeys(reader.links)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[str] = []
        self._unseen: list[str] = []  # open elements inside one that is not shown, outermost first
        self._link: tuple[str, int] | None = None  # address, and where its words start in parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self._unseen or tag in _UNSEEN or "quote-inline" in classes:
            if tag not in _VOID:
                self._unseen.append(tag)
            return
        if tag in _BREAKS:
            self.parts.append(_BREAKS[tag])
        if tag == "a":
            self._end_link()
            href = _web_address(dict(attrs).get("href"))
            if href and not _INNER & set(classes):
                self._link = href, len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
            elif tag == self._unseen[0]:  # broken nesting: what was hidden ends here
                self._unseen.clear()
            return
        if tag == "a":
            self._end_link()
        if _BREAKS.get(tag) == "\n\n":
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)

    def close(self) -> None:
        super().close()
        self._end_link()

    def _end_link(self) -> None:
        if self._link is None:
            return
        href, start = self._link
        self._link = None
        words = "".join(self.parts[start:]).strip()
        del self.parts[start:]
        self.links.append(href)
        self.parts.append(href if _is_address(words) else f"{words} {href}")


def _mended(html: str) -> str:
    """Make every `<` that opens no tag harmless text, so that parsing stays linear."""
    closed = html.rfind(">") + 1
    head, tail = html[:closed], html[closed:]
    head = _COMMENT.sub("", head)
    return re.sub(r"<(?![a-zA-Z/])", "&lt;", head) + tail.replace("<", "&lt;")


def _is_address(words: str) -> bool:
    return not words or (not re.search(r"\s", words) and ("." in words or "/" in words))


def _web_address(href: str | None) -> str | None:
    href = (href or "").strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return href if parts.scheme in ("http", "https") and parts.netloc else None


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.replace("\r", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

"""A found post's words, with those marked that were searched for."""

from typing import Any

from dash import html

from dashboard.post_view import LONGEST_SHOWN, in_paragraphs
from data.search_marks import marks
from data.search_query import Query

BEFORE = 120  # characters that are shown before the first marked word of a long text


def marked_words(text: str, query: Query, longest: int = LONGEST_SHOWN) -> html.P:
    """Show a post's words in their own direction of writing; of a long text what is marked."""
    said = in_paragraphs(text)
    found = marks(said[: 50 * longest], query)
    start = _start(said, found[0].start if found else 0, longest)
    end = _end(said, start + longest)
    parts: list[Any] = ["… "] if start else []
    at = start
    for each in found:
        if each.start >= at and each.end <= end:
            parts += [said[at : each.start], html.Mark(said[each.start : each.end])]
            at = each.end
    parts += [said[at:end], " …" if end < len(said) else ""]
    return html.P([each for each in parts if each != ""], className="post-text", dir="auto")


def _start(said: str, first: int, longest: int) -> int:
    """Begin a long text shortly before its first marked word, with a whole word."""
    if len(said) <= longest or first < longest - BEFORE:
        return 0
    at = said.find(" ", first - BEFORE, first)
    return first if at < 0 else at + 1


def _end(said: str, end: int) -> int:
    """End a long text with a whole word, where there is one."""
    if end >= len(said):
        return len(said)
    at = said.rfind(" ", max(0, end - BEFORE), end)
    return end if at < 0 else at

"""Links that narrow a list to a part of it: they work without scripts, and the address says all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.aria import aria
from dashboard.filters import address
from dashboard.here import Here


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the list: what it is called, and how many are in it."""

    name: str
    count: int


def narrowing(
    at: Here, label: str, path: str, chosen: Mapping[str, str], by: str, parts: Mapping[str, Part]
) -> html.Nav:
    """List the parts as links; `by` is the name of the choice in the address, "" its whole.

    A choice leads back to the first page. Empty parts are left out unless one is chosen.
    """
    items: list[Any] = []
    for value, part in parts.items():
        current = chosen.get(by, "") == value
        if part.count or current or not value:
            text = f"{part.name} ({at.number(part.count)})"
            link = html.A(
                text,
                href=address(path, chosen, **{by: value, "seite": ""}),
                **(aria(current="true") if current else {}),
            )
            items.append(html.Li(link))
    return html.Nav(
        [html.Span(label, className="quiet"), html.Ul(items)],
        className="narrowing",
        **aria(label=label),
    )


def pager(
    at: Here,
    path: str,
    chosen: Mapping[str, str],
    page: int,
    size: int,
    count: int,
    anchor: str = "",
) -> html.Nav | None:
    """Lead on to the next part of a long list and back; nothing where all of it is shown.

    `anchor` is the part of the page to begin at: "#list".
    """
    if count <= size:
        return None
    first, last = page * size + 1, min((page + 1) * size, count)
    links: list[Any] = []
    if page > 0:
        before = address(path, chosen, seite=str(page) if page > 1 else "")
        links.append(html.A(at.say("pager.before"), href=before + anchor))
    if last < count:
        after = address(path, chosen, seite=str(page + 2))
        links.append(html.A(at.say("pager.after"), href=after + anchor))
    shown = at.say(
        "pager.shown", first=at.number(first), last=at.number(last), all=at.number(count)
    )
    return html.Nav(
        [html.Span(shown, className="quiet"), *links],
        className="below",
        **aria(label=at.say("pager.label")),
    )


def page_number(text: object, size: int, count: int) -> int:
    """Read the page (from 1 in the address) as a number from 0; the last where it lies beyond."""
    last = max(count - 1, 0) // size
    wanted = int(text) - 1 if isinstance(text, str) and text.isdecimal() and len(text) < 9 else 0
    return min(max(wanted, 0), last)

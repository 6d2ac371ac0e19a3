"""Makes a page known to Dash: its address, its title in the reader's language, what builds it."""

from collections.abc import Callable, Mapping
from typing import Any

import dash
from dash import html
from sqlalchemy import Connection

from dashboard.access import may
from dashboard.here import here
from data.records import clean

Alike = Callable[[Connection, str, Mapping[str, str]], bool]  # of whom, at which address


def add_page(
    key: str,
    layout: Callable[..., Any],
    path: str = "",
    template: str = "",
    *,
    alike: bool | Alike = False,
) -> None:
    """Register a page under `path`, or under a `template` with variables; `key` names its words.

    `alike`: all of one role see the same there, so that it is built once for them; a function says
    of one person (by name) whether they see at this address what all of their role see.
    """
    dash.register_page(  # type: ignore[no-untyped-call]
        key,
        path=path or None,
        path_template=template or None,
        title=lambda **_variables: here().say(
            "frame.page_title", title=here().say(f"{_words_of(key)}.title")
        ),
        layout=_for_its_roles(layout),
        alike=alike,
    )


def _for_its_roles(layout: Callable[..., Any]) -> Callable[..., Any]:
    """Tell who lacks the role so, on a page; what is behind it still refuses by itself."""
    roles = getattr(layout, "roles", None)

    def build(**address: object) -> Any:
        if roles is None or may(*roles):
            return layout(**readable(address))
        at = here()
        return html.Div(
            [
                html.H1(at.say("forbidden.title")),
                html.P(at.say("forbidden.sentence"), className="lead"),
                html.P(html.A(at.say("missing.link"), href="/")),
            ],
            className="page",
        )

    return build


def readable(address: Mapping[str, object]) -> dict[str, str]:
    """Give what an address names once, without what no database and no page can hold."""
    return {name: clean(value) for name, value in address.items() if isinstance(value, str)}


def _words_of(key: str) -> str:
    return "missing" if key == "not_found_404" else key

"""A few choices side by side of which one holds; each is a link within the page."""

from collections.abc import Sequence

from dash import html

from dashboard.aria import aria


def switch(label: str, choices: Sequence[tuple[str, str, str]], chosen: str) -> html.Nav:
    """Build the links; a choice is its words, where it leads, and its key."""
    return html.Nav(
        html.Ul(
            [
                html.Li(html.A(words, href=to, **(aria(current="true") if key == chosen else {})))
                for words, to, key in choices
            ],
            className="switch",
        ),
        **aria(label=label),
    )

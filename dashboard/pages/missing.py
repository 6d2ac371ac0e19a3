"""The page for an address that does not exist."""

from typing import Any

import dash
from dash import Dash, html

from dashboard.here import here


def register(_app: Dash) -> None:
    """Register the page; Dash knows it by this name."""
    dash.register_page(
        "not_found_404", path="/404", title=lambda: here().say("missing.title"), layout=layout
    )


def layout(**_address: Any) -> html.Div:
    """Say that there is nothing, and where to go on."""
    at = here()
    return html.Div(
        [
            html.H1(at.say("missing.title")),
            html.P(at.say("missing.sentence"), className="lead"),
            html.P(html.A(at.say("missing.link"), href="/")),
        ],
        className="page",
    )

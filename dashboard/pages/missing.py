"""The page for an address that does not exist."""

from typing import Any

from dash import Dash, html

from dashboard.here import here
from dashboard.routes import add_page


def register(_app: Dash) -> None:
    """Register the page; Dash knows it by this name."""
    add_page("not_found_404", layout, path="/404")


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

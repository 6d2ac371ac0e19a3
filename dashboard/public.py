"""What everybody can read without a login: privacy, accessibility, how warnings come about.

Plain pages without scripts. Nothing personal is on them, so browsers may keep them for a while.
"""

from datetime import date, timedelta
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask_login import current_user

from dashboard.frame import frame_values
from dashboard.here import Here, engine, here
from dashboard.post_view import NETWORKS
from data.measured import read_errors
from data.page_reads.outcomes import outcomes

KEPT = timedelta(minutes=5)  # how long a browser may show a page without asking again
YEAR = timedelta(days=365)
CHECKED = date(2026, 11, 28)  # when the statement on accessibility was last compared with the tests


def add_public_pages(server: Flask) -> None:
    """Add the addresses of the pages."""
    server.add_url_rule("/datenschutz", "privacy", show_privacy)
    server.add_url_rule("/barrierefreiheit", "accessible", show_accessible)
    server.add_url_rule("/transparenz", "transparent", show_transparent)


def show_privacy() -> Response:
    """Say what is stored about people, why, how long, who sees it, and what they can do."""
    at = here()
    asked = dict.fromkeys(NETWORKS.get(network, network) for network, _ in at.config.asked)
    return _page(at, "privacy", networks=", ".join(asked), provider=at.config.oidc.name)


def show_accessible() -> Response:
    """Say what is tested about accessibility and what is known not to work."""
    at = here()
    return _page(at, "accessible", checked=at.day(CHECKED))


def show_transparent() -> Response:
    """Say what the program does, how warnings come about, how often it errs."""
    at = here()
    with engine().connect() as connection:
        turned_out = outcomes(connection, at.now - YEAR)
    return _page(at, "transparent", errors=read_errors(), outcomes=turned_out)


def _page(at: Here, key: str, **values: Any) -> Response:
    response = make_response(
        render_template(
            f"{key}.html",
            **frame_values(at, title=at.say(f"{key}.title"), path=request.path),
            about=at.config.about,
            number=at.number,
            **values,
        )
    )
    if not current_user.is_authenticated:  # who is logged in has their name and pages in the head
        response.cache_control.private = True
        response.cache_control.max_age = int(KEPT.total_seconds())
        response.vary.add("Cookie")  # the language chosen
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response

"""One person's login, where an admin changes it."""

from typing import Any

from dash import Dash, html

from dashboard import managing
from dashboard.access import MANAGES, allowed
from dashboard.frame import PERSON_PATH
from dashboard.here import engine, here
from dashboard.routes import add_page
from data import decisions


def register(app: Dash) -> None:
    """Register the page and its form."""
    add_page("person", layout, path=PERSON_PATH)
    managing.register(app)


@allowed(*MANAGES)
def layout(name: str | list[str] = "", **_address: Any) -> html.Div:
    """Build the page of the person of this name."""
    at = here()
    with engine().connect() as connection:
        user = decisions.find_user(connection, name[:200]) if isinstance(name, str) else None
        back = html.P(html.A(at.say("person.back"), href="/verwaltung"), className="back")
        if user is None:
            unknown = html.P(at.say("person.unknown"), className="lead")
            return html.Div([back, html.H1(at.say("person.title")), unknown], className="page")
        title = html.H1(at.say("person.of", name=user.name))
        return html.Div(
            [back, title, managing.managing_part(at, connection, user)], className="page"
        )

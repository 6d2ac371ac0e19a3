"""Verwaltung: who may log in, and which settings are in force."""

from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import adding
from dashboard.access import MANAGES, allowed
from dashboard.here import Here, engine, here
from dashboard.people_table import people_table
from dashboard.routes import add_page
from dashboard.settings_view import secrets_part, settings_part
from data.decisions import list_users


def register(app: Dash) -> None:
    """Register the page and its form."""
    add_page("manage", layout, path="/verwaltung")
    adding.register(app)


@allowed(*MANAGES)
def layout(**_address: Any) -> html.Div:
    """Build the page."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection)


def show(at: Here, connection: Connection) -> html.Div:
    """Build the page from store and settings."""
    users = [each for each in list_users(connection) if not each.disabled]
    admins = sum(1 for each in users if each.role == "admin")
    return html.Div(
        [
            html.H1(at.say("manage.title")),
            html.P(
                at.count("manage.lead", len(users), admins=at.count("manage.admins", admins)),
                className="lead",
            ),
            html.P(html.A(at.say("manage.protocol"), href="/protokoll")),
            html.Section(
                [
                    html.H2(at.say("manage.people")),
                    html.Div(people_table(at, connection), id=adding.PEOPLE),
                ],
                className="card",
            ),
            adding.adding_part(at),
            settings_part(at),
            secrets_part(at),
        ],
        className="page",
    )

"""Who may log in, as a table; each name leads to where its login is changed."""

from typing import Any
from urllib.parse import quote

from dash import html
from sqlalchemy import Connection

from dashboard.frame import PERSON_PATH
from dashboard.here import Here
from dashboard.tables import Cell, Column, table
from data.decisions import User, list_users


def people_table(at: Here, connection: Connection) -> html.Div:
    """Build the table."""
    rows = [
        [
            each.name,
            at.say(f"role.{each.role}"),
            Cell(
                at.ago(each.last_login) if each.last_login else at.say("manage.never"),
                each.last_login.isoformat() if each.last_login else "",
            ),
            Cell(
                html.Span(at.day(each.created_at), className="whole"), each.created_at.isoformat()
            ),
            state(at, each),
            Cell(_change(at, each), None),
        ]
        for each in list_users(connection)
    ]
    columns = [
        Column(at.say("manage.name_of")),
        Column(at.say("manage.role")),
        Column(at.say("manage.last_login")),
        Column(at.say("manage.since")),
        Column(at.say("manage.state")),
        Column(at.say("manage.action"), sorts=False),
    ]
    return table(at, at.say("manage.people"), columns, rows)


def state(at: Here, user: User) -> str:
    """Say whether somebody may log in."""
    return at.say("manage.disabled" if user.disabled else "manage.enabled")


def _change(at: Here, user: User) -> html.A:
    named: list[Any] = [at.say("manage.change"), html.Span(f": {user.name}", className="heard")]
    return html.A(named, href=f"{PERSON_PATH}?name={quote(user.name, safe='')}")

"""The form that lets a person log in: name, role; the password is made here and shown once."""

from typing import Any

from dash import Dash, Input, Output, State, html, no_update

from dashboard.access import MANAGES, allowed
from dashboard.choices import Line, Select
from dashboard.given import LONGEST_REASON, reason_in
from dashboard.here import Here, engine, here
from dashboard.people_table import people_table
from data import decisions
from data.errors import MonitorError

_NAME, _ROLE, _REASON, _GO = "adding-name", "adding-role", "adding-reason", "adding-go"
_TOLD, PEOPLE = "adding-told", "adding-people"


def role_names(at: Here) -> dict[str, str]:
    """Name the roles, each with what it may do."""
    return {each: at.say(f"role.{each}_may") for each in decisions.ROLES}


def adding_part(at: Here) -> html.Section:
    """Build the form."""
    return html.Section(
        [
            html.H2(at.say("manage.add")),
            html.P(at.say("manage.add_explains"), className="quiet"),
            html.Label(at.say("manage.name_of"), htmlFor=_NAME),
            Line(_NAME, decisions.users.LONGEST_NAME),
            html.Label(at.say("manage.role"), htmlFor=_ROLE),
            Select(_ROLE, role_names(at), decisions.ROLES[0]),
            html.Label(at.say("manage.reason"), htmlFor=_REASON),
            Line(_REASON, LONGEST_REASON),
            html.Div(
                html.Button(at.say("manage.add_go"), id=_GO, type="button", className="primary"),
                className="buttons",
            ),
            html.Div("", id=_TOLD, role="status", className="told"),
        ],
        className="card managing",
    )


def register(app: Dash) -> None:
    """Register what the form does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(PEOPLE, "children"),
        Output(_NAME, "value"),
        Output(_REASON, "value"),
        Input(_GO, "n_clicks"),
        State(_NAME, "value"),
        State(_ROLE, "value"),
        State(_REASON, "value"),
        prevent_initial_call=True,
    )(take_person)


@allowed(*MANAGES)
def take_person(clicks: int | None, name: Any, role: Any, reason: Any) -> tuple[Any, ...]:
    """Add the person; show the password, or say why not."""
    if not clicks:
        return (no_update,) * 4
    at = here()
    password = decisions.new_password()
    said = reason_in(reason)
    try:
        with engine().begin() as connection:
            user = decisions.add_user(
                connection, str(name or ""), str(role), password, at.now, at.who, said
            )
    except MonitorError as error:
        return error.text(at.lang), no_update, no_update, no_update
    with engine().connect() as connection:
        return password_once(at, user.name, password), people_table(at, connection), "", ""


def password_once(at: Here, name: str, password: str) -> list[Any]:
    """Show a new password; it is kept nowhere."""
    return [
        html.P(at.say("manage.password_of", name=name)),
        html.P(html.Code(password, className="once")),
        html.P(at.say("manage.once"), className="quiet"),
    ]

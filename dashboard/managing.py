"""The form that changes one person's login: role, new password, closed or open again."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from sqlalchemy import Connection

from dashboard.access import MANAGES, allowed
from dashboard.adding import password_once, role_names
from dashboard.choices import Line, Select
from dashboard.decision_history import history, verdict_words
from dashboard.given import LONGEST_REASON, pressed, reason_in, seen_in
from dashboard.here import Here, engine, here
from dashboard.people_table import state
from data import decisions
from data.decisions import By, Decision, DecisionConflict, User
from data.errors import MonitorError

_ROLE, _REASON, _TOLD, _FACTS = "person-role", "person-reason", "person-told", "person-facts"
_NAME, _SEEN, _HISTORY = "person-name", "person-seen", "person-history"
_BUTTONS = {each: f"person-{each}-go" for each in ("role", "password", "disable", "enable")}


def managing_part(at: Here, connection: Connection, user: User) -> html.Section:
    """Build facts, form and what was changed so far."""
    made = decisions.history(connection, "user", user.name)
    return html.Section(
        [
            html.H2(at.say("person.change")),
            html.Div(_facts(at, user), id=_FACTS),
            html.P(at.say("manage.by_provider", name=user.name, issuer=user.issuer))
            if user.issuer
            else None,
            html.Label(at.say("manage.reason"), htmlFor=_REASON),
            Line(_REASON, LONGEST_REASON),
            html.Div(
                [
                    html.Label(at.say("manage.role"), htmlFor=_ROLE),
                    Select(_ROLE, role_names(at), user.role),
                ],
                hidden=bool(user.issuer),
            ),
            html.Div(
                [
                    html.Button(
                        at.say(f"manage.{each}_go"),
                        id=button,
                        type="button",
                        hidden=_useless(each, user),
                    )
                    for each, button in _BUTTONS.items()
                ],
                className="buttons",
            ),
            html.Div("", id=_TOLD, role="status", className="told"),
            html.P(at.say("manage.ends_sessions"), className="quiet"),
            html.H3(at.say("manage.history")),
            html.Div(_history(at, made), id=_HISTORY),
            dcc.Store(id=_NAME, data=user.name),
            dcc.Store(id=_SEEN, data=made[-1].id if made else None),
        ],
        className="card managing",
    )


def register(app: Dash) -> None:
    """Register what the form does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(_FACTS, "children"),
        Output(_HISTORY, "children"),
        Output(_SEEN, "data"),
        Output(_REASON, "value"),
        Output(_BUTTONS["disable"], "hidden"),
        Output(_BUTTONS["enable"], "hidden"),
        *(Input(each, "n_clicks") for each in _BUTTONS.values()),
        State(_NAME, "data"),
        State(_SEEN, "data"),
        State(_ROLE, "value"),
        State(_REASON, "value"),
        prevent_initial_call=True,
    )(take_change)


@allowed(*MANAGES)
def take_change(*given: Any) -> tuple[Any, ...]:
    """Make the change of the pressed button; say so, or why not."""
    clicks, (name, seen, role, reason) = given[:-4], given[-4:]
    what = pressed(_BUTTONS, clicks)
    if what is None:
        return (no_update,) * 7
    at = here()
    by = By(at.who, at.now, reason_in(reason), seen_in(seen))
    return change(at, what, str(name), str(role), by)


def change(at: Here, what: str, name: str, role: str, by: By) -> tuple[Any, ...]:
    """Write a change; return what the form shows of it.

    That is: sentence, facts, history, newest seen, reason, and which of closing and opening is of
    no use.

    If somebody else has changed this login since the page was drawn, nothing is written: theirs is
    shown first.
    """
    password = decisions.new_password()
    told: Any
    try:
        with engine().begin() as connection:
            user = _write(connection, what, name, role, password, by)
        told = (
            password_once(at, user.name, password)
            if what == "password"
            else at.say(f"manage.done_{what}", name=user.name, role=at.say(f"role.{user.role}"))
        )
        kept = ""
    except DecisionConflict as conflict:
        told, kept = at.say("manage.conflict", who=conflict.newest.who), by.reason
    except MonitorError as error:
        return (error.text(at.lang), *(no_update,) * 6)
    with engine().connect() as connection:
        now = decisions.find_user(connection, name)
        assert now is not None  # noqa: S101 - nobody is ever taken away
        made = decisions.history(connection, "user", now.name)
    return (
        told,
        _facts(at, now),
        _history(at, made),
        made[-1].id,
        kept,
        _useless("disable", now),
        _useless("enable", now),
    )


def _useless(what: str, user: User) -> bool:
    """Say whether a button would change nothing, or what is changed at the provider alone."""
    if user.issuer and what in ("role", "password"):
        return True
    return user.disabled if what == "disable" else what == "enable" and not user.disabled


def _write(connection: Connection, what: str, name: str, role: str, password: str, by: By) -> User:
    if what == "role":
        return decisions.set_role(connection, name, role, by)
    if what == "password":
        return decisions.set_password(connection, name, password, by)
    if what == "disable":
        return decisions.disable_user(connection, name, by)
    return decisions.enable_user(connection, name, by)


def _facts(at: Here, user: User) -> html.Dl:
    facts = (
        (at.say("manage.role"), at.say(f"role.{user.role}")),
        (at.say("manage.state"), state(at, user)),
        (
            at.say("manage.last_login"),
            at.ago(user.last_login) if user.last_login else at.say("manage.never"),
        ),
        (at.say("manage.since"), at.day(user.created_at)),
    )
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"
    )


def _history(at: Here, made: list[Decision]) -> Any:
    return history(at, made, "manage.no_history", _told)


def _told(at: Here, made: Decision) -> str:
    role = (made.basis or {}).get("role")
    named = f": {at.say(f'role.{role}')}" if made.verdict in ("add", "role") and role else ""
    return f"{verdict_words(at, made)}{named}"

"""Somebody writes that it is a mistake: find the account, and say what can be done about it."""

from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.account_state import account_path, account_tag, shown_name
from dashboard.aria import aria
from dashboard.form_fields import Field
from dashboard.here import Here
from dashboard.post_view import network_name
from data.page_reads.by_name import Named, by_name
from data.plain import plain
from data.records import clean

NAME = "konto"  # in the address
LONGEST = 200  # characters
SHOWN = 10  # accounts found
LISTED = ("blocked", "appealed")
OBJECTING = "/transparenz#widersprechen"  # what everybody can read about it


def asked_name(value: Any) -> str:
    """Give the name as typed; "" where the address names none, or several."""
    return clean(value[:LONGEST]).strip() if isinstance(value, str) else ""


def account_search(at: Here, connection: Connection, said: str, path: str) -> html.Section:
    """Build the form on the page `path`, and what was found."""
    form = html.Form(
        [
            html.Label(at.say("objecting.name"), htmlFor=f"filter-{NAME}"),
            html.Div(
                [
                    Field(f"filter-{NAME}", NAME, "search", said, LONGEST),
                    html.Button(at.say("objecting.find"), type="submit", className="primary"),
                ],
                className="search-line",
            ),
        ],
        action=path,
        method="get",
        role="search",
        className="filter-form",
        **aria(label=at.say("objecting.title")),
    )
    return html.Section(
        [
            html.H2(at.say("objecting.title")),
            html.P(
                [
                    at.say("objecting.explains"),
                    " ",
                    html.A(at.say("objecting.public"), href=OBJECTING),
                ],
                className="quiet",
            ),
            form,
            _results(at, connection, said) if said else None,
        ],
        className="card",
        id="irrtum",
    )


def _results(at: Here, connection: Connection, said: str) -> Any:
    found = by_name(connection, said, SHOWN)
    if not found:
        return html.P(at.say("objecting.nobody", name=plain(said)), className="nothing")
    return html.Ul([_account(at, each) for each in found], className="case-list")


def _account(at: Here, found: Named) -> html.Li:
    link = html.A(shown_name(at, found.profile), href=account_path(found.profile.id, "entscheiden"))
    listed = found.state in LISTED
    where = found.standing or "none"
    return html.Li(
        [
            html.H3(link),
            html.P(
                [account_tag(at, found.state), html.Span(network_name(at, found.profile.network))],
                className="tags",
            ),
            html.P(at.say("objecting.listed" if listed else f"objecting.in_{where}")),
        ],
        className="case",
    )

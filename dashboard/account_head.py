"""The head of an account's page: what people made of it, and where to decide."""

from typing import Any

from dash import html

from dashboard.account_state import account_tag
from dashboard.here import Here
from data.decisions import last_said
from data.page_reads.in_warnings import state_after
from data.page_reads.one_account import OneAccount

HEAD = "account-head"  # told anew when somebody decides further down


def head_part(at: Here, account: OneAccount) -> html.Div:
    """Build the part that a decision changes."""
    return html.Div(head_lines(at, account), id=HEAD, className="warning-state")


def head_lines(at: Here, account: OneAccount) -> list[Any]:
    """Say the state, and lead to the form."""
    said = last_said(account.made)
    state = state_after(None if said is None else said.verdict)
    return [
        html.P([account_tag(at, state)], className="tags"),
        html.P(html.A(at.say("decide.link"), href="#entscheiden")),
    ]

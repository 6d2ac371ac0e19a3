"""Groups that act together as communities do: network activity, never a warning."""

from collections.abc import Sequence
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.account_name import account_name
from dashboard.folding import foldable
from dashboard.here import Here
from dashboard.warning_words import headline, reasons_against
from data.page_reads.warnings import Group, Member, groups, members, outlines

SHOWN = 6


def acting_together(at: Here, connection: Connection) -> html.Section | None:
    """Show groups that act together as communities do: network activity, no warning."""
    names = [each.id for each in outlines(connection, ("community",))[:SHOWN]]
    if not names:
        return None
    who = members(connection, names)
    items = [_together_item(at, each, who[each.id]) for each in groups(connection, names)]
    return foldable(
        at.say("together.title"),
        [
            html.P(at.say("together.explains"), className="quiet"),
            html.Ul(items, className="plain-list spaced"),
        ],
    )


def _together_item(at: Here, group: Group, who: Sequence[Member]) -> html.Li:
    named: list[Any] = [account_name(at, each) for each in who if not each.hidden][:3]
    more = len(who) - len(named)
    said = ", ".join(named) + (" " + at.count("network.and", more) if more else "")
    against = reasons_against(at, group)
    return html.Li(
        [
            html.P(headline(at, group)),
            html.P(said, className="quiet"),
            html.P(against[0], className="quiet") if against else None,
        ]
    )

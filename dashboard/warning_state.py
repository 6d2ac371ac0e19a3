"""The head of a warning: its state, who decided why, what changed since, how to go on from here."""

from typing import Any

from dash import html

from dashboard.access import DECIDES, may
from dashboard.here import Here
from dashboard.warning_words import changed_words, decided_words, level_words, state_tag
from data.page_reads.warnings import Group

STATE = "warning-state"  # told anew when somebody decides further down


def state_part(at: Here, group: Group) -> html.Div:
    """Build the head's part that a decision changes."""
    return html.Div(state_lines(at, group), id=STATE, className="warning-state")


def state_lines(at: Here, group: Group) -> list[Any]:
    """Say the state, and where a person who may decide does so."""
    link = html.A(at.say("decide.link"), href="#entscheiden")
    return [
        html.P([state_tag(at, group), html.Span(level_words(at, group))], className="tags"),
        decided_words(at, group),
        changed_words(at, group),
        html.P(link) if group.open and may(*DECIDES) else None,
    ]

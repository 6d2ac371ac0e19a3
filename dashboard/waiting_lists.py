"""What waits for somebody, in short on the overview: calls for help, and questions."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, may
from dashboard.here import Here
from dashboard.needs_address import PATH as NEEDS
from dashboard.post_view import call_item
from dashboard.queue_address import PATH as QUEUE
from dashboard.topic_names import topic_names
from data.decisions import OPEN
from data.page_reads import calls, questions
from data.page_reads.questions import Line
from data.page_reads.week import Week

CALLS, QUESTIONS = 4, 3  # listed here; all of them on their own pages
LONGEST = 200  # characters of a post shown


def calls_in_short(at: Here, connection: Connection, week: Week) -> html.Section | None:
    """List calls for help, for those whose role lets them see what people write."""
    if not may(*SEES_PEOPLE):
        return None
    found = calls.newest_calls(connection, week.start, week.end, CALLS)
    topics = topic_names(at.lang)
    items = [call_item(at, each, topics, longest=LONGEST) for each in found]
    return _list(at, "calls", items, NEEDS)


def questions_in_short(at: Here, connection: Connection, asked: Line) -> html.Section | None:
    """List the open ones of the questions asked, for those whose role lets them see these."""
    if not may(*SEES_PEOPLE):
        return None
    open_ones = (each for each in questions.in_turn(asked) if each.state == OPEN)
    shown = list(islice(open_ones, QUESTIONS))
    found = [each.call for each in questions.read(connection, shown)]
    topics = topic_names(at.lang)
    items = [call_item(at, each, topics, answers=False, longest=LONGEST) for each in found]
    return _list(at, "questions", items, QUEUE)


def _list(at: Here, key: str, items: Sequence[html.Li], path: str) -> html.Section:
    shown: list[Any] = (
        [
            html.P(at.say(f"{key}.explains"), className="quiet"),
            html.Ul(list(items), className="calls"),
        ]
        if items
        else [html.P(at.say(f"{key}.nothing"), className="nothing")]
    )
    return html.Section(
        [
            html.H2(at.say(f"{key}.title")),
            *shown,
            html.P(html.A(at.say(f"{key}.link"), href=path), className="below"),
        ],
        className="card",
    )

"""What is new since this time yesterday, one short line a thing, each with the day before."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, may
from dashboard.filters import FIRST, URGENT, YES, address
from dashboard.here import Here
from dashboard.needs_address import PATH as NEEDS
from dashboard.post_view import NETWORKS
from dashboard.queue_address import PATH as QUESTIONS
from dashboard.source_state import Source, ill
from data import formats
from data.page_reads import warnings
from data.page_reads.calls import Answered, Waiting
from data.page_reads.silence import delivered_since
from data.reads import GOOD

DAY = timedelta(days=1)


def since_yesterday(
    at: Here,
    connection: Connection,
    found: Sequence[Source],
    began: datetime,
    waiting: Sequence[Waiting],
    silent: Mapping[str, int],
) -> html.Section:
    """Say what came in a day: urgent calls, questions, warnings, and which sources fell silent.

    `began`: when the oldest post was written; `waiting`: what was asked in that day, and
    in the one before; `silent`: networks of which nothing came, and how many posts a day are usual.
    """
    since = at.now - DAY
    first = formats.local(since, at.zone).date().isoformat()
    now, before = waiting
    lines = [
        _line(_urgent(at, began, now.urgent, before.urgent), NEEDS, {FIRST: first, URGENT: YES}),
        _line(_questions(at, began, now.questions, before.questions), QUESTIONS, {FIRST: first}),
        _line(_warnings(at, connection), "/warnungen", {}),
        *(
            html.Li([each, " ", _sources_link(at)])
            for each in _silent(at, connection, found, silent)
        ),
    ]
    title = at.say("since.title", clock=formats.clock(since, at.lang, at.zone))
    return html.Section(
        [html.H2(title), html.Ul(lines, className="since-list")],
        className="since",
    )


def _line(said: tuple[int, str], path: str, values: dict[str, str]) -> html.Li:
    """Show a sentence, as a link where there is something to see for whom it is open."""
    count, sentence = said
    if not count or not may(*SEES_PEOPLE):
        return html.Li(sentence)
    return html.Li(html.A(sentence, href=address(path, values)))


def _urgent(at: Here, began: datetime, now: Answered, before: Answered) -> tuple[int, str]:
    said = _counted(at, "since.urgent", now.all)
    if now.all:
        said += _unanswered(at, now)
    return now.all, said + _day_before(at, began, before.all)


def _unanswered(at: Here, urgent: Answered) -> str:
    """Say how many of them nobody answered."""
    if not urgent.open:
        return at.say("since.all_answered")
    if urgent.open == urgent.all:
        return at.count("since.none_answered", urgent.all)
    return at.count("since.unanswered", urgent.open)


def _questions(at: Here, began: datetime, now: Answered, before: Answered) -> tuple[int, str]:
    said = _counted(at, "since.questions", now.all)
    return now.all, said + _day_before(at, began, before.all)


def _warnings(at: Here, connection: Connection) -> tuple[int, str]:
    new = warnings.new_since(connection, at.now - DAY)
    return new, _counted(at, "since.warnings", new)


def _counted(at: Here, key: str, count: int) -> str:
    return at.count(key, count) if count else at.say(f"{key}.none")


def _day_before(at: Here, began: datetime, before: int) -> str:
    """Compare with the day before; nothing where the store does not reach back so far."""
    if began > at.now - 2 * DAY:
        return ""
    return at.say("since.before", n=at.number(before))


def _silent(
    at: Here, connection: Connection, found: Sequence[Source], silent: Mapping[str, int]
) -> list[str]:
    """Say which sources stopped to deliver, and of which networks nothing comes that is usual."""
    said: list[str] = []
    for each in ill(found):
        last = delivered_since(connection, each.network, each.origin, at.now - DAY)
        if last is not None:
            ago = formats.ago(last, at.now, at.lang)
            said.append(at.say("since.stopped", source=each.host, ago=ago))
    for network, usual in silent.items():
        said.append(at.count("since.quiet", usual, network=NETWORKS[network]))
    if not said and any(each.state in GOOD for each in found):
        said.append(at.say("since.none_silent"))
    return said


def _sources_link(at: Here) -> Any:
    return html.A(at.say("since.sources"), href="/datenquellen")

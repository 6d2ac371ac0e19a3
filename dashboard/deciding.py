"""The form under a warning: confirm, dismiss or note, each with a reason, by a person."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from sqlalchemy import Connection

from dashboard.access import DECIDES, allowed, may
from dashboard.decision_history import conflict_words, history
from dashboard.given import LONGEST_REASON, pressed, reason_in, seen_in
from dashboard.here import Here, engine, here
from dashboard.warning_state import STATE, state_lines
from data import decisions
from data.decisions import Decision, DecisionConflict
from data.page_reads.warnings import CLOSING, group, outlines
from data.records import clean

_REASON, _SEEN, _SUBJECT = "decide-reason", "decide-seen", "decide-subject"
_BUTTONS = {"confirm": "decide-confirm", "dismiss": "decide-dismiss", "note": "decide-note"}
_TOLD, _HISTORY, _NEXT = "decide-told", "decide-history", "decide-next"


def decision_part(at: Here, connection: Connection, subject: str) -> html.Section:
    """Build history and form."""
    made = decisions.history(connection, "cluster", subject)
    form = (
        [
            html.P(at.say("decide.means"), className="quiet"),
            html.Label(at.say("decide.reason"), htmlFor=_REASON),
            dcc.Textarea(id=_REASON, maxLength=LONGEST_REASON, rows=3, className="field"),
            html.Div(
                [
                    html.Button(at.say(f"decide.{verdict}"), id=button, type="button")
                    for verdict, button in _BUTTONS.items()
                ],
                className="buttons",
            ),
            html.P("", id=_TOLD, role="status", className="told"),
            html.Div(_next(at, connection, subject, made), id=_NEXT),
            html.P(at.say("decide.consequence"), className="quiet"),
        ]
        if may(*DECIDES)
        else [html.P(at.say("decide.not_yours"), className="quiet")]
    )
    return html.Section(
        [
            html.H2(at.say("decide.title")),
            *form,
            html.H3(at.say("decide.history")),
            html.Div(history(at, made), id=_HISTORY),
            dcc.Store(id=_SEEN, data=made[-1].id if made else None),
            dcc.Store(id=_SUBJECT, data=subject),
        ],
        className="card decide",
        id="entscheiden",
    )


def register(app: Dash) -> None:
    """Register what the form does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(_HISTORY, "children"),
        Output(_SEEN, "data"),
        Output(_REASON, "value"),
        Output(_NEXT, "children"),
        Output(STATE, "children"),
        *(Input(each, "n_clicks") for each in _BUTTONS.values()),
        State(_REASON, "value"),
        State(_SEEN, "data"),
        State(_SUBJECT, "data"),
        prevent_initial_call=True,
    )(take_decision)


@allowed(*DECIDES)
def take_decision(*given: Any) -> tuple[Any, ...]:
    """Write the decision of the pressed button; say so, or why not."""
    clicks, (reason, seen, subject) = given[:-3], given[-3:]
    verdict = pressed(_BUTTONS, clicks)
    if verdict is None:
        return (no_update,) * 6
    return decide(here(), verdict, reason_in(reason), seen_in(seen), clean(str(subject)))


def decide(at: Here, verdict: str, reason: str, seen: int | None, subject: str) -> tuple[Any, ...]:
    """Write a decision; return sentence, history, newest seen, reason, what is next, the state.

    Without a reason nothing is written. If somebody else has decided since the page was drawn,
    nothing is written either: their decision is shown first.
    """
    if not reason:
        return at.say("decide.needs_reason"), *(no_update,) * 5
    try:
        with engine().begin() as connection:
            if group(connection, subject) is None:
                return at.say("warning.unknown"), *(no_update,) * 5
            decisions.decide(connection, at.who, "cluster", subject, verdict, reason, seen, at.now)
        told, kept = at.say(f"decide.done_{verdict}"), ""
    except DecisionConflict as conflict:
        told, kept = conflict_words(at, conflict.newest), reason
    with engine().connect() as connection:
        made = decisions.history(connection, "cluster", subject)
        now = group(connection, subject)
        lines = no_update if now is None else state_lines(at, now)
        then = _next(at, connection, subject, made)
    return told, history(at, made), made[-1].id if made else None, kept, then, lines


def _next(at: Here, connection: Connection, subject: str, made: list[Decision]) -> list[html.P]:
    """Lead on from a decided warning: from a confirmed one to its accounts, then to what waits."""
    said = decisions.last_said(made)
    if said is None or said.verdict not in CLOSING:
        return []
    links = []
    if said.verdict == "confirm":
        links.append((at.say("review_account.check_warning"), f"/konten?warnung={subject}"))
    found = outlines(connection, ("alert", "watch"))
    waiting = [each for each in found if each.open and each.id != subject]
    if waiting:
        links.append((at.count("decide.next", len(waiting)), f"/warnungen/{waiting[0].id}"))
    else:
        links.append((at.say("decide.none_waits"), "/warnungen"))
    return [html.P(html.A(words, href=path)) for words, path in links]

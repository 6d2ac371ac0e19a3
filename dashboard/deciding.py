"""The form under a warning: confirm, dismiss or note, each with a reason, by a person."""

from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Connection

from dashboard.access import DECIDES, allowed, may
from dashboard.decision_history import history
from dashboard.here import Here, engine, here
from data import decisions
from data.decisions import Decision, DecisionConflict
from data.page_reads.warnings import group

_REASON, _SEEN, _SUBJECT = "decide-reason", "decide-seen", "decide-subject"
_BUTTONS = {"confirm": "decide-confirm", "dismiss": "decide-dismiss", "note": "decide-note"}
_TOLD, _HISTORY, _NEXT = "decide-told", "decide-history", "decide-next"
LONGEST_REASON = 2_000


def decision_part(at: Here, connection: Connection, subject: str) -> html.Section:
    """Build history and form."""
    made = decisions.history(connection, "cluster", subject)
    form = (
        [
            html.Label(at.say("decide.reason"), htmlFor=_REASON),
            dcc.Textarea(id=_REASON, maxLength=LONGEST_REASON, rows=3, className="field"),
            html.Div(
                [
                    html.Button(
                        at.say("decide.confirm"),
                        id=_BUTTONS["confirm"],
                        type="button",
                        className="primary",
                    ),
                    html.Button(at.say("decide.dismiss"), id=_BUTTONS["dismiss"], type="button"),
                    html.Button(at.say("decide.note"), id=_BUTTONS["note"], type="button"),
                ],
                className="buttons",
            ),
            html.P("", id=_TOLD, role="status", className="told"),
            html.P(_next(at, subject, made), id=_NEXT),
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
        *(Input(each, "n_clicks") for each in _BUTTONS.values()),
        State(_REASON, "value"),
        State(_SEEN, "data"),
        State(_SUBJECT, "data"),
        prevent_initial_call=True,
    )(take_decision)


@allowed(*DECIDES)
def take_decision(*given: Any) -> tuple[Any, ...]:
    """Write the decision of the pressed button; say so, or why not."""
    pressed = next(
        (verdict for verdict, each in _BUTTONS.items() if each == ctx.triggered_id), None
    )
    reason, seen, subject = given[-3:]
    if pressed is None or not any(given[:-3]):
        return (no_update,) * 5
    return decide(here(), pressed, reason, seen, subject)


def decide(
    at: Here, verdict: str, reason: str | None, seen: int | None, subject: str
) -> tuple[Any, ...]:
    """Write a decision; return sentence, history, newest seen, reason and what to do next.

    Without a reason nothing is written. If somebody else has decided since the page was drawn,
    nothing is written either: their decision is shown first.
    """
    said = (reason or "").strip()[:LONGEST_REASON]
    if not said:
        return at.say("decide.needs_reason"), *(no_update,) * 4
    try:
        with engine().begin() as connection:
            if group(connection, subject) is None:
                return at.say("warning.unknown"), *(no_update,) * 4
            decisions.decide(connection, at.who, "cluster", subject, verdict, said, seen, at.now)
        told, kept = at.say(f"decide.done_{verdict}"), ""
    except DecisionConflict:
        told, kept = None, said
    with engine().connect() as connection:
        made = decisions.history(connection, "cluster", subject)
    if told is None:
        told = at.say("decide.conflict", who=made[-1].who if made else "?")
    seen = made[-1].id if made else None
    return told, history(at, made), seen, kept, _next(at, subject, made)


def _next(at: Here, subject: str, made: list[Decision]) -> html.A | None:
    """Lead on from a confirmed warning to its accounts."""
    said = [each.verdict for each in made if each.verdict != "note"]
    if not said or said[-1] != "confirm":
        return None
    return html.A(at.say("review_account.check_warning"), href=f"/konten?warnung={subject}")

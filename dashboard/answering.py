"""The form under a question: take it, say how it was answered, or that it is none for us."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access import HANDLES, allowed
from dashboard.decision_history import history
from dashboard.given import LONGEST_REASON, pressed, reason_in, seen_in
from dashboard.here import Here, engine, here
from dashboard.question_view import reason_words, standing_words
from data import decisions
from data.decisions import Decision, DecisionConflict, Standing, possible
from data.decisions.questions import KIND
from data.errors import MonitorError
from data.records import clean

_REASON, _TOLD, _HISTORY = "question-reason", "question-told", "question-history"
_STANDING, _SEEN, _POST = "question-standing", "question-seen", "question-post"
_BUTTONS = {
    each: f"question-{each.replace('_', '-')}"
    for each in ("take", "give_back", "answered", "not_ours", "reopen")
}
_OUTPUTS = 5 + len(_BUTTONS)


def answering_part(
    at: Here, post: str, state: str, standing: Standing, made: list[Decision]
) -> html.Section:
    """Build who holds the question, the form, and what happened so far."""
    can = possible(standing, at.who)
    buttons = [
        html.Button(
            at.say(f"handle.{verdict}"),
            id=name,
            type="button",
            className="primary" if verdict == "take" else None,
            hidden=verdict not in can,
        )
        for verdict, name in _BUTTONS.items()
    ]
    return html.Section(
        [
            html.H2(at.say("handle.title")),
            html.P(standing_words(at, standing, state), id=_STANDING, className="standing"),
            html.Label(at.say("handle.reason"), htmlFor=_REASON),
            dcc.Textarea(id=_REASON, maxLength=LONGEST_REASON, rows=2, className="field"),
            html.Div(buttons, className="buttons"),
            html.P("", id=_TOLD, role="status", className="told"),
            html.P(at.say("handle.consequence"), className="quiet"),
            html.H3(at.say("handle.history")),
            html.Div(_history(at, made), id=_HISTORY),
            dcc.Store(id=_SEEN, data=standing.seen),
            dcc.Store(id=_POST, data=post),
        ],
        className="card decide",
        id="bearbeiten",
    )


def register(app: Dash) -> None:
    """Register what the form does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(_STANDING, "children"),
        Output(_HISTORY, "children"),
        Output(_SEEN, "data"),
        Output(_REASON, "value"),
        *(Output(each, "hidden") for each in _BUTTONS.values()),
        *(Input(each, "n_clicks") for each in _BUTTONS.values()),
        State(_REASON, "value"),
        State(_SEEN, "data"),
        State(_POST, "data"),
        prevent_initial_call=True,
    )(handle)


@allowed(*HANDLES)
def handle(*given: Any) -> tuple[Any, ...]:
    """Write what the pressed button means; tell so, or why not."""
    clicks, (reason, seen, post) = given[:-3], given[-3:]
    verdict = pressed(_BUTTONS, clicks)
    if verdict is None:
        return (no_update,) * _OUTPUTS
    return write(here(), verdict, reason_in(reason), seen_in(seen), clean(str(post)))


def write(at: Here, verdict: str, reason: str, seen: int | None, post: str) -> tuple[Any, ...]:
    """Write an entry; return sentence, standing, history, newest seen, reason, hidden buttons.

    If somebody else has done something since the page was drawn, nothing is written: theirs is
    shown first.
    """
    if not reason and verdict in ("answered", "not_ours"):
        return at.say(f"handle.needs_{verdict}"), *(no_update,) * (_OUTPUTS - 1)
    try:
        with engine().begin() as connection:
            decisions.handle_question(connection, at.who, post, verdict, reason, seen, at.now)
        told, kept = at.say(f"handle.done_{verdict}"), ""
    except DecisionConflict as conflict:
        told, kept = at.say("handle.conflict", who=conflict.newest.who), reason
    except MonitorError as error:
        return error.text(at.lang), *(no_update,) * (_OUTPUTS - 1)
    with engine().connect() as connection:
        made = decisions.history(connection, KIND, post)
    standing = decisions.standing_of(made)
    can = possible(standing, at.who)
    return (
        told,
        standing_words(at, standing, standing.state),
        _history(at, made),
        standing.seen,
        kept,
        *(each not in can for each in _BUTTONS),
    )


def _history(at: Here, made: list[Decision]) -> Any:
    return history(at, made, "handle.nobody", _told, reason_words)


def _told(at: Here, made: Decision) -> str:
    return at.say(f"handled.{made.verdict}")

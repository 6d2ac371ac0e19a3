"""The form that corrects what a post is about: who saves it has the last word over the tagger."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access import CORRECTS, allowed
from dashboard.correction_fields import fields, ids, said_in
from dashboard.correction_history import history, state_words
from dashboard.given import LONGEST_REASON, reason_in, seen_in
from dashboard.here import Here, engine, here
from data import decisions
from data.decisions import DecisionConflict
from data.errors import MonitorError
from data.labelling import Labelling
from data.page_reads.one_post import OnePost, one_post
from data.records import clean

_REASON, _SAVE, _TOLD, _HISTORY = "check-reason", "check-save", "check-told", "check-history"
_SEEN, _READ, _POST, _STATE = "check-seen", "check-read", "check-post", "check-state"


def correction_part(at: Here, post: OnePost) -> html.Section:
    """Build the form, filled with the labels that hold, and what was corrected so far."""
    return html.Section(
        [
            html.H2(at.say("correct.title")),
            html.P(state_words(at, post), id=_STATE, className="changed"),
            html.P(at.say("correct.explains"), className="quiet"),
            *fields(at, post.now),
            html.Label(at.say("correct.reason"), htmlFor=_REASON),
            dcc.Textarea(id=_REASON, maxLength=LONGEST_REASON, rows=2, className="field"),
            html.Div(
                html.Button(at.say("correct.save"), id=_SAVE, type="button", className="primary"),
                className="buttons",
            ),
            html.P("", id=_TOLD, role="status", className="told"),
            html.P(at.say("correct.consequence"), className="quiet"),
            html.H3(at.say("correct.history")),
            html.Div(history(at, post.made), id=_HISTORY),
            dcc.Store(id=_SEEN, data=post.made[-1].id if post.made else None),
            dcc.Store(id=_READ, data=decisions.mark_of(post.text)),
            dcc.Store(id=_POST, data=post.key),
        ],
        className="card decide",
        id="berichtigen",
    )


def register(app: Dash) -> None:
    """Register what the form does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(_STATE, "children"),
        Output(_HISTORY, "children"),
        Output(_SEEN, "data"),
        Output(_REASON, "value"),
        Input(_SAVE, "n_clicks"),
        State(_POST, "data"),
        State(_SEEN, "data"),
        State(_READ, "data"),
        State(_REASON, "value"),
        *(State(each, "value") for each in ids()),
        prevent_initial_call=True,
    )(take_correction)


@allowed(*CORRECTS)
def take_correction(
    clicks: int | None, post: Any, seen: Any, read: Any, reason: Any, *given: Any
) -> tuple[Any, ...]:
    """Write what the form says; tell so, or why not."""
    if not clicks:
        return (no_update,) * 5
    why, known = reason_in(reason), seen_in(seen)
    return save(here(), clean(str(post)), said_in(given), why, str(read), known)


def save(
    at: Here, key: str, said: Labelling, reason: str, read: str, seen: int | None
) -> tuple[Any, ...]:
    """Write a correction; return sentence, state, history, newest seen and reason for the form.

    If somebody else has corrected the post since the page was drawn, nothing is written: theirs is
    shown first. So it is if the post says something else by now.
    """
    refused = None
    try:
        with engine().begin() as connection:
            decisions.correct(connection, at.who, key, said, reason, read, seen, at.now)
    except DecisionConflict as conflict:
        refused = at.say("correct.conflict", who=conflict.newest.who)
    except MonitorError as error:
        return error.text(at.lang), no_update, no_update, no_update, no_update
    with engine().connect() as connection:
        post = one_post(connection, key)
    if post is None:  # deleted in this very moment
        return at.say("check.unknown"), no_update, no_update, no_update, no_update
    newest = post.made[-1]
    same = newest.was is not None and newest.was == newest.now
    told = refused or at.say("correct.done_same" if same else "correct.done")
    return (
        told,
        state_words(at, post),
        history(at, post.made),
        newest.id,
        reason if refused else "",
    )

"""The button beside a question in the queue: who presses it takes it, or gives it back."""

from typing import Any

from dash import MATCH, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.access import HANDLES, allowed
from dashboard.given import seen_in
from dashboard.here import Here, engine, here
from dashboard.question_view import standing_words
from data import decisions
from data.decisions import DecisionConflict, Standing, possible
from data.errors import MonitorError
from data.page_reads.questions import Question
from data.records import clean

_TAKE, _GIVE_BACK, _TOLD = "queue-take", "queue-give-back", "queue-told"
_STANDING, _SEEN = "queue-standing", "queue-seen"
_VERDICTS = {_TAKE: "take", _GIVE_BACK: "give_back"}


def taking_part(at: Here, question: Question, *more: Any) -> html.Div:
    """Build who holds the question, the buttons, and `more` beside them."""
    key, standing = question.call.key, question.standing
    can = possible(standing, at.who)
    return html.Div(
        [
            html.P(
                standing_words(at, standing, question.state),
                id=_id(_STANDING, key),
                className="standing",
            ),
            html.Div(
                [
                    html.Button(
                        at.say("handle.take"),
                        id=_id(_TAKE, key),
                        type="button",
                        className="primary",
                        hidden="take" not in can,
                    ),
                    html.Button(
                        at.say("handle.give_back"),
                        id=_id(_GIVE_BACK, key),
                        type="button",
                        hidden="give_back" not in can,
                    ),
                    *more,
                ],
                className="buttons",
            ),
            html.P("", id=_id(_TOLD, key), role="status", className="told"),
            dcc.Store(id=_id(_SEEN, key), data=standing.seen),
        ],
        className="taking",
    )


def register(app: Dash) -> None:
    """Register what the buttons do."""
    app.callback(
        Output(_id(_TOLD, MATCH), "children"),
        Output(_id(_STANDING, MATCH), "children"),
        Output(_id(_SEEN, MATCH), "data"),
        Output(_id(_TAKE, MATCH), "hidden"),
        Output(_id(_GIVE_BACK, MATCH), "hidden"),
        Input(_id(_TAKE, MATCH), "n_clicks"),
        Input(_id(_GIVE_BACK, MATCH), "n_clicks"),
        State(_id(_SEEN, MATCH), "data"),
        prevent_initial_call=True,
    )(take)


@allowed(*HANDLES)
def take(take_clicks: int | None, give_clicks: int | None, seen: Any) -> tuple[Any, ...]:
    """Write what the pressed button means; tell so, or why not."""
    pressed = ctx.triggered_id
    if not isinstance(pressed, dict) or not (take_clicks or give_clicks):
        return (no_update,) * 5
    verdict = _VERDICTS[str(pressed["type"])]
    return _write(here(), verdict, clean(str(pressed["post"])), seen_in(seen))


def _write(at: Here, verdict: str, post: str, seen: int | None) -> tuple[Any, ...]:
    try:
        with engine().begin() as connection:
            standing = decisions.handle_question(
                connection, at.who, post, verdict, "", seen, at.now
            )
        told = at.say(f"handle.done_{verdict}")
    except DecisionConflict as conflict:
        standing = decisions.standing_of([conflict.newest])
        told = at.say("handle.conflict", who=conflict.newest.who)
    except MonitorError as error:
        return error.text(at.lang), *(no_update,) * 4
    return told, *_shown(at, standing)


def _shown(at: Here, standing: Standing) -> tuple[Any, ...]:
    can = possible(standing, at.who)
    return (
        standing_words(at, standing, standing.state),
        standing.seen,
        "take" not in can,
        "give_back" not in can,
    )


def _id(part: str, post: Any) -> dict[str, Any]:
    return {"type": part, "post": post}

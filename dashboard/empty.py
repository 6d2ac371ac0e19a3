"""An empty store: why nothing came, source by source, and the way to the sample data."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from sqlalchemy import Connection

from dashboard.access import SEES_FIGURES, SEES_PEOPLE, allowed, may
from dashboard.here import Here, engine, here
from dashboard.source_state import Source
from data import decisions, formats
from data.page_reads.volume import newest_post

WISH = "load_sample"
_LOAD, _TOLD, _TICK, _PLACE = "empty-load", "empty-told", "empty-tick", "empty-reload"
_EVERY = 4_000  # milliseconds between two looks whether data have come


def nothing_yet(at: Here, connection: Connection, found: list[Source]) -> html.Section:
    """Build the panel; it looks again by itself until posts are there."""
    waiting = _waits(connection)
    button = html.Button(
        at.say("empty.load"), id=_LOAD, type="button", className="primary", disabled=waiting
    )
    return html.Section(
        [
            html.H2(at.say("empty.title")),
            html.P(at.say("empty.why") if found else at.say("empty.no_source")),
            html.Ul([_reason(at, each) for each in found], className="reasons"),
            html.Div(
                [
                    html.P(at.say("empty.offer")),
                    html.P(button),
                ]
            )
            if may(*SEES_PEOPLE)
            else None,
            html.P(
                at.say("empty.waiting") if waiting else "",
                id=_TOLD,
                role="status",
                className="told",
            ),
            dcc.Interval(id=_TICK, interval=_EVERY),
            dcc.Location(id=_PLACE, refresh=True),
        ],
        className="card empty-store",
    )


def register(app: Dash) -> None:
    """Register what the panel does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(_LOAD, "disabled"),
        Input(_LOAD, "n_clicks"),
        prevent_initial_call=True,
    )(wish_for_sample)
    app.callback(
        Output(_PLACE, "href"),
        Input(_TICK, "n_intervals"),
        State(_PLACE, "pathname"),
        prevent_initial_call=True,
    )(look_again)


@allowed(*SEES_PEOPLE)
def wish_for_sample(clicks: int | None) -> tuple[Any, Any]:
    """Ask the worker for the sample data, once."""
    if not clicks:
        return no_update, no_update
    at = here()
    with engine().begin() as connection:
        decisions.wish(connection, at.who, WISH, at.now)
    return at.say("empty.waiting"), True


@allowed(*SEES_FIGURES)
def look_again(_count: int, path: str) -> Any:
    """Load the page anew as soon as there is a post."""
    with engine().connect() as connection:
        return path if newest_post(connection) else no_update


def _waits(connection: Connection) -> bool:
    return any(each.wish == WISH for each in decisions.open_wishes(connection))


def _reason(at: Here, source: Source) -> html.Li:
    run = source.run
    said: list[Any] = [html.Strong(source.host), ": ", at.say(f"long.{source.state}")]
    if run is not None and run.detail:
        said.append(html.Span([" ", html.Q(run.detail)], className="quiet"))
    if run is not None and run.next_try is not None:
        ahead = formats.ahead(run.next_try, at.now, at.lang)
        said.append(html.Span(f" {at.say('empty.next', ahead=ahead)}"))
    return html.Li(said)

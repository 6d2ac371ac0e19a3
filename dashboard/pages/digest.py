"""Wochenbericht: the week as the worker has written it down, to read here and to print."""

from datetime import date
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_FIGURES, SEES_PEOPLE, allowed, may
from dashboard.aria import aria
from dashboard.digest_files import whole
from dashboard.digest_parts import figures_part, people_part, sources_part
from dashboard.filters import address
from dashboard.here import Here, engine, here
from dashboard.routes import add_page
from data import formats
from data.digest_files import is_week, last_complete, read_digest, written_weeks
from data.records import from_iso

PATH, WEEK = "/wochenbericht", "woche"
SHOWN = 12  # weeks to choose from


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("digest", layout, path=PATH)


@allowed(*SEES_FIGURES)
def layout(woche: str | list[str] = "", **_address: Any) -> html.Div:
    """Build the page of the week in the address, or of the newest there is."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, woche if isinstance(woche, str) and is_week(woche) else "")


def show(at: Here, connection: Connection, week: str) -> html.Div:
    """Build the page from the files."""
    folder = at.config.digest_folder
    weeks = written_weeks(folder)
    chosen = week or next(iter(weeks), "")
    made = read_digest(folder, chosen) if chosen in weeks else None
    if made is None:
        return html.Div(
            [
                html.H1(at.say("digest.title")),
                html.P(_why_none(at, chosen, broken=chosen in weeks), className="lead"),
                html.P(at.say("digest.make", week=chosen or last_complete(at.now, at.zone))),
                _weeks(at, weeks, chosen),
            ],
            className="page digest",
        )
    return html.Div(
        [
            html.H1(f"{at.say('digest.title')}, {_days(at, made)}"),
            html.P(at.say("digest.sample"), className="changed") if made.get("sample") else None,
            html.P(at.say("digest.running")) if _runs(at, made) else None,
            html.P(at.say("digest.kept_words"), className="quiet")
            if made["lang"] != at.lang
            else None,
            _weeks(at, weeks, chosen),
            html.Section(
                [
                    html.H2(at.say("digest.short")),
                    html.Ul(
                        [html.Li(each) for each in made["sentences"]],
                        className="plain-list spaced",
                        lang=made["lang"],
                    ),
                ],
                className="card",
            ),
            *figures_part(at, made),
            *(people_part(at, connection, made) if may(*SEES_PEOPLE) else []),
            sources_part(at, made),
            _foot(at, made, chosen),
        ],
        className="page digest",
    )


def _days(at: Here, made: dict[str, Any]) -> str:
    first, last = (date.fromisoformat(made["days"][place]["day"]) for place in (0, -1))
    return formats.day_span(first, last, at.lang)


def _runs(at: Here, made: dict[str, Any]) -> bool:
    """Say whether the week was not over when the digest was made."""
    end = formats.local(from_iso(made["to"]), at.zone).date()
    return end <= date.fromisoformat(made["days"][-1]["day"])


def _why_none(at: Here, week: str, *, broken: bool) -> str:
    if broken:
        return at.say("digest.broken", week=week)
    return at.say("digest.none_of", week=week) if week else at.say("digest.none")


def _weeks(at: Here, weeks: list[str], chosen: str) -> html.Nav | None:
    """Lead to the other weeks; the one shown is marked."""
    if not weeks:
        return None
    links = [
        html.A(
            at.say("digest.week", number=int(each[-2:]), year=each[:4]),
            href=address(PATH, {WEEK: each}),
            **(aria(current="page") if each == chosen else {}),
        )
        for each in weeks[:SHOWN]
    ]
    return html.Nav(
        [
            html.Span(at.say("digest.weeks"), className="quiet"),
            html.Ul([html.Li(each) for each in links]),
        ],
        className="narrowing",
        **aria(label=at.say("digest.weeks")),
    )


def _foot(at: Here, made: dict[str, Any], week: str) -> html.Section:
    """Say when it was made and what it leaves out; lead to the files."""
    files: Any = None
    if may(*SEES_PEOPLE):
        files = (
            html.P(
                [
                    html.A(at.say("digest.as_html"), href=address(f"{PATH}/html", {WEEK: week})),
                    html.A(at.say("digest.as_json"), href=address(f"{PATH}/json", {WEEK: week})),
                ],
                className="below",
            )
            if whole(made)
            else html.P(at.say("digest.outdated", week=week), className="changed")
        )
    return html.Section(
        [
            html.H2(at.say("digest.about")),
            html.P(at.say("digest.about_text"), className="reading"),
            html.P(
                at.say("digest.made", at=at.moment(from_iso(made["made_at"]))), className="quiet"
            ),
            files,
        ],
        className="card",
    )

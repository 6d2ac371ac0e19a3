"""Warnungen: groups of accounts that act strikingly alike, worst first."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.charts.spark import spark_moments
from dashboard.here import Here, engine, here
from dashboard.post_view import network_name
from dashboard.routes import add_page
from dashboard.warning_words import (
    changed_words,
    decided_words,
    headline,
    kinds_words,
    level_words,
    reasons_against,
    state_tag,
)
from data import formats
from data.enough import note_words, notes
from data.page_reads.warnings import Group, groups, looked_at, times_of

SHOWN = 20  # more than anybody decides in one sitting


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("warnings", layout, path="/warnungen", alike=True)


@allowed(*SEES_PEOPLE)
def layout(**_address: str) -> html.Div:
    """Build the page."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection)


def show(at: Here, connection: Connection) -> html.Div:
    """Build the page from the store."""
    found = groups(connection, ("alert", "watch"))
    waiting = [each for each in found if each.open]
    decided = [each for each in found if not each.open]
    shown = [*waiting[:SHOWN], *decided[:SHOWN]]
    times = times_of(connection, [each.id for each in shown])
    looked = looked_at(connection)
    thin = [note_words(each, at.lang) for each in notes(looked)] if looked is not None else []
    lead = at.count("warnings.lead", len(waiting)) if waiting else at.say("warnings.calm")
    if not waiting and thin:
        lead = at.say("warnings.thin")
    elif looked is None and not found:
        lead = at.say("warnings.not_looked")
    sections = []
    if waiting:
        sections.append(_section(at, at.say("warnings.waiting"), waiting[:SHOWN], times))
    if decided:
        sections.append(_section(at, at.say("warnings.decided"), decided[:SHOWN], times))
    return html.Div(
        [
            html.H1(at.say("warnings.title")),
            html.P(lead, className="lead"),
            *(html.P(each, className="reading") for each in thin),
            *sections,
            html.Details(
                [
                    html.Summary(at.say("warnings.meaning")),
                    html.P(at.say("warnings.meaning_text"), className="reading"),
                ],
                className="meaning",
            ),
        ],
        className="page",
    )


def _section(
    at: Here, title: str, found: list[Group], times: Mapping[str, Sequence[datetime]]
) -> html.Section:
    return html.Section(
        [
            html.H2(title),
            html.Ul([_item(at, each, times[each.id]) for each in found], className="warnings"),
        ]
    )


def _item(at: Here, group: Group, times: Sequence[datetime]) -> html.Li:
    urgent = group.open and group.level == "alert"
    against = len(reasons_against(at, group))
    facts = [
        at.count("unit.accounts", group.accounts),
        ", ".join(network_name(at, each) for each in group.networks),
        kinds_words(at, group),
        formats.day_span(
            formats.local(group.first, at.zone).date(),
            formats.local(group.last, at.zone).date(),
            at.lang,
        ),
    ]
    return html.Li(
        [
            html.Div(
                [
                    html.P(
                        [
                            state_tag(at, group),
                            html.Span(level_words(at, group), className="quiet"),
                        ],
                        className="tags",
                    ),
                    html.H3(html.A(headline(at, group), href=f"/warnungen/{group.id}")),
                    html.P(" · ".join(facts), className="quiet"),
                    decided_words(at, group),
                    changed_words(at, group),
                    html.P(at.count("warnings.against", against), className="quiet")
                    if against
                    else None,
                ]
            ),
            html.Div(
                [
                    spark_moments(times, group.first, group.last, at.say("warnings.spark")),
                    html.P(at.count("unit.posts", len(times)), className="quiet"),
                ],
                className="warning-spark",
            ),
        ],
        className="card warning needs-someone" if urgent else "card warning",
    )

"""Warnungen: groups of accounts that act strikingly alike, worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.charts.spark import spark_moments
from dashboard.here import Here, engine, here
from dashboard.post_view import network_name
from dashboard.routes import add_page
from dashboard.warning_words import (
    about_words,
    changed_words,
    decided_words,
    headline,
    level_words,
    reasons_against,
    state_tag,
    when_words,
)
from data.enough import note_words, notes
from data.page_reads.about import About, about
from data.page_reads.warnings import Group, groups, looked_at, outlines, times_of

SHOWN = 20  # more than anybody decides in one sitting
SCREENFUL = 4  # seen at once; the rest on demand


@dataclass(frozen=True, slots=True)
class Seen:
    """What the posts of the listed groups tell, by group."""

    times: Mapping[str, Sequence[int]]
    about: Mapping[str, About]


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
    found = outlines(connection, ("alert", "watch"))
    waiting = [each.id for each in found if each.open]
    decided = [each.id for each in found if not each.open]
    names = [*waiting[:SHOWN], *decided[:SHOWN]]
    shown = groups(connection, names)
    seen = Seen(times_of(connection, names), about(connection, names))
    looked = looked_at(connection)
    thin = [note_words(each, at.lang) for each in notes(looked)] if looked is not None else []
    lead = at.count("warnings.lead", len(waiting)) if waiting else at.say("warnings.calm")
    if not waiting and thin:
        lead = at.say("warnings.thin")
    elif looked is None and not found:
        lead = at.say("warnings.not_looked")
    sections: list[Any] = []
    open_ones = [each for each in shown if each.open]
    others = [each for each in shown if not each.open]
    if open_ones:
        sections.append(_section(at, at.say("warnings.waiting"), open_ones, seen))
    if others and open_ones:
        sections.append(_folded(at, at.say("warnings.decided"), others, seen))
    elif others:
        sections.append(_section(at, at.say("warnings.decided"), others, seen))
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


def _section(at: Here, title: str, found: list[Group], seen: Seen) -> html.Section:
    items = [_item(at, each, seen) for each in found]
    return html.Section(
        [
            html.H2(title),
            html.Ul(items[:SCREENFUL], className="warnings"),
            _more(at, items[SCREENFUL:]),
        ]
    )


def _folded(at: Here, title: str, found: list[Group], seen: Seen) -> html.Details:
    """Keep what needs nobody any more out of the way of what does."""
    return html.Details(
        [
            html.Summary(f"{title} ({at.number(len(found))})"),
            html.Ul([_item(at, each, seen) for each in found], className="warnings"),
        ],
        className="meaning",
    )


def _more(at: Here, items: list[html.Li]) -> html.Details | None:
    if not items:
        return None
    return html.Details(
        [
            html.Summary(at.count("warnings.more", len(items))),
            html.Ul(items, className="warnings"),
        ],
        className="meaning",
    )


def _item(at: Here, group: Group, seen: Seen) -> html.Li:
    urgent = group.open and group.level == "alert"
    times = seen.times[group.id]
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
                    about_words(at, seen.about.get(group.id)),
                    html.P(_facts(at, group), className="quiet"),
                    decided_words(at, group),
                    changed_words(at, group),
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


def _facts(at: Here, group: Group) -> list[Any]:
    """Say who, where, when and how much speaks against it; the sentence above says what."""
    against = len(reasons_against(at, group))
    networks = ", ".join(network_name(at, each) for each in group.networks)
    return [
        f"{at.count('unit.accounts', group.accounts)} · {networks} · ",
        *when_words(at, group),
        f" · {at.count('warnings.against', against)}" if against else "",
    ]

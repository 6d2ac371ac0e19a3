"""What is missing where: needs against offers of each topic in each Bezirk, as a table to click."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.aria import aria
from dashboard.charts.city.picture import STRONG, gap_words
from dashboard.charts.gap import by_gap
from dashboard.figures import quiet_section
from dashboard.filters import PLACE, TOPIC, Filters, address
from dashboard.here import Here
from dashboard.needs_address import CSV_PATH, LIST
from dashboard.tables import Cell, Column, table
from dashboard.topic_names import topic_names
from data.page_reads.balance import Balance, by_topic, by_topic_and_bezirk
from data.page_reads.narrowed import Narrowing
from data.places import read_places

NOWHERE = ""  # the Bezirk of posts that name no place
_NOTHING = -1_000  # sorts where nothing is said below all others


def bezirke() -> list[str]:
    """List the Bezirke, and after them that of posts that name no place."""
    return [*sorted({place.bezirk for place in read_places()}), NOWHERE]


def of_all_topics(to: Narrowing) -> Narrowing:
    """Widen a narrowing to the topics and places that the table shows side by side."""
    return replace(to, topic=None, places=())


def need_matrix(at: Here, connection: Connection, filters: Filters, to: Narrowing) -> html.Section:
    """Show needs minus offers of each topic, the largest gap first, by Bezirk."""
    names = topic_names(at.lang)
    totals = by_topic(connection, of_all_topics(to))
    if not totals:
        return quiet_section(at.say("needs.matrix"), at.say("needs.matrix_nothing"))
    found = by_topic_and_bezirk(connection, of_all_topics(to))
    columns = [
        Column(at.say("needs.topic")),
        Column(at.say("needs.everywhere"), number=True),
        *(Column(each or at.say("needs.nowhere"), number=True) for each in bezirke()),
    ]
    rows = [
        [
            Cell(
                html.A(names.get(topic, topic), href=_to(filters, topic, "")),
                names.get(topic, topic),
            ),
            Cell([gap_words(total.gap), _heard(at, total)], total.gap),
            *(_cell(at, filters, topic, each, found.get((topic, each))) for each in bezirke()),
        ]
        for topic, total in by_gap(totals)
    ]
    csv = address(CSV_PATH, filters.without(TOPIC, PLACE))
    return html.Section(
        [
            html.H2(_finding(at, totals, names)),
            html.P(at.say("needs.matrix_explains"), className="quiet"),
            html.A(at.say("needs.skip"), href=f"#{LIST}", className="skip-inside"),
            table(at, at.say("needs.matrix_caption"), columns, rows, "tight matrix"),
            _keys(at),
            html.P(html.A(at.say("figure.csv"), href=csv, className="quiet-link", download="")),
        ],
        className="card matrix-card",
    )


def _finding(at: Here, totals: Mapping[str, Balance], names: Mapping[str, str]) -> str:
    worst, most = by_gap(totals)[0]
    if most.gap <= 0:
        return at.say("gap.balanced")
    return at.say(
        "gap.finding",
        topic=names.get(worst, worst),
        needs=at.count("map.needs", most.needs),
        offers=at.count("map.offers", most.offers),
    )


def _cell(at: Here, filters: Filters, topic: str, bezirk: str, balance: Balance | None) -> Cell:
    """Show a gap by sign and fill; a click narrows the list to it where it has a place."""
    if balance is None or not (balance.needs or balance.offers):
        return Cell(html.Span("·", className="gap-none"), _NOTHING)
    shown: list[Any] = [gap_words(balance.gap), _heard(at, balance)]
    look = f"gap-cell {_look(balance.gap)}"
    if bezirk == NOWHERE:
        return Cell(html.Span(shown, className=look), balance.gap)
    here = (filters.get(TOPIC), filters.get(PLACE)) == (topic, bezirk)
    link = html.A(
        shown,
        href=_to(filters, topic, bezirk),
        className=look,
        **(aria(current="true") if here else {}),
    )
    return Cell(link, balance.gap)


def _look(gap: int) -> str:
    if not gap:
        return "gap-even"
    return f"gap-{'need' if gap > 0 else 'offer'}{' strong' if abs(gap) >= STRONG else ''}"


def _heard(at: Here, balance: Balance) -> html.Span:
    needs, offers = at.number(balance.needs), at.number(balance.offers)
    return html.Span(at.say("needs.cell", needs=needs, offers=offers), className="heard")


def _to(filters: Filters, topic: str, bezirk: str) -> str:
    """Give the address, within the page, of the list of one topic, in one Bezirk or all."""
    chosen = {**filters.without(TOPIC, PLACE), TOPIC: topic, PLACE: bezirk}
    values = {name: value for name, value in chosen.items() if value}
    return f"{address('', values)}#{LIST}"


def _keys(at: Here) -> html.Ul:
    return html.Ul(
        [
            html.Li([html.Span(className=f"key gap-key gap-{each}"), at.say(f"map.key_{each}")])
            for each in ("need", "offer", "even")
        ],
        className="keys",
    )

"""Orte: what is sought and offered where, on a map and in a table that says the same."""

from collections.abc import Sequence
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_FIGURES, allowed
from dashboard.charts.city.picture import (
    FEW_NARROW,
    FEW_WIDE,
    NARROW,
    WIDE,
    city_map,
    gap_words,
)
from dashboard.charts.spark import spark_bars
from dashboard.figures import quiet_section
from dashboard.filter_form import filter_form
from dashboard.here import Here, engine, here
from dashboard.place_panel import place_panel
from dashboard.place_spots import bezirke_on_map, spots, stadtteile_on_map
from dashboard.place_view import BEZIRK, PANEL, PATH, STADTTEIL, STRETCHES, View, read_view
from dashboard.place_words import versus
from dashboard.routes import add_page
from dashboard.switches import switch
from dashboard.tables import Cell, Column, table
from data.page_reads import places as reads
from data.page_reads.balance import Place
from data.page_reads.places import Named
from data.page_reads.volume import first_post
from data.places import read_places

MAP, TABLE = "karte", "tabelle"
ROWS = 15  # of the table, where not all are asked for


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("map", layout, path=PATH, alike=True)


@allowed(*SEES_FIGURES)
def layout(**address: str) -> html.Div:
    """Build the page for what the address asks."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, read_view(address))


def show(at: Here, connection: Connection, view: View) -> html.Div:
    """Build the page from the store."""
    week, to = view.week(at), view.narrowing(at)
    ask = reads.bezirke if view.level == BEZIRK else reads.stadtteile
    everything = ask(connection, week, to)
    found = [each for each in everything if each.posts]
    began = first_post(connection)
    comparable = began is not None and began < week.before_start
    named = reads.named(connection, week, to)
    return html.Div(
        [
            html.H1(at.say("map.title")),
            html.P(_lead(at, view, named, comparable), className="lead"),
            _choices(at, view),
            html.Div(
                [
                    _map(at, view, found),
                    place_panel(at, connection, view, found, comparable),
                    _table(at, view, found, comparable) if found else None,
                ],
                className="columns columns-wide columns-map",
            )
            if found or view.chosen
            else quiet_section(at.say("map.title"), at.say("map.nothing")),
        ],
        className="page",
    )


def _lead(at: Here, view: View, named: Named, comparable: bool) -> str:
    """Say how many posts name a place, how many none, and how many of these the city alone."""
    told = comparable and (named.placed or named.before)
    compared = f", {versus(at, view, named.placed, named.before)}" if told else ""
    said = [at.count("map.lead", named.placed, days=view.days, versus=compared)]
    if named.city:
        city = at.number(named.city)
        said.append(at.count("map.unplaced_city", named.unplaced, city=city))
    elif named.unplaced:
        said.append(at.count("map.unplaced", named.unplaced))
    return " ".join(said)


def _choices(at: Here, view: View) -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    switch(
                        at.say("map.level"),
                        [
                            (at.say(f"map.{level}"), view.link(MAP, level=level, chosen=""), level)
                            for level in (STADTTEIL, BEZIRK)
                        ],
                        view.level,
                    ),
                    switch(
                        at.say("map.stretch"),
                        [
                            (at.say("map.days", days=days), view.link(MAP, days=days), str(days))
                            for days in STRETCHES
                        ],
                        str(view.days),
                    ),
                ],
                className="switches",
            ),
            filter_form(at, PATH, view.filters, keep=view.own),
        ],
        className="choices",
    )


def _map(at: Here, view: View, found: Sequence[Place]) -> html.Section:
    few = view.level == BEZIRK
    known = bezirke_on_map() if few else stadtteile_on_map()
    drawn = spots(at, known, found, lambda name: view.link(PANEL, chosen=name))
    looks = (FEW_WIDE, FEW_NARROW) if few else (WIDE, NARROW)
    return html.Section(
        [
            html.H2(_finding(at, found)),
            html.A(at.say("map.skip"), href=f"#{TABLE}", className="skip-inside"),
            *(city_map(drawn, look, at.say("map.label"), view.chosen) for look in looks),
            _keys(at, few),
            html.P(_size(at, found), className="quiet"),
            html.P(at.say("map.by_hand"), className="quiet"),
        ],
        className="card panel",
        id=MAP,
        tabIndex="-1",
    )


def _finding(at: Here, found: Sequence[Place]) -> str:
    """Say where most is missing."""
    if not found:
        return at.say("map.nothing")
    worst = max(found, key=lambda each: each.gap)
    if worst.gap <= 0:
        return at.say("map.balanced")
    return at.say(
        "map.finding",
        place=worst.name,
        needs=at.count("map.needs", worst.needs),
        offers=at.count("map.offers", worst.offers),
    )


def _keys(at: Here, few: bool) -> html.Ul:
    named = ("need", "offer", "even", "mentioned", *(() if few else ("square",)))
    return html.Ul(
        [
            html.Li(
                [html.Span(className=f"key key-spot key-spot-{each}"), at.say(f"map.key_{each}")]
            )
            for each in named
        ],
        className="keys map-keys",
    )


def _size(at: Here, found: Sequence[Place]) -> str:
    if not found:
        return ""
    return at.say("map.size", place=found[0].name, posts=at.count("unit.posts", found[0].posts))


def _table(at: Here, view: View, found: Sequence[Place], comparable: bool) -> html.Section:
    stadtteile = view.level == STADTTEIL
    within = {each.name: each.bezirk for each in read_places()}
    shown = found if view.whole else found[:ROWS]
    columns = [
        Column(at.say("places.place")),
        *([Column(at.say("map.bezirk_of"))] if stadtteile else []),
        Column(at.say("places.posts"), number=True),
        Column(at.say("places.days"), sorts=False),
        *([Column(at.say("map.change"), number=True)] if comparable else []),
        Column(at.say("gap.needs"), number=True),
        Column(at.say("gap.offers"), number=True),
        Column(at.say("gap.gap"), number=True),
    ]
    rows: list[list[Any]] = [
        [
            Cell(html.A(each.name, href=view.link(PANEL, chosen=each.name)), each.name),
            *([within.get(each.name, "")] if stadtteile else []),
            each.posts,
            Cell(spark_bars(each.days, new_from=7), None),
            *([Cell(_difference(at, each), each.posts - each.before)] if comparable else []),
            each.needs,
            each.offers,
            Cell(gap_words(each.gap) if each.needs or each.offers else "·", each.gap),
        ]
        for each in shown
    ]
    csv = f"/csv/orte?{view.query}"
    return html.Section(
        [
            html.H2(at.count("map.table", len(found))),
            html.P(at.say("map.table_explains"), className="quiet"),
            table(at, at.say("map.caption", days=view.days), columns, rows, "tight"),
            html.Div(
                [
                    html.A(at.count("map.whole", len(found)), href=view.link(TABLE, whole=True))
                    if len(found) > len(shown)
                    else None,
                    html.A(at.say("figure.csv"), href=csv, className="quiet-link", download=""),
                ],
                className="below",
            ),
        ],
        className="card panel",
        id=TABLE,
        tabIndex="-1",
    )


def _difference(at: Here, place: Place) -> str:
    more = place.posts - place.before
    return f"{'+' if more > 0 else '−'}{at.number(abs(more))}" if more else at.say("places.same")

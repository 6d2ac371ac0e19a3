"""Bedarf & Angebot: what is missing where, and who may have it."""

from dataclasses import replace
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.figures import quiet_section
from dashboard.filter_form import filter_form, when
from dashboard.filters import (
    LANG,
    NETWORK,
    PLACE,
    TIME,
    TOPIC,
    URGENT,
    Filters,
    address,
    narrowing,
    read_filters,
)
from dashboard.here import Here, engine, here
from dashboard.post_view import call_item
from dashboard.routes import add_page
from dashboard.tables import Cell, Column, table
from dashboard.topic_names import topic_names
from data.match_words import item_name, sentence
from data.page_reads.balance import Balance, by_topic_and_bezirk
from data.page_reads.matches import Need, Offer, answered_share, needs_with_offers
from data.page_reads.narrowed import Narrowing
from data.places import read_places

PATH = "/bedarf"
DAYS = 14  # how far back needs are shown, where the address does not say
FIELDS = (TIME, NETWORK, TOPIC, PLACE, LANG, URGENT)
SHOWN = 20  # needs; more than anybody answers in one sitting
NOWHERE = ""  # the Bezirk of posts that name no place


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("needs", layout, path=PATH, alike=True)


@allowed(*SEES_PEOPLE)
def layout(**address: str) -> html.Div:
    """Build the page for now, narrowed to what the address names."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, read_filters(address, FIELDS))


def show(at: Here, connection: Connection, filters: Filters) -> html.Div:
    """Build the page from the store."""
    to = narrowing(at, filters, DAYS)
    return html.Div(
        [
            html.H1(at.say("needs.title")),
            html.P(_lead(at, connection, filters, to), className="lead"),
            filter_form(at, PATH, filters, DAYS),
            _matrix(
                at, filters, by_topic_and_bezirk(connection, replace(to, topic=None, places=()))
            ),
            _list(at, connection, filters, to),
        ],
        className="page",
    )


def _lead(at: Here, connection: Connection, filters: Filters, to: Narrowing) -> str:
    needs, answered = answered_share(connection, to)
    if needs:
        return at.count(
            "needs.lead", needs, when=when(at, filters, DAYS), answered=at.number(answered)
        )
    return at.say("needs.nothing", when=when(at, filters, DAYS))


def _bezirke() -> list[str]:
    return sorted({place.bezirk for place in read_places()})


def _matrix(at: Here, filters: Filters, found: dict[tuple[str, str], Balance]) -> html.Section:
    """Show needs minus offers of each topic and Bezirk, the largest gap first."""
    names = topic_names(at.lang)
    bezirke = [*_bezirke(), NOWHERE]
    gaps = {
        topic: sum(each.gap for (one, _), each in found.items() if one == topic)
        for topic in {topic for topic, _ in found}
    }
    if not gaps:
        return quiet_section(at.say("needs.matrix"), at.say("gap.nothing"))
    rows = [
        [
            Cell(
                html.A(names.get(topic, topic), href=f"{_of_topic(filters, topic)}#gesuche"), topic
            ),
            *(_cell(at, found.get((topic, bezirk))) for bezirk in bezirke),
        ]
        for topic in sorted(gaps, key=lambda topic: (-gaps[topic], topic))
    ]
    columns = [
        Column(at.say("needs.topic")),
        *(Column(bezirk or at.say("needs.nowhere"), number=True) for bezirk in bezirke),
    ]
    return html.Section(
        [
            html.H2(at.say("needs.matrix")),
            html.P(at.say("needs.matrix_explains"), className="quiet"),
            table(at, at.say("needs.matrix_caption"), columns, rows, "tight"),
        ],
        className="card",
    )


def _of_topic(filters: Filters, topic: str) -> str:
    return address(PATH, {**filters.chosen, TOPIC: topic})


def _cell(at: Here, balance: Balance | None) -> Cell:
    if balance is None:
        return Cell("·", -1_000)
    sign = "+" if balance.gap > 0 else "−" if balance.gap < 0 else ""
    told = at.say("needs.cell", needs=at.number(balance.needs), offers=at.number(balance.offers))
    return Cell(
        [f"{sign}{at.number(abs(balance.gap))}", html.Span(told, className="heard")], balance.gap
    )


def _list(at: Here, connection: Connection, filters: Filters, to: Narrowing) -> html.Section:
    """List unanswered needs with their offers."""
    names = topic_names(at.lang)
    chosen = [each for each in (names.get(filters.get(TOPIC)), filters.get(PLACE)) if each]
    found = needs_with_offers(connection, to, SHOWN)
    title = at.say("needs.list_of", what=", ".join(chosen)) if chosen else at.say("needs.list")
    shown: Any = (
        html.Ul([_need(at, each) for each in found], className="calls")
        if found
        else html.P(at.say("needs.none"), className="nothing")
    )
    return html.Section(
        [html.H2(title), html.P(at.say("needs.list_explains"), className="quiet"), shown],
        className="card",
        id="gesuche",
    )


def _need(at: Here, need: Need) -> html.Li:
    """Show a need, and below it its offers, opened by a click."""
    item = call_item(at, need.call, topic_names(at.lang))
    if not need.offers:
        return html.Li(
            [*item.children, html.P(at.say("needs.no_offer"), className="quiet")], className="call"
        )
    offers = html.Details(
        [
            html.Summary(at.count("needs.offers", len(need.offers))),
            html.Ul([_offer(at, each) for each in need.offers], className="calls"),
        ],
        className="meaning",
    )
    return html.Li([*item.children, offers], className="call")


def _offer(at: Here, offer: Offer) -> html.Li:
    """Show an offer with the reasons why it may fit."""
    item = call_item(at, offer.call, topic_names(at.lang), answers=False)
    reasons = " ".join(sentence(each, at.lang) for each in offer.reasons)
    sought = at.say("needs.seeks", item=item_name(offer.item, at.lang))
    return html.Li(
        [*item.children, html.P(f"{sought}. {reasons}", className="quiet")], className="call"
    )

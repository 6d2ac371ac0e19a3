"""The calls for help that nobody has answered, a page at a time, each with its offers."""

from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.filters import PLACE, TOPIC, Filters
from dashboard.here import Here
from dashboard.narrowing import page_number, pager
from dashboard.needs_address import LIST
from dashboard.post_view import call_item
from dashboard.topic_names import topic_names
from data.match_words import item_name, sentence
from data.page_reads.calls import Turn
from data.page_reads.matches import Need, Offer, needs_with_offers

SHOWN = 10  # needs on a page


def need_list(
    at: Here, connection: Connection, filters: Filters, turn: Turn, page: object
) -> html.Section:
    """List unanswered needs with their offers; `page` is what the address says, from 1."""
    number = page_number(page, SHOWN, len(turn.posts))
    first = number * SHOWN
    found = needs_with_offers(connection, turn.posts[first : first + SHOWN])
    shown: list[Any] = (
        [
            html.P(at.say("needs.list_explains"), className="quiet"),
            html.Ul([_need(at, each) for each in found], className="calls"),
            pager(at, "", filters.chosen, number, SHOWN, len(turn.posts), f"#{LIST}"),
        ]
        if found
        else [html.P(at.say("needs.none"), className="nothing")]
    )
    return html.Section(
        [html.H2(_title(at, filters, turn)), *shown],
        className="card panel",
        id=LIST,
        tabIndex="-1",
    )


def _title(at: Here, filters: Filters, turn: Turn) -> str:
    names = topic_names(at.lang)
    chosen = [each for each in (names.get(filters.get(TOPIC)), filters.get(PLACE)) if each]
    count = at.count("needs.list" if turn.whole else "needs.oldest", len(turn.posts))
    if not turn.posts:
        count = at.say("needs.list_none")
    return f"{count}: {', '.join(chosen)}" if chosen else count


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

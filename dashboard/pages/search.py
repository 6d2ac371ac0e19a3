"""Suche: posts by their words and by what they are about."""

from collections.abc import Mapping
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.aria import aria
from dashboard.filter_form import filter_form
from dashboard.filters import Filters, address, narrowing, read_filters
from dashboard.form_fields import Field
from dashboard.found_post import found_post
from dashboard.here import Here, engine, here
from dashboard.routes import add_page
from dashboard.search_address import (
    AFTER,
    BEFORE,
    BEST,
    CSV_PATH,
    MOST_ROWS,
    ORDER,
    PATH,
    WORDS,
    asked_words,
    post_number,
)
from dashboard.widening import widening
from data.page_reads.in_warning import in_warning
from data.page_reads.search import EXAMINED, MOST_COUNTED, Found, best, search
from data.search_query import LONGEST, Query, read_query


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("search", layout, path=PATH)


@allowed(*SEES_PEOPLE)
def layout(**values: str) -> html.Div:
    """Build the page: what the address asks for."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, values)


def show(at: Here, connection: Connection, values: Mapping[str, Any]) -> html.Div:
    """Build the page from the store."""
    said = asked_words(values)
    filters = read_filters(values)
    order = BEST if values.get(ORDER) == BEST else ""
    query = read_query(said)
    return html.Div(
        [
            html.H1(at.say("search.title")),
            html.P(at.say("search.lead"), className="lead"),
            html.Div(
                [
                    filter_form(
                        at,
                        PATH,
                        filters,
                        keep={WORDS: said, ORDER: order},
                        before={WORDS: _field(at, said)},
                    ),
                    _help(at),
                ],
                className="card search-card",
            ),
            _results(at, connection, query, filters, values, order),
        ],
        className="page",
    )


def _field(at: Here, said: str) -> list[Any]:
    """Build the field for the words, with a button beside it."""
    return [
        html.Label(at.say("search.words"), htmlFor=f"filter-{WORDS}"),
        html.Div(
            [
                Field(f"filter-{WORDS}", WORDS, "search", said, LONGEST),
                html.Button(at.say("search.submit"), type="submit", className="primary"),
            ],
            className="search-line",
        ),
    ]


def _help(at: Here) -> html.Details:
    keys = ("all", "row", "without", "begin", "hashtag", "same")
    return html.Details(
        [
            html.Summary(at.say("search.help")),
            html.Ul([html.Li(at.say(f"search.help_{each}")) for each in keys], className="reasons"),
        ]
    )


def _results(
    at: Here,
    connection: Connection,
    query: Query,
    filters: Filters,
    values: Mapping[str, Any],
    order: str,
) -> html.Section | None:
    if not query and query.without:
        return _quiet(at, at.say("search.only_without"))
    if not query and not filters.chosen:
        nothing_meant = bool(asked_words(values))
        return _quiet(at, at.say("search.no_word")) if nothing_meant else None
    find = best if order and query else search
    found = find(
        connection,
        query,
        narrowing(at, filters),
        post_number(values.get(BEFORE)),
        post_number(values.get(AFTER)),
    )
    warned = in_warning(connection, [each.id for each in found.hits])
    asked = {**({WORDS: query.typed} if query else {}), **filters.chosen}
    if not found.hits:
        return _nothing(at, connection, query, filters, found)
    return html.Section(
        [
            html.H2(_counted(at, found)),
            html.P(_explained(at, found), className="quiet") if _explained(at, found) else None,
            _orders(at, found, asked, order) if query else None,
            html.Ul(
                [found_post(at, each, query, warned.get(each.id)) for each in found.hits],
                className="calls",
            ),
            _pages(at, found, {**asked, **({ORDER: order} if order else {})}),
            html.P(
                [
                    html.A(at.say("figure.csv"), href=address(CSV_PATH, asked), download=""),
                    " ",
                    at.say("search.csv", most=at.number(MOST_ROWS)),
                ],
                className="quiet file",
            ),
        ],
        className="card",
        id="treffer",
    )


def _counted(at: Here, found: Found) -> str:
    if found.count > MOST_COUNTED:
        return at.say("search.more_than", n=at.number(MOST_COUNTED))
    if not found.whole:
        return at.count("search.at_least", found.count)
    return at.count("search.found", found.count)


def _explained(at: Here, found: Found) -> str:
    if found.whole or found.count > MOST_COUNTED:
        return ""
    return at.say("search.examined", n=at.number(EXAMINED))


def _orders(at: Here, found: Found, asked: Mapping[str, str], order: str) -> html.P:
    """Name both orders; the one that holds is no link."""
    newest, answering = at.say("search.newest"), at.say("search.best")
    if found.count > MOST_COUNTED:
        answering = at.say("search.best_of", n=at.number(MOST_COUNTED))
    if order:
        return html.P([html.A(newest, href=address(PATH, asked)), " · ", html.Strong(answering)])
    best_first = address(PATH, {**asked, ORDER: BEST})
    return html.P([html.Strong(newest), " · ", html.A(answering, href=best_first)])


def _pages(at: Here, found: Found, asked: Mapping[str, str]) -> html.Nav | None:
    links = []
    if found.newer:
        href = address(PATH, {**asked, AFTER: str(found.hits[0].id)})
        links.append(html.A(at.say("search.previous"), href=f"{href}#treffer", rel="prev"))
    if found.older:
        href = address(PATH, {**asked, BEFORE: str(found.hits[-1].id)})
        links.append(html.A(at.say("search.next"), href=f"{href}#treffer", rel="next"))
    if not links:
        return None
    return html.Nav(links, className="pages", **aria(label=at.say("search.pages")))


def _nothing(
    at: Here, connection: Connection, query: Query, filters: Filters, found: Found
) -> html.Section:
    ways = widening(at, connection, query, filters)
    said = "search.nothing" if found.whole else "search.nothing_examined"
    return html.Section(
        [
            html.H2(at.say("search.nothing_title")),
            html.P(at.say(said, n=at.number(EXAMINED)), className="nothing"),
            html.P(at.say("search.wider" if ways else "search.hint")),
            html.Ul(ways, className="plain-list") if ways else None,
        ],
        className="card",
        id="treffer",
    )


def _quiet(_at: Here, sentence: str) -> html.Section:
    return html.Section(html.P(sentence, className="nothing"), className="card", id="treffer")

"""Bedarf & Angebot: what is missing where, and who may have it."""

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.filter_form import filter_form, when
from dashboard.filters import Filters, narrowing, read_filters
from dashboard.here import Here, engine, here
from dashboard.need_list import need_list
from dashboard.need_matrix import need_matrix
from dashboard.needs_address import DAYS, FIELDS, LIST, PAGE, PATH
from dashboard.routes import add_page
from data.page_reads.calls import Turn, open_in_turn


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("needs", layout, path=PATH, alike=True)


@allowed(*SEES_PEOPLE)
def layout(**address: str) -> html.Div:
    """Build the page for now, narrowed to what the address names."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, read_filters(address, FIELDS), address.get(PAGE))


def show(at: Here, connection: Connection, filters: Filters, page: object = None) -> html.Div:
    """Build the page from the store; `page` is that of the list, as the address says it."""
    to = narrowing(at, filters, DAYS)
    turn = open_in_turn(connection, to)
    return html.Div(
        [
            html.H1(at.say("needs.title")),
            html.P(_lead(at, filters, turn), className="lead"),
            filter_form(at, PATH, filters, DAYS),
            html.P(html.A(at.say("needs.to_list"), href=f"#{LIST}"), className="to-list"),
            html.Div(
                [
                    need_matrix(at, connection, filters, to),
                    need_list(at, connection, filters, turn, page),
                ],
                className="columns columns-matrix",
            ),
        ],
        className="page",
    )


def _lead(at: Here, filters: Filters, turn: Turn) -> str:
    time = when(at, filters, DAYS)
    if not turn.all:
        return at.say("needs.nothing", when=time)
    count = turn.offered
    offered = at.count("needs.offered", count) if count else at.say("needs.offered.none")
    return f"{at.count('needs.lead', turn.all, when=time)} {offered}"

"""Netzwerk: who talks and acts with whom; as a picture, and the same as lists."""

from collections.abc import Mapping
from datetime import datetime

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.account_name import account_name
from dashboard.account_panel import account_panel
from dashboard.acting_together import acting_together
from dashboard.bridges import bridge_table, bridges
from dashboard.charts.graph import SHAPES, network_graph
from dashboard.communities import Community, communities_of
from dashboard.filter_form import filter_form
from dashboard.filters import Filters, address, read_filters
from dashboard.here import Here, engine, here
from dashboard.narrowed_network import narrowed_communities, narrowed_picture
from dashboard.network_address import (
    CHOSEN,
    CSV_PATH,
    DAYS,
    FIELDS,
    LIST,
    PANEL,
    PATH,
    account_address,
)
from dashboard.network_lists import community_table, connectors, newcomer_table
from dashboard.routes import add_page
from data.page_reads import network as reads
from data.page_reads.network import Node, Picture
from data.page_reads.volume import first_post
from data.page_reads.week import Week, week_to


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("network", layout, path=PATH, alike=True)


@allowed(*SEES_PEOPLE)
def layout(**given: str) -> html.Div:
    """Build the page, narrowed to what the address names; it may name an account to look at."""
    at = here()
    number = given.get(CHOSEN, "")
    known = isinstance(number, str) and number.isdecimal() and len(number) < 19
    with engine().connect() as connection:
        return show(at, connection, read_filters(given, FIELDS), int(number) if known else None)


def show(at: Here, connection: Connection, filters: Filters, chosen: int | None) -> html.Div:
    """Build the page from the store."""
    whole = reads.picture(connection)
    head = html.H1(at.say("network.title"))
    if not whole.nodes:
        return html.Div(
            [head, html.P(at.say("network.nothing"), className="lead")], className="page"
        )
    picture = narrowed_picture(at, connection, whole, filters)
    form = filter_form(at, PATH, filters, DAYS)
    if not picture.nodes:
        nobody = html.P(at.say("network.nobody_fits"), className="lead")
        return html.Div([head, nobody, form], className="page")
    week = week_to(at.now, at.zone)
    ids = [each.id for each in picture.nodes]
    posts = reads.posts_of(connection, ids, week.start, week.end)
    first = reads.first_posts(connection, ids)
    began = first_post(connection)
    communities = narrowed_communities(communities_of(at, connection, whole), picture)
    new = _newcomers(picture, first, began, week)
    return html.Div(
        [
            head,
            html.P(_lead(at, filters, picture, communities, new, began, week), className="lead"),
            form,
            html.Div(
                [
                    _graph(at, filters, picture, communities, chosen),
                    html.Div(
                        [
                            account_panel(at, filters, picture, communities, chosen, posts),
                            connectors(at, filters, picture, communities),
                        ],
                        className="stack",
                    ),
                ],
                className="columns columns-wide",
            ),
            html.Div(id=LIST),
            community_table(at, filters, communities, posts, new),
            bridge_table(at, filters, bridges(picture, communities)),
            html.Div(
                [
                    newcomer_table(at, filters, new, first, began, week),
                    acting_together(at, connection),
                ],
                className="columns columns-even",
            ),
        ],
        className="page",
    )


def _newcomers(
    picture: Picture, first: Mapping[int, datetime], began: datetime | None, week: Week
) -> list[Node]:
    """List who posted for the first time this week; nobody where the store is itself so young."""
    if began is None or began >= week.start:
        return []
    return [each for each in picture.nodes if first.get(each.id, week.before_start) >= week.start]


def _lead(
    at: Here,
    filters: Filters,
    picture: Picture,
    communities: list[Community],
    new: list[Node],
    began: datetime | None,
    week: Week,
) -> str:
    parts = [
        at.say(
            "network.lead",
            accounts=at.count("unit.accounts", len(picture.nodes)),
            groups=at.count("network.groups", len(communities)),
        )
    ]
    if filters.chosen:
        parts.append(at.say("network.narrowed"))
    if began is not None and began < week.start:
        parts.append(at.count("network.new", len(new)))
    return " ".join(parts)


def _graph(
    at: Here,
    filters: Filters,
    picture: Picture,
    communities: list[Community],
    chosen: int | None,
) -> html.Section:
    ranks = {node.id: min(each.rank, SHAPES) for each in communities for node in each.nodes}
    keys = [
        html.Li([html.Span(className=f"key key-{each.rank}"), each.name])
        for each in communities
        if each.rank < SHAPES
    ]
    others = any(each.rank >= SHAPES for each in communities) or any(
        not each.community for each in picture.nodes
    )
    if others:
        keys.append(html.Li([html.Span(className=f"key key-{SHAPES}"), at.say("network.others")]))
    return html.Section(
        [
            html.H2(at.say("network.picture")),
            html.P(at.say("network.explains"), className="quiet"),
            html.A(at.say("network.skip"), href=f"#{LIST}", className="skip-inside"),
            network_graph(
                picture.nodes,
                picture.edges,
                ranks,
                chosen,
                lambda node: account_name(at, node),
                lambda node: f"{account_address(filters, node.id)}#{PANEL}",
                at.say("network.label"),
            ),
            html.Ul(keys, className="keys"),
            html.P(
                [
                    html.Span(className="key key-talk"),
                    at.say("network.talk"),
                    html.Span(className="key key-together"),
                    at.say("network.together"),
                ],
                className="quiet keys",
            ),
            html.P(
                html.A(
                    at.say("figure.csv"),
                    href=address(CSV_PATH, filters.chosen),
                    className="quiet-link",
                    download="",
                )
            ),
        ],
        className="card",
    )

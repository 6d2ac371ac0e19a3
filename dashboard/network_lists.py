"""The network as lists: its communities, who links them, who is new."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboard.account_name import account_name
from dashboard.account_panel import account_link
from dashboard.bridges import ranks_of
from dashboard.charts.graph import SHAPES
from dashboard.communities import Community
from dashboard.filters import Filters
from dashboard.folding import foldable
from dashboard.here import Here
from dashboard.post_view import network_name
from dashboard.tables import Cell, Column, table
from data import formats
from data.page_reads.network import Node, Picture
from data.page_reads.week import Week

CONNECTORS, NEWCOMERS = 6, 12  # rows shown
MEMBERS, REACHED = 2, 2  # named at once: accounts of a community, communities of an account


def community_table(
    at: Here,
    filters: Filters,
    communities: list[Community],
    posts: Mapping[int, int],
    new: list[Node],
) -> html.Section:
    """List the communities with their accounts, posts and newcomers of this week."""
    fresh = {each.id for each in new}
    rows = [
        [
            Cell(
                [html.Span(className=f"key key-{min(each.rank, SHAPES)}"), each.name],
                each.rank,
            ),
            len(each.nodes),
            sum(posts.get(node.id, 0) for node in each.nodes),
            sum(node.id in fresh for node in each.nodes),
            Cell(_members(at, filters, each), account_name(at, each.nodes[0])),
        ]
        for each in communities
    ]
    columns = [
        Column(at.say("network.community")),
        Column(at.say("network.accounts"), number=True),
        Column(at.say("network.posts"), number=True),
        Column(at.say("network.newcomers"), number=True),
        Column(at.say("network.members"), sorts=False),
    ]
    return html.Section(
        [
            html.H2(at.say("network.communities")),
            html.P(at.say("network.communities_explain"), className="quiet"),
            table(at, at.say("network.communities"), columns, rows, "communities"),
        ],
        className="card",
    )


def _members(at: Here, filters: Filters, community: Community) -> list[Any]:
    """Name the members with the most links; the others open by a click."""
    first, others = community.nodes[:MEMBERS], community.nodes[MEMBERS:]
    said: list[Any] = [html.Span(_links(at, filters, first))]
    if others:
        opens = html.Summary(at.count("network.and", len(others)))
        said.append(html.Details([opens, html.P(_links(at, filters, others))]))
    return said


def _links(at: Here, filters: Filters, nodes: Sequence[Node]) -> list[Any]:
    said: list[Any] = []
    for node in nodes:
        said += (
            [", ", account_link(at, filters, node)] if said else [account_link(at, filters, node)]
        )
    return said


def connectors(
    at: Here, filters: Filters, picture: Picture, communities: list[Community]
) -> html.Section:
    """List the accounts through which communities find each other, and which these are."""
    ranks = ranks_of(communities)
    reach: dict[int, set[int]] = defaultdict(set)
    for a, b, _, _ in picture.edges:
        for one, other in ((a, b), (b, a)):
            if other in ranks:
                reach[one].add(ranks[other])
    names = {each.rank: each.name for each in communities}
    most = [
        each
        for each in sorted(picture.nodes, key=lambda each: -each.betweenness)
        if each.betweenness > 0 and len(reach.get(each.id, ())) > 1
    ][:CONNECTORS]
    items = [
        html.Li(
            [
                account_link(at, filters, each),
                html.Span(
                    _reached(at, sorted(reach[each.id]), names, each.degree),
                    className="quiet beside",
                ),
            ]
        )
        for each in most
    ]
    return html.Section(
        [
            html.H2(at.say("network.connectors")),
            html.P(at.say("network.connectors_explain"), className="quiet"),
            html.Ul(items, className="plain-list lines")
            if items
            else html.P(at.say("network.connectors_none"), className="nothing"),
        ],
        className="card",
    )


def _reached(at: Here, ranks: Sequence[int], names: Mapping[int, str], degree: int) -> str:
    """Name the largest communities that an account reaches, and say how many more there are."""
    said = ", ".join(names[each] for each in ranks[:REACHED])
    if len(ranks) > REACHED:
        said += " " + at.count("network.and_groups", len(ranks) - REACHED)
    return f"{said}. {at.count('network.links_of', degree)}."


def newcomer_table(
    at: Here,
    filters: Filters,
    new: list[Node],
    first: Mapping[int, datetime],
    began: datetime | None,
    week: Week,
) -> html.Section:
    """List who posted for the first time this week."""
    if began is not None and began >= week.start:
        said = at.say("network.too_young", day=at.day(began))
        return html.Section(
            [html.H2(at.say("network.new_title")), html.P(said, className="nothing")],
            className="card",
        )
    rows = [
        [
            Cell(account_link(at, filters, each), account_name(at, each)),
            network_name(at, each.network),
            Cell(_when(at, first[each.id]), first[each.id].isoformat()),
            each.degree,
        ]
        for each in new[:NEWCOMERS]
    ]
    columns = [
        Column(at.say("network.account")),
        Column(at.say("network.on")),
        Column(at.say("network.since")),
        Column(at.say("network.links"), number=True),
    ]
    title = at.say("network.new_title")
    return foldable(
        title,
        [
            html.P(at.say("network.new_explain"), className="quiet"),
            table(at, title, columns, rows)
            if rows
            else html.P(at.say("network.new_none"), className="nothing"),
        ],
    )


def _when(at: Here, moment: datetime) -> html.Span:
    day = formats.local(moment, at.zone).date()
    return html.Span(formats.short_day(day, at.lang), className="whole")

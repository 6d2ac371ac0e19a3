"""The network as lists: its communities, who links them, who is new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import html

from dashboard.account_name import account_name
from dashboard.account_panel import account_link
from dashboard.charts.graph import SHAPES
from dashboard.communities import Community
from dashboard.here import Here
from dashboard.post_view import network_name
from dashboard.tables import Cell, Column, table
from data import formats
from data.page_reads.network import Node, Picture
from data.page_reads.week import Week

CONNECTORS, NEWCOMERS = 8, 12  # rows shown


def community_table(
    at: Here, communities: list[Community], posts: Mapping[int, int], new: list[Node]
) -> html.Section:
    """List the communities with their accounts, posts and newcomers of this week."""
    fresh = {each.id for each in new}
    rows = []
    for each in communities:
        members: list[Any] = []
        for node in each.nodes[:3]:
            members += [", ", account_link(at, node)] if members else [account_link(at, node)]
        if len(each.nodes) > 3:
            members.append(" " + at.count("network.and", len(each.nodes) - 3))
        rows.append(
            [
                Cell(
                    [html.Span(className=f"key key-{min(each.rank, SHAPES)}"), each.name],
                    each.rank,
                ),
                len(each.nodes),
                sum(posts.get(node.id, 0) for node in each.nodes),
                sum(node.id in fresh for node in each.nodes),
                Cell(members, account_name(at, each.nodes[0])),
            ]
        )
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


def connectors(at: Here, picture: Picture, communities: list[Community]) -> html.Section:
    """List the accounts through which communities find each other."""
    home = {node.id: each.key for each in communities for node in each.nodes}
    reach: dict[int, set[str]] = {}
    for edge in picture.edges:
        for one, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if other in home:
                reach.setdefault(one, set()).add(home[other])
    most = [
        each
        for each in sorted(picture.nodes, key=lambda each: -each.betweenness)[:CONNECTORS]
        if each.betweenness > 0
    ]
    items = [
        html.Li(
            [
                account_link(at, each),
                html.Span(
                    [
                        at.count("network.groups", len(reach.get(each.id, ()))),
                        " · ",
                        at.count("network.links_of", each.degree),
                    ],
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


def newcomer_table(
    at: Here, new: list[Node], first: Mapping[int, datetime], began: datetime | None, week: Week
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
            Cell(account_link(at, each), account_name(at, each)),
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
    return html.Section(
        [
            html.H2(at.say("network.new_title")),
            html.P(at.say("network.new_explain"), className="quiet"),
            table(at, at.say("network.new_title"), columns, rows)
            if rows
            else html.P(at.say("network.new_none"), className="nothing"),
        ],
        className="card",
    )


def _when(at: Here, moment: datetime) -> html.Span:
    day = formats.local(moment, at.zone).date()
    return html.Span(formats.short_day(day, at.lang), className="whole")

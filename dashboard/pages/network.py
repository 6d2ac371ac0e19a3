"""Netzwerk: who talks and acts with whom; as a picture, and the same as lists."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.account_name import account_name, broken_name
from dashboard.charts.graph import SHAPES, network_graph
from dashboard.community_names import community_name, unlike
from dashboard.here import Here, engine, here
from dashboard.post_view import network_name, web_link
from dashboard.routes import add_page
from dashboard.tables import Cell, Column, table
from dashboard.topic_names import topic_names
from dashboard.warning_words import headline, reasons_against
from data import formats
from data.page_reads import network as reads
from data.page_reads.network import Node, Picture
from data.page_reads.volume import first_post
from data.page_reads.warnings import Group, groups, members
from data.page_reads.week import Week, week_to

LOOKS_BACK = timedelta(days=28)  # what communities speak of
CONNECTORS, NEIGHBOURS, NEWCOMERS, TOGETHER = 8, 12, 12, 6  # rows shown


@dataclass(frozen=True, slots=True)
class Community:
    """Accounts that are linked among themselves more than with others."""

    key: str
    rank: int
    name: str
    nodes: tuple[Node, ...]


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("network", layout, path="/netzwerk")


@allowed(*SEES_PEOPLE)
def layout(konto: str = "", **_address: str) -> html.Div:
    """Build the page; `konto` is the number of the account whose panel is open."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, int(konto) if konto.isdecimal() and len(konto) < 19 else None)


def show(at: Here, connection: Connection, chosen: int | None) -> html.Div:
    """Build the page from the store."""
    picture = reads.picture(connection)
    head = html.H1(at.say("network.title"))
    if not picture.nodes:
        return html.Div(
            [head, html.P(at.say("network.nothing"), className="lead")], className="page"
        )
    week = week_to(at.now, at.zone)
    ids = [each.id for each in picture.nodes]
    posts = reads.posts_of(connection, ids, week.start, week.end)
    first = reads.first_posts(connection, ids)
    began = first_post(connection)
    communities = _communities(at, connection, picture)
    new = _newcomers(picture, first, began, week)
    return html.Div(
        [
            head,
            html.P(_lead(at, picture, communities, new, began, week), className="lead"),
            html.Div(
                [
                    _graph(at, picture, communities, chosen),
                    html.Div(
                        [
                            _panel(at, picture, communities, chosen, posts),
                            _connectors(at, picture, communities),
                        ],
                        className="stack",
                    ),
                ],
                className="columns columns-wide",
            ),
            html.Div(id="liste"),
            _community_table(at, communities, posts, new),
            html.Div(
                [_new_table(at, new, first, began, week), _together(at, connection)],
                className="columns columns-even",
            ),
        ],
        className="page",
    )


def _communities(at: Here, connection: Connection, picture: Picture) -> list[Community]:
    spoken = reads.spoken_of(connection, [each.id for each in picture.nodes], at.now - LOOKS_BACK)
    everybody = _sum(spoken.values())
    topics = topic_names(at.lang)
    sizes = Counter(each.community for each in picture.nodes if each.community)
    ranked = sorted(sizes, key=lambda key: (-sizes[key], key))
    members = [tuple(each for each in picture.nodes if each.community == key) for key in ranked]
    names = unlike(
        [
            community_name(_sum(spoken.get(each.id, {}) for each in nodes), everybody, topics)
            for nodes in members
        ]
    )
    return [
        Community(key, rank, names[rank] or at.say("network.group", n=rank + 1), members[rank])
        for rank, key in enumerate(ranked)
    ]


def _sum(counts: Iterable[Mapping[tuple[str, str], int]]) -> Counter[tuple[str, str]]:
    whole: Counter[tuple[str, str]] = Counter()
    for each in counts:
        whole.update(each)
    return whole


def _newcomers(
    picture: Picture, first: Mapping[int, datetime], began: datetime | None, week: Week
) -> list[Node]:
    """List who posted for the first time this week; nobody where the store is itself so young."""
    if began is None or began >= week.start:
        return []
    return [each for each in picture.nodes if first.get(each.id, week.before_start) >= week.start]


def _lead(
    at: Here,
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
    if began is not None and began < week.start:
        parts.append(at.count("network.new", len(new)))
    return " ".join(parts)


def _graph(
    at: Here, picture: Picture, communities: list[Community], chosen: int | None
) -> html.Section:
    ranks = {node.id: min(each.rank, SHAPES) for each in communities for node in each.nodes}
    keys = [
        html.Li([html.Span(className=f"key key-{each.rank}"), each.name])
        for each in communities[:SHAPES]
    ]
    others = len(communities) > SHAPES or any(not each.community for each in picture.nodes)
    if others:
        keys.append(html.Li([html.Span(className=f"key key-{SHAPES}"), at.say("network.others")]))
    return html.Section(
        [
            html.H2(at.say("network.picture")),
            html.P(at.say("network.explains"), className="quiet"),
            html.A(at.say("network.skip"), href="#liste", className="skip-inside"),
            network_graph(
                picture.nodes,
                picture.edges,
                ranks,
                chosen,
                lambda node: account_name(at, node),
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
                    at.say("figure.csv"), href="/csv/netzwerk", className="quiet-link", download=""
                )
            ),
        ],
        className="card",
    )


def _panel(
    at: Here,
    picture: Picture,
    communities: list[Community],
    chosen: int | None,
    posts: Mapping[int, int],
) -> html.Section:
    by_id = {each.id: each for each in picture.nodes}
    node = by_id.get(chosen) if chosen is not None else None
    if node is None:
        return html.Section(
            [html.H2(at.say("panel.title")), html.P(at.say("panel.choose"), className="nothing")],
            className="card panel",
            id="konto",
            tabIndex="-1",
        )
    community = next((each.name for each in communities if each.key == node.community), None)
    links = sorted(
        (each for each in picture.edges if node.id in (each.a, each.b)),
        key=lambda each: -each.weight,
    )
    why = [
        html.Li(
            [
                at.say(f"panel.{'together' if each.kind == 'together' else 'talk'}"),
                " ",
                _account_link(at, by_id[each.b if each.a == node.id else each.a]),
                " – ",
                at.count(
                    f"panel.{'objects' if each.kind == 'together' else 'times'}",
                    max(round(each.weight), 1),
                ),
            ]
        )
        for each in links[:NEIGHBOURS]
        if each.a in by_id and each.b in by_id
    ]
    facts = [at.say("panel.in", community=community)] if community else []
    facts.append(at.count("panel.posts", posts.get(node.id, 0)))
    if node.bot:
        facts.append(at.say("account.declared"))
    name = account_name(at, node)
    return html.Section(
        [
            html.H2(name if node.hidden else web_link(broken_name(at, node), node.url)),
            html.P([network_name(at, node.network), ". ", " ".join(facts)]),
            html.H3(at.say("panel.why")),
            html.Ul(why, className="plain-list"),
            html.P(at.count("panel.more", len(links) - len(why)), className="quiet")
            if len(links) > len(why)
            else None,
            html.P(html.A(at.say("panel.close"), href="?")),
        ],
        className="card panel",
        id="konto",
        tabIndex="-1",
    )


def _account_link(at: Here, node: Node) -> html.A:
    return html.A(broken_name(at, node), href=f"?konto={node.id}")


def _community_table(
    at: Here, communities: list[Community], posts: Mapping[int, int], new: list[Node]
) -> html.Section:
    fresh = {each.id for each in new}
    rows = []
    for each in communities:
        members: list[Any] = []
        for node in each.nodes[:3]:
            members += [", ", _account_link(at, node)] if members else [_account_link(at, node)]
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


def _connectors(at: Here, picture: Picture, communities: list[Community]) -> html.Section:
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
                _account_link(at, each),
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


def _new_table(
    at: Here, new: list[Node], first: Mapping[int, datetime], began: datetime | None, week: Week
) -> html.Section:
    if began is not None and began >= week.start:
        said = at.say("network.too_young", day=at.day(began))
        return html.Section(
            [html.H2(at.say("network.new_title")), html.P(said, className="nothing")],
            className="card",
        )
    rows = [
        [
            Cell(_account_link(at, each), account_name(at, each)),
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


def _together(at: Here, connection: Connection) -> html.Section | None:
    """Show groups that act together as communities do: network activity, no warning."""
    found = groups(connection, ("community",))
    if not found:
        return None
    items = [_together_item(at, connection, each) for each in found[:TOGETHER]]
    return html.Section(
        [
            html.H2(at.say("together.title")),
            html.P(at.say("together.explains"), className="quiet"),
            html.Ul(items, className="plain-list spaced"),
        ],
        className="card",
    )


def _together_item(at: Here, connection: Connection, group: Group) -> html.Li:
    who = members(connection, group.id)
    named: list[Any] = [account_name(at, each) for each in who if not each.hidden][:3]
    more = len(who) - len(named)
    said = ", ".join(named) + (" " + at.count("network.and", more) if more else "")
    against = reasons_against(at, group)
    return html.Li(
        [
            html.P(headline(at, group)),
            html.P(said, className="quiet"),
            html.P(against[0], className="quiet") if against else None,
        ]
    )

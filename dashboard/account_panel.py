"""One account of the network more closely: with whom it is linked, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.account_name import account_name, broken_name
from dashboard.communities import Community
from dashboard.filters import Filters, address
from dashboard.here import Here
from dashboard.network_address import account_address
from dashboard.post_view import network_name, web_link
from data.page_reads.network import Edge, Node, Picture

NEIGHBOURS = 12  # rows shown


def account_panel(
    at: Here,
    filters: Filters,
    picture: Picture,
    communities: Sequence[Community],
    chosen: int | None,
    posts: Mapping[int, int],
) -> html.Section:
    """Build the panel of the `chosen` account, or the invitation to choose one."""
    by_id = {each.id: each for each in picture.nodes}
    node = by_id.get(chosen) if chosen is not None else None
    if node is None:
        return html.Section(
            [html.H2(at.say("panel.title")), html.P(at.say("panel.choose"), className="nothing")],
            className="card panel",
            id="konto",
            tabIndex="-1",
        )
    community = next((each for each in communities if each.key == node.community), None)
    links = sorted(
        (each for each in picture.edges if node.id in (each.a, each.b)),
        key=lambda each: -each.weight,
    )
    homes = {each.id: of for of in communities for each in of.nodes}
    why = [
        _why(at, filters, each, by_id[each.b if each.a == node.id else each.a], homes, community)
        for each in links[:NEIGHBOURS]
        if each.a in by_id and each.b in by_id
    ]
    facts = [at.say("panel.in", community=community.name)] if community else []
    facts.append(at.count("panel.posts", posts.get(node.id, 0)))
    if node.bot:
        facts.append(at.say("account.declared"))
    name = account_name(at, node)
    return html.Section(
        [
            html.H2(name if node.hidden else web_link(broken_name(at, node), node.url)),
            html.P([network_name(at, node.network), ". ", " ".join(facts)]),
            html.H3(at.say("panel.why")),
            html.P(at.say("panel.why_explains"), className="quiet"),
            html.Ul(why, className="plain-list lines"),
            html.P(at.count("panel.more", len(links) - len(why)), className="quiet")
            if len(links) > len(why)
            else None,
            html.P(html.A(at.say("panel.close"), href=address("", filters.chosen))),
        ],
        className="card panel",
        id="konto",
        tabIndex="-1",
    )


def _why(
    at: Here,
    filters: Filters,
    edge: Edge,
    other: Node,
    homes: Mapping[int, Community],
    own: Community | None,
) -> html.Li:
    """Say why one is linked with another, and where that leads into another community."""
    together = edge.kind == "together"
    home = homes.get(other.id)
    said: list[Any] = [
        at.say(f"panel.{'together' if together else 'talk'}"),
        " ",
        account_link(at, filters, other),
        " – ",
        at.count(f"panel.{'objects' if together else 'times'}", max(round(edge.weight), 1)),
    ]
    if home is not None and home != own:
        leads = at.say("panel.leads_to", community=home.name)
        said.append(html.Span(leads, className="quiet beside"))
    return html.Li(said)


def account_link(at: Here, filters: Filters, node: Node) -> html.A:
    """Name an account so that its panel opens; the page stays narrowed."""
    return html.A(broken_name(at, node), href=account_address(filters, node.id))

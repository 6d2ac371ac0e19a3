"""One account of the network more closely: with whom it is linked, and why."""

from collections.abc import Mapping, Sequence

from dash import html

from dashboard.account_name import account_name, broken_name
from dashboard.communities import Community
from dashboard.here import Here
from dashboard.post_view import network_name, web_link
from data.page_reads.network import Node, Picture

NEIGHBOURS = 12  # rows shown


def account_panel(
    at: Here,
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
                account_link(at, by_id[each.b if each.a == node.id else each.a]),
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


def account_link(at: Here, node: Node) -> html.A:
    """Name an account so that its panel opens."""
    return html.A(broken_name(at, node), href=f"?konto={node.id}")

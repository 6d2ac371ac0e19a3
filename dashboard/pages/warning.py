"""One warning: why, when, who with whom, what text; what speaks against it; and the decision."""

from datetime import timedelta
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import deciding
from dashboard.access import DECIDES, SEES_PEOPLE, allowed, may
from dashboard.account_name import account_name, broken_name
from dashboard.account_state import account_path
from dashboard.charts.circle import circle, shared_objects
from dashboard.charts.timeline import MOST_ROWS, timeline
from dashboard.figures import figure, quiet_section
from dashboard.folding import foldable
from dashboard.here import Here, engine, here
from dashboard.marks import mark_words
from dashboard.post_view import network_name, start_of, web_link
from dashboard.routes import add_page
from dashboard.side_by_side import pairs_of_texts, side_by_side
from dashboard.story_view import figures_of_story, in_order
from dashboard.tables import Cell, Column, table
from dashboard.warning_state import state_part
from dashboard.warning_words import (
    about_words,
    headline,
    kinds_words,
    reason_list,
    reasons_against,
    reasons_for,
    weighed_against,
    when_words,
)
from data import formats
from data.page_reads import warnings as reads
from data.page_reads.about import about
from data.page_reads.network import posts_of
from data.page_reads.stories import story
from data.page_reads.volume import posts_between
from data.page_reads.warnings import Evidence, Group, Member

PAIRS = 8  # pairs of accounts listed
ROWS = 60  # accounts listed
MOST_EVIDENCE = 500  # posts read; of more it is not known here how many there are
MOMENT = timedelta(seconds=1)  # so that a last post counts


def register(app: Dash) -> None:
    """Register the page and its form."""
    add_page("warning", layout, template="/warnungen/<warning>", alike=True)
    deciding.register(app)


@allowed(*SEES_PEOPLE)
def layout(warning: str = "", **_address: str) -> html.Div:
    """Build the page of the warning with this id."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, warning)


def show(at: Here, connection: Connection, name: str) -> html.Div:
    """Build the page from the store."""
    group = reads.group(connection, name[:64])
    if group is None or not _shown(group):
        return html.Div(
            [
                html.H1(at.say("warning.title")),
                html.P(at.say("warning.unknown"), className="lead"),
                html.P(html.A(at.say("warning.back"), href="/warnungen")),
            ],
            className="page",
        )
    members = reads.members(connection, [group.id])[group.id]
    posts = reads.evidence(connection, group.id, MOST_EVIDENCE)
    names = {each.id: account_name(at, each) for each in members}
    told = story(connection, group.id)
    return html.Div(
        [
            html.P(html.A(at.say("warning.back"), href="/warnungen"), className="back"),
            html.H1(headline(at, group)),
            state_part(at, group),
            about_words(at, about(connection, [group.id]).get(group.id)),
            _facts(at, connection, group, posts),
            html.Div([_for(at, group), _against(at, group)], className="columns columns-even"),
            _when(at, posts, names),
            _texts(at, posts, names),
            in_order(at, told, _names_by_key(at, members)) if told else None,
            html.Div(
                [_who(at, posts, names), _pairs(at, members, posts, names)],
                className="columns columns-even",
            ),
            figures_of_story(at, told) if told else None,
            _accounts(at, connection, group, members, posts),
            deciding.decision_part(at, connection, group.id),
        ],
        className="page",
    )


def _names_by_key(at: Here, members: list[Member]) -> dict[str, str]:
    return {f"{each.network}:{each.native_id}": account_name(at, each) for each in members}


def _shown(group: Group) -> bool:
    """Say whether this is a warning, or was one before people said what explains it."""
    explained = any(str(each.get("code")).startswith("known_") for each in group.reasons)
    return group.level != "community" or group.verdict is not None or explained


def _facts(at: Here, connection: Connection, group: Group, posts: list[Evidence]) -> html.Dl:
    everybody = posts_between(connection, group.first, group.last + MOMENT)
    facts: list[tuple[str, Any]] = [
        (at.say("fact.accounts"), at.number(group.accounts)),
        (at.say("fact.networks"), ", ".join(network_name(at, each) for each in group.networks)),
        (at.say("fact.share"), kinds_words(at, group)),
        (at.say("fact.when"), when_words(at, group)),
        (at.say("fact.posts"), _of_all(at, len(posts), everybody)),
        (at.say("fact.found"), at.ago(group.detected_at)),
    ]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"
    )


def _of_all(at: Here, count: int, everybody: int) -> str:
    """Compare with all posts of that time; they lack bridged copies, which may be evidence."""
    if count > everybody or count == MOST_EVIDENCE:
        return at.number(count)
    return at.say("fact.of_all", here=at.number(count), all=at.number(everybody))


def _for(at: Here, group: Group) -> html.Section:
    said = reasons_for(at, group)
    return html.Section(
        [
            html.H2(at.say("warning.for")),
            reason_list(said[1:] or said, at.say("warning.for_none")),  # the first is the title
        ],
        className="card",
    )


def _against(at: Here, group: Group) -> html.Section:
    said, weighs = reasons_against(at, group), weighed_against(at, group)
    return html.Section(
        [
            html.H2(at.say("warning.against")),
            reason_list([*said, *([weighs] if weighs else [])], at.say("warning.against_none")),
            html.P(at.say("warning.against_always"), className="quiet"),
            html.P(html.A(at.say("warning.errs"), href="/transparenz#irrtum"), className="quiet"),
        ],
        className="card",
    )


def _when(at: Here, posts: list[Evidence], names: dict[int, str]) -> html.Section:
    if not posts:
        return quiet_section(at.say("when.title"), at.say("when.nothing"))
    rows = [
        [
            Cell(at.moment(each.at), each.at.isoformat()),
            names.get(each.account, at.say("account.nameless")),
            Cell(web_link(html.Bdi(start_of(each.text, 12)), each.url), None),
        ]
        for each in posts[:200]
    ]
    columns = [
        Column(at.say("when.moment")),
        Column(at.say("network.account")),
        Column(at.say("when.post"), sorts=False),
    ]
    accounts = len({each.account for each in posts})
    span = formats.span((posts[-1].at - posts[0].at).total_seconds(), at.lang, dative=True)
    finding = at.say(
        "when.finding",
        posts=at.count("unit.posts", len(posts)),
        accounts=at.count("unit.accounts_dative", accounts),
        span=span,
    )
    more = at.say("when.most", n=MOST_ROWS) if accounts > MOST_ROWS else at.say("when.explains")
    return figure(
        at,
        finding,
        more,
        timeline(at, posts, names, finding),
        table(at, at.say("when.title"), columns, rows),
        name="when",
    )


def _who(at: Here, posts: list[Evidence], names: dict[int, str]) -> html.Section:
    if not shared_objects(posts):
        return quiet_section(at.say("who.title"), at.say("who.nothing"))
    return figure(
        at,
        at.say("who.title"),
        at.say("who.explains"),
        circle(posts, names, at.say("who.label")),
        name="who",
    )


def _pairs(
    at: Here, members: list[Member], posts: list[Evidence], names: dict[int, str]
) -> html.Section | None:
    found = [
        pair for pair in shared_objects(posts).most_common(PAIRS) if set(pair[0]) <= names.keys()
    ]
    if not found:
        return None
    by_id = {each.id: each for each in members}
    rows = [
        [
            Cell(broken_name(at, by_id[one]), names[one]),
            Cell(broken_name(at, by_id[other]), names[other]),
            count,
        ]
        for (one, other), count in found
    ]
    columns = [
        Column(at.say("network.account")),
        Column(at.say("who.with")),
        Column(at.say("who.shared"), number=True),
    ]
    title = at.say("who.pairs")
    return foldable(
        title,
        [
            html.P(at.say("who.pairs_explain"), className="quiet"),
            table(at, title, columns, rows),
        ],
    )


def _texts(at: Here, posts: list[Evidence], names: dict[int, str]) -> html.Section:
    found = pairs_of_texts(posts)
    if not found:
        return quiet_section(at.say("texts.title"), at.say("texts.nothing"))
    nameless = at.say("account.nameless")
    return html.Section(
        [
            html.H2(at.say("texts.title")),
            html.P(
                [at.say("texts.explains"), " ", html.Mark(at.say("texts.marked")), "."],
                className="quiet",
            ),
            *(
                side_by_side(
                    at,
                    pair,
                    names.get(pair.left.account, nameless),
                    names.get(pair.right.account, nameless),
                )
                for pair in found
            ),
        ],
        className="card",
    )


def _accounts(
    at: Here, connection: Connection, group: Group, members: list[Member], posts: list[Evidence]
) -> html.Section:
    whole = posts_of(connection, [each.id for each in members], group.first, group.last + MOMENT)
    shared: dict[int, int] = {}
    for post in posts:
        shared[post.account] = shared.get(post.account, 0) + 1
    rows: list[list[Any]] = []
    for each in members[:ROWS]:
        name = account_name(at, each)
        rows.append(
            [
                Cell(_link(at, each), name),
                network_name(at, each.network),
                Cell(
                    html.Span(at.day(each.created_at), className="whole")
                    if each.created_at
                    else at.say("unit.unknown"),
                    each.created_at.isoformat() if each.created_at else "",
                ),
                at.say("unit.unknown") if each.followers is None else each.followers,
                Cell(
                    _part(at, shared.get(each.id, 0), whole.get(each.id, 0)), shared.get(each.id, 0)
                ),
                Cell(mark_words(at, each), None),
            ]
        )
    columns = [
        Column(at.say("network.account")),
        Column(at.say("network.on")),
        Column(at.say("accounts.since")),
        Column(at.say("accounts.followers"), number=True),
        Column(at.say("accounts.posts"), number=True),
        Column(at.say("accounts.marks"), sorts=False),
    ]
    title = at.say("accounts.title")
    return foldable(
        title,
        [
            html.P(
                f"{at.say('accounts.explains')} {_usual(at, connection, group)}", className="quiet"
            ),
            table(at, title, columns, rows),
        ],
    )


def _link(at: Here, member: Member) -> Any:
    """Lead to the account's own page who may check accounts, everybody else to its network."""
    if may(*DECIDES):
        return html.A(broken_name(at, member), href=account_path(member.id))
    return (
        broken_name(at, member) if member.hidden else web_link(broken_name(at, member), member.url)
    )


def _usual(at: Here, connection: Connection, group: Group) -> str:
    """Say what the other accounts are like; nothing where they are too few to compare with."""
    usual = reads.usual(connection, group.id)
    if usual is None:
        return ""
    return at.say(
        "accounts.usual", created=at.day(usual.created_at), followers=at.number(usual.followers)
    )


def _part(at: Here, here_posts: int, all_posts: int) -> str:
    """Compare an account's posts that are evidence with all it wrote in the same time."""
    return at.say(
        "accounts.of", here=at.number(here_posts), all=at.number(max(all_posts, here_posts))
    )

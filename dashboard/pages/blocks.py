"""Sperrliste & Einsprüche: what waits for somebody, and the list that people copy to networks."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import DECIDES, allowed
from dashboard.account_search import account_search, asked_name
from dashboard.account_standing import waited, whose_turn
from dashboard.account_state import account_path, account_tag, shown_name, told_name
from dashboard.block_basis import basis
from dashboard.decision_history import LONGEST_REASON, appeal_words, verdict_words
from dashboard.here import Here, engine, here
from dashboard.narrowing import page_number, pager
from dashboard.post_view import network_name, words_of
from dashboard.routes import add_page
from dashboard.tables import Cell, Column, table
from data import decisions
from data.decisions import Block, came_on
from data.page_reads.profiles import Profile, profiles_by_key
from data.plain import isolated, plain

PATH = "/sperrliste"
SHOWN = 50  # rows of the list
WAITING = 200  # appeals, and proposals
ENDED = 20
LONGEST_HANDLE = 320  # characters; no network has longer ones
SHORT_REASON = 280  # characters, in rows; the account's page has the whole
LISTED = ("blocked", "appealed")
OVER = ("rejected", "withdrawn", "lifted")


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("blocks", layout, path=PATH)


@allowed(*DECIDES)
def layout(seite: Any = "", konto: Any = "", **_address: Any) -> html.Div:
    """Build the page; `seite` is the page of the list, from 1, `konto` a name to find."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, seite, asked_name(konto))


def show(at: Here, connection: Connection, wanted: Any = "", name: str = "") -> html.Div:
    """Build the page from the store."""
    counts = decisions.count_blocks(connection)
    listed = sum(counts.get(each, 0) for each in LISTED)
    page = page_number(wanted, SHOWN, listed)
    appeals = sorted(
        decisions.list_blocks(connection, ["appealed"], WAITING),
        key=lambda each: (came_on(each.entries[-1]), each.newest),
    )
    proposals = decisions.list_blocks(connection, ["proposed"], WAITING)[::-1]
    rows = decisions.list_blocks(connection, LISTED, SHOWN, page * SHOWN)
    over = decisions.list_blocks(connection, OVER, ENDED)
    found = {each.account for each in (*appeals, *proposals, *rows, *over)}
    who = profiles_by_key(connection, found)
    return html.Div(
        [
            html.H1(at.say("blocks.title")),
            html.P(
                at.count("blocks.lead", listed) if listed else at.say("blocks.empty"),
                className="lead",
            ),
            html.P(at.say("blocks.explains"), className="reading"),
            _appeals(at, appeals, who),
            _proposals(at, proposals, who),
            account_search(at, connection, name, PATH),
            _list(at, rows, who, page, listed),
            _over(at, over, who),
            html.Details(
                [
                    html.Summary(at.say("blocks.limits")),
                    html.P(at.say("blocks.limits_text"), className="reading"),
                ],
                className="meaning",
            ),
        ],
        className="page",
    )


def _appeals(at: Here, found: list[Block], who: Mapping[str, Profile]) -> html.Section | None:
    if not found:
        return None
    return html.Section(
        [
            html.H2(at.count("blocks.appeals", len(found))),
            html.P(at.say("blocks.appeals_explain"), className="quiet"),
            html.Ul([_appeal(at, each, who) for each in found], className="case-list"),
        ],
        className="card needs-someone",
        id="einsprueche",
    )


def _appeal(at: Here, block: Block, who: Mapping[str, Profile]) -> html.Li:
    appeal = block.entries[-1]
    waits = html.Span(at.say("blocks.waits", waits=waited(at, appeal)), className="tag tag-act")
    return html.Li(
        [
            html.H3(_name(at, block, who, "entscheiden")),
            html.P(
                [waits, html.Span(appeal_words(at, appeal), className="quiet")], className="tags"
            ),
            words_of(appeal.reason, LONGEST_REASON),
            html.P(whose_turn(at, block)),
            html.Details([html.Summary(at.say("blocks.basis")), basis(at, block)]),
        ],
        className="case",
    )


def _proposals(at: Here, found: list[Block], who: Mapping[str, Profile]) -> html.Section | None:
    if not found:
        return None
    return html.Section(
        [
            html.H2(at.count("blocks.proposals", len(found))),
            html.P(at.say("blocks.proposals_explain"), className="quiet"),
            html.Ul([_proposal(at, each, who) for each in found], className="case-list"),
        ],
        className="card",
        id="vorschlaege",
    )


def _proposal(at: Here, block: Block, who: Mapping[str, Profile]) -> html.Li:
    made = block.proposal
    return html.Li(
        [
            html.H3(_name(at, block, who, "entscheiden")),
            html.P([at.say("standing.by_block_propose", who=made.who), " ", at.ago(made.at), "."]),
            words_of(made.reason, LONGEST_REASON),
            html.P(whose_turn(at, block), className="quiet"),
        ],
        className="case",
    )


def _list(
    at: Here, found: list[Block], who: Mapping[str, Profile], page: int, count: int
) -> html.Section:
    title = at.say("blocks.list")
    if not found:
        return html.Section(
            [
                html.H2(title),
                html.P(at.say("blocks.nothing"), className="nothing"),
                html.P(html.A(at.say("blocks.review"), href="/konten")),
            ],
            className="card",
        )
    columns = [
        Column(at.say("network.account")),
        Column(at.say("network.on")),
        Column(at.say("blocks.since")),
        Column(at.say("blocks.why"), sorts=False),
        Column(at.say("blocks.who")),
        Column(at.say("review.made")),
    ]
    return html.Section(
        [
            html.H2(title),
            html.P(at.say("blocks.list_explains"), className="quiet"),
            table(at, title, columns, [_row(at, each, who) for each in found], "blocks"),
            pager(at, PATH, {}, page, SHOWN, count),
            html.Div(
                [
                    _names(at, found, who),
                    html.A(
                        at.say("figure.csv"),
                        href="/csv/sperrliste",
                        className="quiet-link",
                        download="",
                    ),
                ],
                className="below",
            ),
        ],
        className="card",
        id="liste",
    )


def _row(at: Here, block: Block, who: Mapping[str, Profile]) -> list[Any]:
    confirmed = block.confirmation or block.proposal
    profile = who.get(block.account)
    both = at.say("blocks.both", one=block.proposal.who, other=confirmed.who)
    return [
        Cell(_name(at, block, who), told_name(at, profile) if profile else block.account),
        network_name(at, block.account.partition(":")[0]),
        Cell(html.Span(at.day(confirmed.at), className="whole"), confirmed.at.isoformat()),
        Cell(words_of(block.proposal.reason, SHORT_REASON), None),
        both,
        Cell(account_tag(at, block.state), block.state),
    ]


def _names(at: Here, found: list[Block], who: Mapping[str, Profile]) -> html.Details:
    """Give the names as people copy them, one a line, by network."""
    by_network: dict[str, list[str]] = defaultdict(list)
    unnamed = 0
    for each in found:
        profile = who.get(each.account)
        handle = profile.handle if profile and not profile.hidden else None
        if profile is None or not handle or len(handle) > LONGEST_HANDLE:
            unnamed += 1
        else:
            by_network[profile.network].append("".join(plain(handle).split()))
    parts: list[Any] = []
    for network, names in sorted(by_network.items()):
        parts += [
            html.H3(network_name(at, network)),
            html.Pre("\n".join(sorted(names)), className="names-to-copy", dir="ltr"),
        ]
    if unnamed:
        parts.append(html.P(at.count("blocks.unnamed", unnamed), className="quiet"))
    return html.Details([html.Summary(at.say("blocks.names")), *parts])


def _over(at: Here, found: list[Block], who: Mapping[str, Profile]) -> html.Details | None:
    if not found:
        return None
    items = [
        html.Li(
            [
                html.P(_name(at, each, who)),
                html.P(
                    [
                        html.Strong(verdict_words(at, each.entries[-1])),
                        f" – {isolated(each.entries[-1].who)}, ",
                        at.ago(each.entries[-1].at),
                    ]
                ),
                words_of(each.entries[-1].reason, SHORT_REASON),
            ]
        )
        for each in found
    ]
    return html.Details(
        [html.Summary(at.say("blocks.over")), html.Ol(items, className="history")],
        className="meaning",
    )


def _name(at: Here, block: Block, who: Mapping[str, Profile], part: str = "") -> Any:
    """Link to the account's page; the store may no longer have the account."""
    profile = who.get(block.account)
    if profile is None:
        return at.say("account.nameless")
    return html.A(shown_name(at, profile), href=account_path(profile.id, part))

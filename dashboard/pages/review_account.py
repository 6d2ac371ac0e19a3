"""One account to check: its marks against what is usual, its warnings, its posts, the decision."""

from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import account_deciding
from dashboard.access import DECIDES, allowed
from dashboard.account_head import head_part
from dashboard.account_marks import Measured, compared, measured, sentence
from dashboard.account_state import shown_name
from dashboard.block_basis import basis
from dashboard.here import Here, engine, here
from dashboard.post_view import network_name, web_link, words_of
from dashboard.routes import add_page
from dashboard.tables import Column, table
from dashboard.warning_words import (
    changed_words,
    decided_words,
    headline,
    level_words,
    reason_list,
    reasons_against,
    state_tag,
)
from data.page_reads.one_account import OneAccount, Part, evidence_of, one_account
from data.page_reads.usual_range import usual_range
from data.page_reads.warnings import Evidence

POSTS = 12  # shown; the warnings have the others


def register(app: Dash) -> None:
    """Register the page and its form."""
    add_page("review_account", layout, template="/konten/<account>")
    account_deciding.register(app)


@allowed(*DECIDES)
def layout(account: str = "", **_address: Any) -> html.Div:
    """Build the page of the account with this row number."""
    at = here()
    number = int(account) if account.isdecimal() and len(account) < 16 else 0
    with engine().connect() as connection:
        return show(at, connection, number)


def show(at: Here, connection: Connection, number: int) -> html.Div:
    """Build the page from the store."""
    account = one_account(connection, number)
    back = html.P(html.A(at.say("review_account.back"), href="/konten"), className="back")
    if account is None:
        return html.Div(
            [
                back,
                html.H1(at.say("review_account.title")),
                html.P(at.say("review_account.unknown"), className="lead"),
            ],
            className="page",
        )
    figures = measured(at, account.profile, usual_range(connection, at.now))
    warnings = [part.group.id for part in account.parts]
    posts = evidence_of(connection, account.profile.id, warnings, POSTS)
    return html.Div(
        [
            back,
            html.H1(shown_name(at, account.profile)),
            head_part(at, account),
            _facts(at, account),
            html.Div(
                [_for(at, account, figures), _against(at, account, figures)],
                className="columns columns-even",
            ),
            _figures(at, figures) if any(each.place is not None for each in figures) else None,
            _warnings(at, account),
            _posts(at, posts) if account.parts else None,
            _basis(at, account),
            account_deciding.decision_part(at, account),
        ],
        className="page",
    )


def _facts(at: Here, account: OneAccount) -> html.Dl:
    profile = account.profile
    facts: list[tuple[str, Any]] = [(at.say("network.on"), network_name(at, profile.network))]
    if profile.created_at:
        facts.append((at.say("accounts.since"), at.day(profile.created_at)))
    facts.append((at.say("review_account.stored"), at.number(account.stored)))
    if account.last:
        facts.append((at.say("review_account.last"), at.ago(account.last)))
    if not profile.hidden and profile.url:
        link = web_link(at.say("review_account.open"), profile.url)
        facts.append((at.say("review_account.profile"), link))
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"
    )


def _for(at: Here, account: OneAccount, figures: list[Measured]) -> html.Section:
    said = []
    for part in account.parts:
        shared = int(part.marks.get("shared_objects") or 0)
        if shared:
            day = at.day(part.group.first)
            said.append(at.count("review_account.shares", shared, day=day))
    said += [sentence(at, each) for each in figures if each.strikes]
    return html.Section(
        [
            html.H2(at.say("warning.for")),
            reason_list(said, at.say("warning.for_none")),
        ],
        className="card",
    )


def _against(at: Here, account: OneAccount, figures: list[Measured]) -> html.Section:
    said = [at.say("account.declared")] if account.profile.bot else []
    said += [sentence(at, each) for each in figures if each.eases]
    for part in account.parts:
        said += [each for each in reasons_against(at, part.group) if each not in said]
    return html.Section(
        [
            html.H2(at.say("warning.against")),
            reason_list(said, at.say("warning.against_none")),
            html.P(at.say("warning.against_always"), className="quiet"),
        ],
        className="card",
    )


def _figures(at: Here, figures: list[Measured]) -> html.Section:
    rows = [
        [
            at.say(f"measure.{each.measure}"),
            each.said,
            each.usual or at.say("measure.too_few"),
            compared(at, each),
        ]
        for each in figures
    ]
    columns = [
        Column(at.say("story.what"), sorts=False),
        Column(at.say("review_account.this"), sorts=False),
        Column(at.say("story.usual"), sorts=False),
        Column(at.say("measure.comparison"), sorts=False),
    ]
    title = at.say("story.compared")
    return html.Section(
        [
            html.H2(title),
            html.P(at.say("measure.explains"), className="quiet"),
            table(at, title, columns, rows),
        ],
        className="card",
    )


def _warnings(at: Here, account: OneAccount) -> html.Section:
    return html.Section(
        [
            html.H2(at.say("review_account.warnings")),
            html.Ul([_warning(at, each) for each in account.parts], className="case-list")
            if account.parts
            else html.P(at.say("review_account.no_warning"), className="nothing"),
        ],
        className="card",
    )


def _warning(at: Here, part: Part) -> html.Li:
    group = part.group
    belong = at.say(
        "review_account.belong",
        here=at.number(part.belong),
        all=at.count("review_account.posts_dative", max(part.written, part.belong)),
    )
    return html.Li(
        [
            html.P(
                [state_tag(at, group), html.Span(level_words(at, group), className="quiet")],
                className="tags",
            ),
            html.H3(html.A(headline(at, group), href=f"/warnungen/{group.id}")),
            html.P(belong, className="quiet"),
            decided_words(at, group),
            changed_words(at, group),
        ],
        className="case",
    )


def _posts(at: Here, posts: list[Evidence]) -> html.Section:
    shown: Any = (
        html.Ul([_post(at, each) for each in posts], className="calls")
        if posts
        else html.P(at.say("when.nothing"), className="nothing")
    )
    return html.Section(
        [
            html.H2(at.say("review_account.posts")),
            html.P(at.say("review_account.posts_explain", n=POSTS), className="quiet"),
            shown,
        ],
        className="card",
    )


def _post(at: Here, post: Evidence) -> html.Li:
    moment = at.moment(post.at)
    link = web_link([at.say("call.read"), html.Span(f": {moment}", className="heard")], post.url)
    linked = isinstance(link, html.A)
    return html.Li(
        [
            words_of(post.text),
            html.P([at.ago(post.at), *([" · ", link] if linked else [])], className="quiet"),
        ],
        className="call",
    )


def _basis(at: Here, account: OneAccount) -> html.Section | None:
    block = account.block
    if block is None or not block.waits_or_listed:
        return None
    return html.Section(
        [html.H2(at.say("blocks.basis")), basis(at, block)], className="card", id="grundlage"
    )

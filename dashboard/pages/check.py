"""Einordnung prüfen: one post, what the tagger says about it, and the form that corrects it."""

from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import correcting
from dashboard.access import SEES_PEOPLE, allowed
from dashboard.found_table import found_table
from dashboard.given import key_in
from dashboard.here import Here, engine, here
from dashboard.post_view import CHECK_PATH, is_web, network_name, web_link, words_of
from dashboard.routes import add_page
from data.page_reads.one_post import OnePost, one_post

LONGEST_SHOWN = 10_000  # characters; labels are checked against the whole text


def register(app: Dash) -> None:
    """Register the page and its form."""
    add_page("check", layout, path=CHECK_PATH)
    correcting.register(app)


@allowed(*SEES_PEOPLE)
def layout(post: str | list[str] = "", **_address: Any) -> html.Div:
    """Build the page of the post with this key; an address that names several names none."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, key_in(post))


def show(at: Here, connection: Connection, key: str) -> html.Div:
    """Build the page from the store."""
    post = one_post(connection, key)
    head = html.H1(at.say("check.title"))
    if post is None:
        return html.Div(
            [
                head,
                html.P(at.say("check.unknown"), className="lead"),
                html.P(html.A(at.say("missing.link"), href="/")),
            ],
            className="page",
        )
    return html.Div(
        [
            head,
            html.P(at.say("check.lead"), className="lead"),
            html.Div(
                [
                    html.Div([_post(at, post), _found(at, post)], className="stack"),
                    correcting.correction_part(at, post),
                ],
                className="columns columns-even",
            ),
        ],
        className="page",
    )


def _post(at: Here, post: OnePost) -> html.Section:
    about: list[Any] = [network_name(at, post.network), " · ", at.ago(post.at)]
    if is_web(post.url):
        about += [" · ", web_link(at.say("check.original"), post.url)]
    return html.Section(
        [
            html.H2(at.say("check.post")),
            words_of(post.text, LONGEST_SHOWN)
            if post.text.strip()
            else html.P(at.say("check.no_words"), className="nothing"),
            html.P(about, className="quiet"),
        ],
        className="card",
    )


def _found(at: Here, post: OnePost) -> html.Section:
    title = at.say("check.had_said" if post.correction else "check.said")
    shown = (
        found_table(at, post.found, title)
        if post.found
        else html.P(at.say("check.not_yet"), className="nothing")
    )
    return html.Section([html.H2(title), shown], className="card")

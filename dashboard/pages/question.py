"""One question to the authority: what was asked, whom to ask, what to answer, who does it."""

from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import answering
from dashboard.access import SEES_PEOPLE, allowed
from dashboard.contact_view import contact_list
from dashboard.given import key_in
from dashboard.here import Here, engine, here
from dashboard.post_view import web_link, words_of
from dashboard.question_view import question_words, waiting
from dashboard.queue_address import CONTACTS_PATH, PATH, QUESTION_PATH
from dashboard.routes import add_page
from dashboard.text_block_view import text_blocks
from data import decisions
from data.contacts import Contact, fitting, read_contacts
from data.decisions.questions import KIND
from data.page_reads.questions import Question, question
from data.page_reads.replies import replies
from data.text_blocks import fitting_blocks, read_text_blocks

CONTACTS = 6  # shown


def register(app: Dash) -> None:
    """Register the page and its form."""
    add_page("question", layout, path=QUESTION_PATH)
    answering.register(app)


@allowed(*SEES_PEOPLE)
def layout(post: str | list[str] = "", **_address: Any) -> html.Div:
    """Build the page of the question in the post with this key."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, key_in(post))


def show(at: Here, connection: Connection, key: str) -> html.Div:
    """Build the page from the store."""
    asked = question(connection, key)
    back = html.P(html.A(at.say("question.back"), href=PATH), className="back")
    if asked is None:
        return html.Div(
            [
                back,
                html.H1(at.say("question.title")),
                html.P(at.say("question.unknown"), className="lead"),
            ],
            className="page",
        )
    call = asked.call
    contacts = fitting(read_contacts(), call.topics, call.places, urgent=call.urgent)
    blocks = fitting_blocks(read_text_blocks(), call.topics)
    made = decisions.history(connection, KIND, key)
    return html.Div(
        [
            back,
            html.H1(at.say("question.title")),
            html.Div(
                [
                    html.Div(
                        [_asked(at, asked), _replies(at, connection, asked)], className="stack"
                    ),
                    answering.answering_part(at, key, asked.state, asked.standing, made),
                ],
                className="columns columns-even",
            ),
            html.Div(
                [
                    text_blocks(at, blocks, call.lang, _to_name(contacts)),
                    _contacts(at, contacts),
                ],
                className="columns",
            ),
        ],
        className="page",
    )


def _asked(at: Here, asked: Question) -> html.Section:
    return html.Section(
        [
            html.H2(at.say("question.asked")),
            waiting(at, asked),
            html.Div(question_words(at, asked), className="call"),
        ],
        className="card",
    )


def _replies(at: Here, connection: Connection, asked: Question) -> html.Section | None:
    found = replies(connection, asked.call.id)
    if not found:
        return None
    return html.Section(
        [
            html.H2(at.say("question.replies")),
            html.P(at.say("question.replies_explain"), className="quiet"),
            html.Ul(
                [
                    html.Li(
                        [
                            words_of(each.text),
                            html.P(
                                web_link(at.ago(each.at), each.url),
                                className="quiet",
                            ),
                        ],
                        className="call",
                    )
                    for each in found
                ],
                className="calls",
            ),
        ],
        className="card",
    )


def _contacts(at: Here, contacts: list[Contact]) -> html.Section:
    return html.Section(
        [
            html.H2(at.say("contact.title")),
            html.P(at.say("contact.explains"), className="quiet"),
            contact_list(at, contacts[:CONTACTS]),
            html.P(html.A(at.say("contacts.link"), href=CONTACTS_PATH)),
        ],
        className="card",
        id="anlaufstellen",
    )


def _to_name(contacts: list[Contact]) -> Contact | None:
    """Choose the contact for the texts: the first that can be reached, no emergency call."""
    return next((each for each in contacts if not each.urgent and (each.phone or each.web)), None)

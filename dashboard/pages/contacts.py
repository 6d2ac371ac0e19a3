"""Anlaufstellen: all offices and hotlines that a question can be passed on to, to be checked."""

from collections.abc import Sequence
from typing import Any

from dash import Dash, html

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.contact_view import numbers
from dashboard.here import Here, here
from dashboard.post_view import web_link
from dashboard.queue_address import CONTACTS_PATH, PATH
from dashboard.routes import add_page
from dashboard.tables import Cell, Column, table
from dashboard.topic_names import topic_names
from data.contacts import Contact, read_contacts


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("contacts", layout, path=CONTACTS_PATH)


@allowed(*SEES_PEOPLE)
def layout(**_address: Any) -> html.Div:
    """Build the page from the file that the community edits."""
    at = here()
    return show(at, read_contacts())


def show(at: Here, contacts: Sequence[Contact]) -> html.Div:
    """Build the page of these contacts, in their order."""
    unchecked = sum(each.to_look_up(at.today) for each in contacts)
    columns = [
        Column(at.say("contacts.name")),
        Column(at.say("contacts.number"), sorts=False),
        Column(at.say("contacts.hours"), sorts=False),
        Column(at.say("contacts.topics")),
        Column(at.say("contacts.since")),
    ]
    return html.Div(
        [
            html.P(html.A(at.say("question.back"), href=PATH), className="back"),
            html.H1(at.say("contacts.title")),
            html.P(
                at.count("contacts.lead", len(contacts), unchecked=at.number(unchecked)),
                className="lead",
            ),
            html.Section(
                [
                    html.P(at.say("contacts.explains"), className="quiet"),
                    table(
                        at,
                        at.say("contacts.title"),
                        columns,
                        [_row(at, each) for each in contacts],
                        "contact-table",
                    ),
                ],
                className="card",
            ),
        ],
        className="page",
    )


def _row(at: Here, contact: Contact) -> list[Any]:
    name = contact.name(at.lang)
    names = topic_names(at.lang)
    topics = ", ".join(names[each] for each in contact.topics) or at.say("contacts.everything")
    places = f" ({', '.join(contact.places)})" if contact.places else ""
    looked_up: list[Any] = [html.Span(at.day(contact.since), className="whole")]
    if contact.to_look_up(at.today):
        looked_up.append(html.Span(at.say("contact.check"), className="tag tag-act"))
    return [
        Cell(
            [
                html.Span(web_link(name, contact.web or None)),
                html.Span(contact.purpose(at.lang), className="quiet beside"),
            ],
            name,
        ),
        Cell(numbers(at, contact), None),
        contact.hours(at.lang) or at.say("unit.unknown"),
        f"{topics}{places}",
        Cell(html.Div(looked_up, className="tags"), contact.since.isoformat()),
    ]

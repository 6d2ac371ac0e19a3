"""Offices and hotlines as the pages show them: number first, and whether it must be looked up."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.copying import copy_button
from dashboard.here import Here
from dashboard.label_names import label_name
from dashboard.post_view import web_link
from dashboard.question_view import tel
from data.contacts import Contact


def contact_list(at: Here, contacts: Sequence[Contact]) -> html.Ul:
    """List contacts, each with what it is for and how to reach it."""
    return html.Ul([_contact(at, each) for each in contacts], className="contacts")


def numbers(at: Here, contact: Contact) -> list[Any]:
    """Give the numbers, the best one large, or say that none is known."""
    if not contact.phone:
        return [html.Span(at.say("contact.no_number"), className="quiet")]
    first, *others = (
        html.A(each, href=tel(each), className="number-to-call" if place == 0 else "whole")
        for place, each in enumerate(contact.phone)
    )
    return [first, *(part for each in others for part in (" · ", each))]


def _contact(at: Here, contact: Contact) -> html.Li:
    name = f"kontakt-{contact.key}"
    return html.Li(
        [
            html.H3(contact.name(at.lang)),
            html.P(numbers(at, contact)),
            html.P(contact.purpose(at.lang), className="reading"),
            html.P(_facts(at, contact), className="quiet"),
            html.P(
                [html.Span(at.say("contact.check"), className="tag tag-act"), " ", contact.source]
                if contact.to_look_up(at.today)
                else at.say("contact.source", source=contact.source),
                className="quiet",
            ),
            html.P(_line(at, contact), id=name, hidden=True),
            copy_button(at, name, contact.name(at.lang)),
        ]
    )


def _facts(at: Here, contact: Contact) -> list[Any]:
    facts: list[Any] = []
    if contact.hours(at.lang):
        facts.append(contact.hours(at.lang))
    if contact.languages:
        facts.append(", ".join(label_name(at, "lang", each) for each in contact.languages))
    if contact.mail:
        facts.append(html.A(contact.mail, href=f"mailto:{contact.mail}"))
    if contact.web:
        facts.append(web_link(contact.web.removeprefix("https://"), contact.web))
    facts.append(at.say("contact.since", day=at.day(contact.since)))
    return [part for each in facts for part in (each, " · ")][:-1]


def _line(at: Here, contact: Contact) -> str:
    """Say in one line, to be copied, who it is and how to reach it."""
    reach = [*contact.phone, contact.mail, contact.web]
    return ", ".join(filter(None, (contact.name(at.lang), *reach)))

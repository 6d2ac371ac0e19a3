"""A question as the pages show it: its words, how long it waits, who holds it, whom to ask."""

import re
from typing import Any

from dash import html

from dashboard.charts.waiting import waiting_bar
from dashboard.here import Here
from dashboard.label_names import label_name
from dashboard.post_view import call_item, web_link
from dashboard.topic_names import topic_names
from data import formats
from data.contacts import Contact, fitting, read_contacts
from data.decisions import CLOSED, OPEN, Standing
from data.page_reads.questions import ON_NETWORK, Question
from data.plain import plain

_ADDRESS = re.compile(r"(https?://\S+)")


def question_words(at: Here, question: Question) -> list[Any]:
    """Show what was asked, about what, when; the same as of any call, and its language."""
    shown = call_item(at, question.call, topic_names(at.lang), answers=False)
    words, marks, *others = shown.children
    named = html.Span(label_name(at, "lang", question.call.lang), className="tag tag-place")
    below = (
        [html.P(at.count("queue.same", question.same), className="quiet")] if question.same else []
    )
    return [words, html.P([*marks.children, named], className="tags"), *others, *below]


def waiting(at: Here, question: Question) -> html.Div:
    """Say and draw how long the question has been waiting; what is done waits no more."""
    decision = question.standing.decision
    done = question.state in CLOSED and decision is not None
    until = decision.at if done and decision is not None else at.now
    waited = until - question.call.at
    span = formats.span(max(waited.total_seconds(), 60), at.lang, dative=not done)
    key = (
        "queue.waited" if done else "queue.asked" if question.state == ON_NETWORK else "queue.waits"
    )
    said = html.P(at.say(key, span=span), className="waiting-words")
    drawing = (
        []
        if question.state == ON_NETWORK
        else [waiting_bar(waited, open_still=question.state == OPEN)]
    )
    return html.Div([said, *drawing])


def standing_words(at: Here, standing: Standing, state: str) -> list[Any]:
    """Say who holds the question, or what became of it; nothing where it is open."""
    if state == ON_NETWORK:
        return [at.say("held.on_network")]
    decision = standing.decision
    if decision is None or standing.state == OPEN:
        return []
    mine = decision.who == at.who
    key = f"held.{standing.state}{'_by_me' if mine else ''}"
    said = html.Span([at.say(key, who=decision.who), ", ", at.ago(decision.at)])
    reason = html.Span(reason_words(decision.reason), className="held-reason", dir="auto")
    return [said, reason] if decision.reason else [said]


def reason_words(reason: str) -> list[Any]:
    """Show what somebody wrote about a question; web addresses in it lead there."""
    return [web_link(each, each) for each in _ADDRESS.split(plain(reason)) if each]


def best_contact(at: Here, question: Question) -> html.Div | None:
    """Name the first contact that fits, with its number, or say that none is known."""
    call = question.call
    found = fitting(read_contacts(), call.topics, call.places, urgent=call.urgent)
    return _contact(at, found[0]) if found else None


def _contact(at: Here, contact: Contact) -> html.Div:
    number: Any = (
        html.A(contact.phone[0], href=tel(contact.phone[0]), className="number-to-call")
        if contact.phone
        else html.Span(at.say("contact.no_number"), className="quiet")
    )
    return html.Div(
        [
            html.P(at.say("queue.contact"), className="quiet"),
            html.P(html.Strong(contact.name(at.lang))),
            html.P(number),
            html.P(at.say("contact.check"), className="quiet")
            if contact.to_look_up(at.today)
            else None,
        ],
        className="queue-contact",
    )


def tel(number: str) -> str:
    """Give the address that lets a telephone dial."""
    return "tel:" + number.replace(" ", "")

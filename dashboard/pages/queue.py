"""Fragen: open questions to the authority, who takes them, and what became of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import taking
from dashboard.access import SEES_PEOPLE, allowed
from dashboard.aria import aria
from dashboard.charts.waiting import LATE
from dashboard.filter_form import filter_form, when
from dashboard.filters import Filters, narrowing
from dashboard.here import Here, engine, here
from dashboard.post_view import start_of
from dashboard.question_view import best_contact, question_words, waiting
from dashboard.queue_address import (
    CONTACTS_PATH,
    DAYS,
    PATH,
    STATES,
    chosen,
    csv_address,
    page_in,
    question_address,
    queue_address,
    state_value,
)
from dashboard.routes import add_page
from data.decisions import CLOSED, OPEN, has_handled
from data.page_reads.questions import ON_NETWORK, Entry, Question, by_state, queue, read
from data.rows import microseconds

SHOWN = 20  # a page of the list


def register(app: Dash) -> None:
    """Register the page and the buttons in it."""
    add_page("queue", layout, path=PATH, alike=seen_alike)
    taking.register(app)


def seen_alike(connection: Connection, who: str, given: Mapping[str, str]) -> bool:
    """Say whether this person sees what others of their role do: what is theirs has other words.

    What is open is nobody's.
    """
    state, _filters = chosen(given)
    return state in (OPEN, ON_NETWORK) or not has_handled(connection, who)


@allowed(*SEES_PEOPLE)
def layout(**given: Any) -> html.Div:
    """Build the page; the address names state, filters and page of the list."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, given)


def show(at: Here, connection: Connection, given: Mapping[str, Any]) -> html.Div:
    """Build the page from the store."""
    state, filters = chosen(given)
    to = narrowing(at, filters, DAYS)
    found = queue(connection, to)
    mine = [each for each in found if each.state == state]
    pages = max(-(-len(mine) // SHOWN), 1)
    page = min(page_in(given), pages)
    shown = read(connection, mine[(page - 1) * SHOWN : page * SHOWN])
    return html.Div(
        [
            html.H1(at.say("queue.title")),
            html.P(_lead(at, found, when(at, filters, DAYS)), className="lead"),
            filter_form(at, PATH, filters, DAYS, keep=state_value(state)),
            _tabs(at, by_state(found), state, filters),
            _list(at, shown, state, filters, _other_pages(at, page, pages, state, filters)),
            html.P(html.A(at.say("contacts.link"), href=CONTACTS_PATH)),
        ],
        className="page",
    )


def _lead(at: Here, found: Sequence[Entry], time: str) -> str:
    waits = [each for each in found if each.state == OPEN]
    if not found:
        return at.say("queue.nothing_asked", when=time)
    if not waits:
        return at.count("queue.all_done", len(found), when=time)
    overdue = microseconds(at.now - LATE)
    late = sum(each.at < overdue for each in waits)
    return " ".join(
        (
            at.count("queue.lead", len(waits), all=at.number(len(found)), when=time),
            at.count("queue.late", late) if late else at.say("queue.none_late"),
        )
    )


def _tabs(at: Here, counts: Mapping[str, int], chosen_state: str, filters: Filters) -> html.Nav:
    """Lead to the questions of each state, with how many there are."""
    return html.Nav(
        html.Ul(
            [
                html.Li(
                    html.A(
                        [
                            at.say(f"queue.{state}"),
                            html.Span(at.number(counts.get(state, 0)), className="tab-number"),
                        ],
                        href=queue_address(state, filters),
                        **(aria(current="page") if state == chosen_state else {}),
                    )
                )
                for state in STATES.values()
            ],
            className="tabs",
        ),
        **aria(label=at.say("queue.tabs")),
    )


def _list(
    at: Here, shown: Sequence[Question], state: str, filters: Filters, more: list[Any]
) -> html.Section:
    head = [
        html.H2(at.say(f"queue.{state}")),
        html.P(at.say(f"queue.{state}_explains"), className="quiet"),
    ]
    if not shown:
        nothing = html.P(at.say(f"queue.{state}_none"), className="nothing")
        return html.Section([*head, nothing], className="card")
    csv = html.A(
        at.say("figure.csv"), href=csv_address(state, filters), className="quiet-link", download=""
    )
    return html.Section(
        [
            *head,
            html.Ul([_item(at, each) for each in shown], className="queue"),
            html.Div([*more, csv], className="below"),
        ],
        className="card",
    )


def _item(at: Here, question: Question) -> html.Li:
    words = question.call.text
    closed = question.state in CLOSED
    handle = html.A(
        [at.say("queue.handle"), html.Span(f": {start_of(words)}", className="heard")],
        href=question_address(question.call.key),
        className="button",
    )
    return html.Li(
        [
            html.Div(question_words(at, question), className="call"),
            html.Div(
                [
                    waiting(at, question),
                    None if closed else best_contact(at, question),
                    taking.taking_part(at, question, handle),
                ],
                className="queue-side",
            ),
        ],
        className="ticket ticket-first" if question.first and question.state == OPEN else "ticket",
    )


def _other_pages(at: Here, page: int, pages: int, state: str, filters: Filters) -> list[Any]:
    """Lead to the pages before and after; nothing where one page holds all."""
    if pages == 1:
        return []
    said: list[Any] = [html.Span(at.say("queue.page", page=page, pages=pages), className="quiet")]
    for step, key in ((-1, "queue.previous"), (1, "queue.next")):
        if 1 <= page + step <= pages:
            said.append(html.A(at.say(key), href=queue_address(state, filters, page + step)))
    return said

"""The numbers behind a chart as CSV, for spreadsheets: UTF-8 with BOM, formulas disarmed."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from flask import Flask, Response, request

from dashboard.access import DECIDES, MANAGES, SEES_FIGURES, SEES_PEOPLE, allowed
from dashboard.account_name import account_name
from dashboard.account_state import told_name
from dashboard.charts.gap import by_gap
from dashboard.filters import narrowing, read_filters
from dashboard.here import engine, here
from dashboard.narrowed_network import narrowed_picture
from dashboard.need_matrix import bezirke, of_all_topics
from dashboard.needs_address import CSV_PATH as NEEDS_CSV
from dashboard.needs_address import DAYS as NEEDS_DAYS
from dashboard.needs_address import FIELDS as NEEDS_FIELDS
from dashboard.network_address import FIELDS as NETWORK_FIELDS
from dashboard.pages import review
from dashboard.place_view import BEZIRK, read_view
from dashboard.protocol_entries import subject_text
from dashboard.protocol_filters import wanted
from dashboard.queue_address import DAYS, chosen
from dashboard.search_address import CSV_PATH, MOST_ROWS, asked_words
from dashboard.topic_names import topic_names
from dashboard.without_names import without_names
from data import decisions
from data.page_reads import balance, network, places, questions, volume
from data.page_reads.in_warnings import in_warnings, marks_of
from data.page_reads.profiles import profiles, profiles_by_key
from data.page_reads.protocol import entries
from data.page_reads.search import hits, newest
from data.page_reads.week import week_to
from data.places import read_places
from data.plain import plain
from data.rollups.counts import count
from data.search_query import read_query

MOST_BLOCKS = 20_000
QUESTION_COLUMNS = (
    *("asked_at", "hours_since", "urgent", "topics", "places", "lang", "network"),
    *("state", "by", "since", "text"),
)
MOST_ENTRIES = 50_000  # of the protocol, the newest
# How a spreadsheet knows a formula, in the full width of East Asian letters too: at the start of a
# cell, and a program that expects semicolons lets one start after a semicolon or a line break.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_SKIPPED = "\\s\"'\u200b-\u200f\u2060\ufeff"
_FORMULA = re.compile(f"[{_SKIPPED}]*+[{_SIGNS}]|[\t\r]")
_BEFORE = re.compile(f"(?<![;{_SKIPPED}])[;{_SKIPPED}]++(?=[{_SIGNS}])")


def add_exports(server: Flask) -> None:
    """Add the addresses of the files."""
    server.add_url_rule("/csv/themen", "csv_topics", topics_csv)
    server.add_url_rule("/csv/tage", "csv_days", days_csv)
    server.add_url_rule("/csv/orte", "csv_places", places_csv)
    server.add_url_rule(NEEDS_CSV, "csv_needs", needs_csv)
    server.add_url_rule("/csv/netzwerk", "csv_network", network_csv)
    server.add_url_rule("/csv/konten", "csv_review", review_csv)
    server.add_url_rule("/csv/sperrliste", "csv_blocks", blocks_csv)
    server.add_url_rule("/csv/fragen", "csv_questions", questions_csv)
    server.add_url_rule("/csv/protokoll", "csv_protocol", protocol_csv)
    server.add_url_rule(CSV_PATH, "csv_search", search_csv)


@allowed(*SEES_FIGURES)
def topics_csv() -> Response:
    """Give needs and offers of this week by topic."""
    at = here()
    week = week_to(at.now, at.zone)
    with engine().connect() as connection:
        found = count(connection, balance.balance(week.start, week.end))
    names = topic_names(at.lang)
    rows = [(key, names.get(key, key), each.needs, each.offers) for key, each in by_gap(found)]
    return _file("topics.csv", ("topic", "name", "needs", "offers"), rows)


@allowed(*SEES_FIGURES)
def days_csv() -> Response:
    """Give posts a day of this week and the week before; the last day is still running."""
    at = here()
    week = week_to(at.now, at.zone)
    with engine().connect() as connection:
        counts = volume.posts_per_day(connection, week.before_start, week.end, at.zone)
    rows = [
        (each.isoformat(), counts.get(each, 0), counts.get(each - timedelta(days=7), 0))
        for each in week.days
    ]
    return _file("days.csv", ("day", "posts", "posts_week_before"), rows)


@allowed(*SEES_FIGURES)
def places_csv() -> Response:
    """Give posts, needs and offers by place; level, days and filters as the page's address."""
    at = here()
    view = read_view(request.args.to_dict())
    ask = places.bezirke if view.level == BEZIRK else places.stadtteile
    with engine().connect() as connection:
        found = ask(connection, view.week(at), view.narrowing(at))
    within = {each.name: each.bezirk for each in read_places()}
    rows = [
        (each.name, within.get(each.name), each.posts, each.before, each.needs, each.offers)
        for each in found
    ]
    head = ("place", "bezirk", "posts", "posts_before", "needs", "offers")
    return _file("places.csv", head, rows)


@allowed(*SEES_PEOPLE)
def needs_csv() -> Response:
    """Give needs and offers by topic and Bezirk, as the address narrows them; "" names no place."""
    at = here()
    to = narrowing(at, read_filters(request.args.to_dict(), NEEDS_FIELDS), NEEDS_DAYS)
    with engine().connect() as connection:
        found = balance.by_topic_and_bezirk(connection, of_all_topics(to))
    rows = [
        (topic, name, bezirk, each.needs, each.offers, each.gap)
        for topic, name in topic_names(at.lang).items()
        for bezirk in bezirke()
        if (each := found.get((topic, bezirk))) and (each.needs or each.offers)
    ]
    return _file("needs.csv", ("topic", "name", "bezirk", "needs", "offers", "gap"), rows)


@allowed(*SEES_PEOPLE)
def network_csv() -> Response:
    """Give the drawn links, as the address narrows them.

    Accounts that do not want to be named are numbered.
    """
    at = here()
    filters = read_filters(request.args.to_dict(), NETWORK_FIELDS)
    with engine().connect() as connection:
        picture = narrowed_picture(at, connection, network.picture(connection), filters)
    names = {
        each.id: f"{account_name(at, each)} {each.id}" if each.hidden else account_name(at, each)
        for each in picture.nodes
    }
    rows = [
        (names[each.a], names[each.b], each.kind, each.weight)
        for each in picture.edges
        if each.a in names and each.b in names
    ]
    return _file("network.csv", ("a", "b", "kind", "weight"), rows)


@allowed(*DECIDES)
def review_csv() -> Response:
    """Give the accounts that the page lists; who does not want to be named is numbered."""
    at = here()
    with engine().connect() as connection:
        found = review.narrowed(in_warnings(connection), review.chosen_in(request.args))
        who = profiles(connection, [each.account for each in found])
        marks = marks_of(connection, found)
    rows = [
        (
            each.network,
            told_name(at, who[each.account]),
            each.standing,
            each.state or "",
            " ".join(of.id for of in each.warnings),
            review.shared_objects(marks[each.account]),
            _day(who[each.account].created_at),
            who[each.account].followers,
        )
        for each in found
    ]
    head = ("network", "account", "standing", "state", "warnings", "shared", "created", "followers")
    return _file("accounts.csv", head, rows)


@allowed(*DECIDES)
def blocks_csv() -> Response:
    """Give the block list; an account that does not want to be named is numbered."""
    at = here()
    with engine().connect() as connection:
        found = decisions.list_blocks(connection, ("blocked", "appealed"), MOST_BLOCKS)
        who = profiles_by_key(connection, [each.account for each in found])
    rows = [
        (
            profile.network,
            told_name(at, profile),
            "" if profile.hidden else profile.url,
            _day(confirmed.at),
            each.proposal.who,
            confirmed.who,
            each.proposal.reason,
            each.state,
        )
        for each in found
        if (profile := who.get(each.account)) and (confirmed := each.confirmation)
    ]
    head = ("network", "account", "url", "since", "proposed_by", "confirmed_by", "reason", "state")
    return _file("blocklist.csv", head, rows)


def _day(at: datetime | None) -> str:
    return "" if at is None else at.date().isoformat()


@allowed(*SEES_PEOPLE)
def questions_csv() -> Response:
    """Give the questions of one state, as the address narrows them.

    Neither who asked nor the post's address nor its id, in which networks put the author's name.
    """
    at = here()
    state, filters = chosen(request.args)
    to = narrowing(at, filters, DAYS)
    with engine().connect() as connection:
        found = questions.queue(connection, to)
        shown = questions.read(connection, [each for each in found if each.state == state])
    rows = [
        (
            each.call.at.isoformat(),
            round((at.now - each.call.at).total_seconds() / 3600, 1),
            "yes" if each.call.urgent else "no",
            " ".join(each.call.topics),
            ", ".join(each.call.places),
            each.call.lang,
            each.call.network,
            each.state,
            each.standing.decision.who if each.standing.decision else "",
            each.standing.decision.at.isoformat() if each.standing.decision else "",
            each.call.text,
        )
        for each in shown
    ]
    return _file("questions.csv", QUESTION_COLUMNS, rows)


@allowed(*MANAGES)
def protocol_csv() -> Response:
    """Give the protocol as narrowed by the address; accounts and posts as the page names them."""
    at = here()
    with engine().connect() as connection:
        found = entries(connection, wanted(at, request.args), None, MOST_ENTRIES)
    rows = [
        (
            each.id,
            each.at.isoformat(),
            each.who,
            each.kind,
            subject_text(at, each),
            each.verdict,
            each.basis.get("role", "") if each.kind == "user" else "",
            "" if each.erased else each.reason,
        )
        for each in found
    ]
    head = ("id", "at", "who", "kind", "subject", "verdict", "role", "reason")
    return _file("protocol.csv", head, rows)


@allowed(*SEES_PEOPLE)
def search_csv() -> Response:
    """Give what a search found, the newest first; nothing tells who wrote it."""
    at = here()
    values = request.args.to_dict()
    query, to = read_query(asked_words(values)), narrowing(at, read_filters(values))
    with engine().connect() as connection:
        found = hits(connection, newest(connection, query, to, MOST_ROWS))
    rows = (
        (
            each.at.isoformat(),
            each.network,
            without_names(each.text),
            each.lang,
            *(" ".join(labels) for labels in (each.intents, each.topics)),
            ", ".join(each.places),
            "yes" if each.urgent else "no",
        )
        for each in found
    )
    head = ("at", "network", "text", "lang", "intents", "topics", "places", "urgent")
    return _file("posts.csv", head, rows)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write CSV; what a spreadsheet takes for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_disarmed(each) for each in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _disarmed(value: object) -> object:
    if not isinstance(value, str):
        return value
    said = _BEFORE.sub(_apostrophe, plain(value))
    return f"'{said}" if _FORMULA.match(said) else said


def _apostrophe(before: re.Match[str]) -> str:
    return f"{before[0]}'" if any(each in before[0] for each in ";\r\n") else before[0]


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    return Response(
        csv_text(head, rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

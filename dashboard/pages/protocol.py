"""Protokoll: everything that people decided here, newest first."""

from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import MANAGES, READS_PROTOCOL, allowed, may
from dashboard.filters import TIME, address, read_filters
from dashboard.here import Here, engine, here
from dashboard.protocol_entries import done, reason, subject
from dashboard.protocol_filters import PATH, chosen, protocol_form, wanted
from dashboard.routes import add_page
from dashboard.tables import Cell, Column, table
from data.page_reads.protocol import Entry, entries, people

SHOWN = 50  # entries a page
BEFORE = "vor"  # the number of the entry at which the page before ended
_LARGEST = 2**53


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("protocol", layout, path=PATH)


@allowed(*READS_PROTOCOL)
def layout(**given: Any) -> html.Div:
    """Build the page, narrowed to what the address names."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, given)


def show(at: Here, connection: Connection, given: dict[str, Any]) -> html.Div:
    """Build the page from the store."""
    before = _number(given.get(BEFORE))
    found = entries(connection, wanted(at, given), before, SHOWN + 1)
    kept = {**chosen(given), **read_filters(given, (TIME,)).chosen}
    return html.Div(
        [
            html.H1(at.say("protocol.title")),
            html.P(at.say("protocol.lead"), className="lead"),
            protocol_form(at, given, people(connection)),
            _list(at, found[:SHOWN], narrowed=bool(kept)),
            _further(at, kept, found, later=before is not None),
        ],
        className="page",
    )


def _list(at: Here, found: list[Entry], *, narrowed: bool) -> html.Section:
    title = html.H2(at.say("protocol.entries"))
    if not found:
        nothing = at.say("protocol.none_such" if narrowed else "protocol.none")
        return html.Section([title, html.P(nothing, className="nothing")], className="card")
    rows = [
        [
            Cell(html.Span(at.moment(each.at), className="whole"), None),
            Cell(each.who, None),
            Cell(done(at, each), None),
            Cell(subject(at, each), None),
            Cell(reason(at, each), None),
        ]
        for each in found
    ]
    columns = [
        Column(at.say(f"protocol.{name}"), sorts=False)
        for name in ("when", "wer", "was", "about", "why")
    ]
    return html.Section(
        [title, table(at, at.say("protocol.entries"), columns, rows, "entries")], className="card"
    )


def _further(at: Here, kept: dict[str, str], found: list[Entry], *, later: bool) -> html.Div | None:
    """Lead to older entries, back to the newest, and to the file."""
    links: list[Any] = []
    if later:
        links.append(html.A(at.say("protocol.newest"), href=address(PATH, kept)))
    if len(found) > SHOWN:
        older = {**kept, BEFORE: str(found[SHOWN - 1].id)}
        links.append(html.A(at.say("protocol.older"), href=address(PATH, older)))
    if may(*MANAGES) and found:
        csv = address("/csv/protokoll", kept)
        links.append(html.A(at.say("figure.csv"), href=csv, className="quiet-link", download=""))
    return html.Div(links, className="below further") if links else None


def _number(value: object) -> int | None:
    """Read the number of an entry out of the address; None for anything else."""
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        return None
    return min(int(value[:17]), _LARGEST)

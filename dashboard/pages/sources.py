"""Datenquellen: what each source says, since when, with which gaps, and what to do about it."""

from datetime import timedelta
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import empty
from dashboard.access import SEES_FIGURES, allowed
from dashboard.here import Here, engine, here
from dashboard.post_view import network_name
from dashboard.routes import add_page
from dashboard.source_state import WAITING, Source, sources, state_line, todo
from dashboard.tables import Cell, Column, table
from data import formats
from data.budgets import Budget, budgets
from data.page_reads import sources as reads
from data.page_reads.volume import newest_post
from data.plain import isolated, plain
from data.quarantine import sentence
from data.reads import GOOD, RUNNING, Run

LOOKS_BACK = timedelta(days=14)  # for gaps
OURS = ("off", "quota", "no_token")  # states that the program mostly words itself: no quotation
JOBS = ("tag", "match", "detect", "digest", "import", "collect", "recount", "wishes")
LONGEST_DETAIL = 400  # characters
COUNTS = ("fetched", "new", "updated", "deleted", "quarantined")


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("sources", layout, path="/datenquellen", alike=True)


@allowed(*SEES_FIGURES)
def layout(**_address: str) -> html.Div:
    """Build the page."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection)


def show(at: Here, connection: Connection) -> html.Div:
    """Build the page from the store."""
    runs = reads.last_runs(connection)
    found = sources(at, runs)
    gaps = reads.gaps(connection, at.now - LOOKS_BACK)
    left = budgets(connection, at.config, at.now)
    newest = newest_post(connection)
    ago = formats.ago(newest, at.now, at.lang) if newest else None
    jobs = [each for each in runs if each.step != "collect" or each.source is None]
    return html.Div(
        [
            html.H1(at.say("sources.title")),
            html.P(state_line(at, found, ago), className="lead"),
            empty.nothing_yet(at, connection, found) if newest is None else None,
            html.Ul(
                [
                    _source(
                        at, each, gaps.get((each.network, each.origin), []), left.get(each.network)
                    )
                    for each in found
                ],
                className="sources",
            )
            if found
            else html.P(at.say("sources.none"), className="nothing"),
            html.Div(
                [_holdings(at, connection), _quarantine(at, connection)],
                className="columns columns-even",
            ),
            _jobs(at, jobs),
        ],
        className="page",
    )


def _source(at: Here, source: Source, gaps: list[reads.Gap], budget: Budget | None) -> html.Li:
    run = source.run
    good = source.state in (*GOOD, RUNNING)
    look = "tag-good" if good else "tag-open" if source.state in (WAITING, "off") else "tag-act"
    facts: list[tuple[str, Any]] = []
    if run is not None:
        facts.append((at.say("source.last"), at.ago(run.finished_at or run.started_at)))
        facts += [
            (at.say(f"source.{each}"), at.number(run.counts[each]))
            for each in COUNTS
            if isinstance(run.counts.get(each), int) and (run.counts[each] or each == "new")
        ]
    if run is not None and run.next_try is not None:
        facts.append((at.say("source.next"), formats.ahead(run.next_try, at.now, at.lang)))
    return html.Li(
        [
            html.Div(
                [
                    html.H2(
                        [
                            source.host,
                            html.Span(f" {network_name(at, source.network)}", className="quiet"),
                        ]
                    ),
                    html.Span(at.say(f"short.{source.state}"), className=f"tag {look}"),
                ],
                className="source-head",
            ),
            html.P(at.say(f"long.{source.state}")),
            html.P(
                _detail(run)
                if good or source.state in OURS
                else [at.say("source.says"), " ", html.Q(_detail(run), dir="auto")],
                className="quiet",
            )
            if run is not None and run.detail
            else None,
            None if good else html.P([html.Strong(at.say("source.todo")), " ", todo(at, source)]),
            html.Dl(
                [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts],
                className="facts",
            )
            if facts
            else None,
            html.P(budget.sentence(at.lang)) if budget is not None else None,
            _gaps(at, gaps) if run is not None else None,
        ],
        className="card source"
        if good
        else "card source needs-someone"
        if look == "tag-act"
        else "card source",
    )


def _gaps(at: Here, gaps: list[reads.Gap]) -> Any:
    if not gaps:
        return html.P(at.say("source.no_gap"), className="quiet")
    return html.Details(
        [
            html.Summary(at.count("source.gaps", len(gaps))),
            html.Ul(
                [
                    html.Li(
                        at.say(
                            "source.gap",
                            start=at.moment(each.start),
                            end=at.moment(each.end),
                            span=formats.span((each.end - each.start).total_seconds(), at.lang),
                        )
                    )
                    for each in gaps[-20:]
                ],
                className="plain-list",
            ),
        ]
    )


def _holdings(at: Here, connection: Connection) -> html.Section:
    found = reads.holdings(connection)
    rows = [
        [
            _source_name(at, each.source),
            each.posts,
            Cell(at.ago(each.newest), each.newest.isoformat()) if each.newest else "–",
        ]
        for each in found
    ]
    columns = [
        Column(at.say("holding.source")),
        Column(at.say("holding.posts"), number=True),
        Column(at.say("holding.newest")),
    ]
    return html.Section(
        [
            html.H2(at.say("holding.title")),
            table(at, at.say("holding.title"), columns, rows)
            if rows
            else html.P(at.say("holding.nothing"), className="nothing"),
        ],
        className="card",
    )


def _quarantine(at: Here, connection: Connection) -> html.Section:
    found = reads.quarantined(connection)
    rows = [
        [
            sentence(each.code, at.lang),
            _source_name(at, each.source),
            each.items,
            Cell(at.ago(each.newest), each.newest.isoformat()),
        ]
        for each in found
    ]
    columns = [
        Column(at.say("quarantine.reason")),
        Column(at.say("holding.source")),
        Column(at.say("quarantine.items"), number=True),
        Column(at.say("quarantine.last")),
    ]
    return html.Section(
        [
            html.H2(at.say("quarantine.title")),
            html.P(at.say("quarantine.explains"), className="quiet"),
            table(at, at.say("quarantine.title"), columns, rows)
            if rows
            else html.P(at.say("quarantine.nothing"), className="nothing"),
        ],
        className="card",
    )


def _jobs(at: Here, runs: list[Run]) -> html.Section:
    rows = [
        [
            _job_name(at, each),
            Cell(_job_state(at, each), each.state),
            Cell(at.ago(each.started_at), each.started_at.isoformat()),
            html.Span(_detail(each), dir="auto") if each.detail else "–",
        ]
        for each in runs
    ]
    columns = [
        Column(at.say("job.name")),
        Column(at.say("job.state")),
        Column(at.say("job.last")),
        Column(at.say("job.detail"), sorts=False),
    ]
    return html.Section(
        [
            html.H2(at.say("job.title")),
            table(at, at.say("job.title"), columns, rows)
            if rows
            else html.P(at.say("job.nothing"), className="nothing"),
        ],
        className="card",
    )


def _source_name(at: Here, source: str) -> str:
    if source in ("file", "sample"):
        return at.say(f"holding.{source}")
    return network_name(at, source)


def _job_name(at: Here, run: Run) -> str:
    """Name a job; a file that was read with its name."""
    if run.source == "sample":
        return at.say("job.sample")
    name = at.say(f"job.{run.step}") if run.step in JOBS else run.step
    return f"{name}: {isolated(plain(run.origin)[:80])}" if run.origin else name


def _detail(run: Run) -> str:
    """Give what a server or a job said; a server can say anything."""
    return plain(run.detail or "")[:LONGEST_DETAIL]


def _job_state(at: Here, run: Run) -> str:
    if run.state == RUNNING:
        return at.say("job.running")
    return at.say("job.good" if run.state in GOOD else "job.bad")

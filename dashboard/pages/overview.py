"""Übersicht: what changed and what needs somebody; then the week in pictures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from dash import Dash, html
from sqlalchemy import Connection

from dashboard import empty
from dashboard.access import SEES_FIGURES, SEES_PEOPLE, allowed, may
from dashboard.blocks_waiting import blocks_waiting
from dashboard.cards import card
from dashboard.charts.city.picture import NARROW, SMALL, city_picture
from dashboard.charts.gap import by_gap, gap_bars
from dashboard.charts.spark import spark_bars
from dashboard.charts.volume import volume_bars
from dashboard.figures import figure, quiet_section
from dashboard.filters import PLACE, TIME, URGENT, YES, address
from dashboard.here import Here, engine, here
from dashboard.needs_address import PATH as NEEDS
from dashboard.place_spots import spots, stadtteile_on_map
from dashboard.place_view import PATH as MAP_PATH
from dashboard.post_view import NETWORKS
from dashboard.routes import add_page
from dashboard.since_yesterday import since_yesterday
from dashboard.source_state import sources, state_line
from dashboard.tables import Cell, Column, table
from dashboard.topic_names import topic_names
from dashboard.waiting_lists import calls_in_short, questions_in_short
from data import formats
from data.page_reads import balance, calls, questions, volume, warnings
from data.page_reads.narrowed import Narrowing
from data.page_reads.newcomers import newcomers
from data.page_reads.silence import silent_networks
from data.page_reads.sources import last_runs
from data.page_reads.week import Week, week_to
from data.rollups.counts import count_all

MAPPED, LISTED = 200, 5  # places
URGENT_NEEDS = address(NEEDS, {TIME: "7", URGENT: YES})
DAY = timedelta(days=1)
WAITS = timedelta(hours=24)  # a question open longer than this needs somebody


def register(app: Dash) -> None:
    """Register the page."""
    add_page("overview", layout, path="/", alike=True)
    empty.register(app)


@allowed(*SEES_FIGURES)
def layout(**_address: str) -> html.Div:
    """Build the page for now."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection)


def show(at: Here, connection: Connection) -> html.Div:
    """Build the page from the store."""
    week = week_to(at.now, at.zone)
    found = sources(at, last_runs(connection))
    began, newest = volume.first_post(connection), volume.newest_post(connection)
    ago = formats.ago(newest, at.now, at.lang) if newest else None
    head = [html.H1(at.say("overview.title")), html.P(state_line(at, found, ago), className="lead")]
    if began is None:
        return html.Div([*head, empty.nothing_yet(at, connection, found)], className="page")
    asked, asked_before = questions.lines(
        connection,
        Narrowing(),
        [(week.start, at.now - WAITS), (week.before_start, week.before_end - WAITS)],
    )
    of_weeks = [(week.start, week.end), (week.before_start, week.before_end)]
    of_days = [(at.now - DAY, at.now), (at.now - 2 * DAY, at.now - DAY)]
    posts, waiting, silent, topics, places = count_all(
        connection,
        volume.weeks(week),
        calls.waiting([*of_weeks, *of_days]),
        silent_networks(at.now, tuple(NETWORKS)),
        balance.balance(week.start, week.end),
        balance.places(week, limit=MAPPED),
    )
    return html.Div(
        [
            *head,
            _week_sentence(at, connection, week, posts),
            since_yesterday(at, connection, found, began, waiting[2:], silent),
            html.Ul(_cards(at, connection, asked, asked_before, waiting[:2]), className="cards"),
            blocks_waiting(at, connection),
            html.Div(
                [
                    html.Div(
                        [
                            _gaps(at, topics),
                            calls_in_short(at, connection, week),
                            _new_people(at, connection, week, began),
                        ],
                        className="stack",
                    ),
                    html.Div(
                        [
                            questions_in_short(at, connection, asked),
                            _volume(at, week, posts.days),
                            _places(at, connection, week, places),
                        ],
                        className="stack",
                    ),
                ],
                className="columns",
            ),
        ],
        className="page",
    )


def _week_sentence(at: Here, connection: Connection, week: Week, posts: volume.Weeks) -> html.P:
    accounts = volume.accounts_between(connection, week.start, week.end)
    return html.P(
        at.say(
            "overview.week",
            span=formats.day_span(week.days[0], week.days[-1], at.lang),
            posts=at.count("unit.posts", posts.posts),
            versus=at.versus(posts.posts, posts.before),
            accounts=at.count("unit.accounts_by", accounts),
        ),
        className="week",
    )


def _cards(
    at: Here,
    connection: Connection,
    asked_now: questions.Line,
    asked_week_before: questions.Line,
    waiting: Sequence[calls.Waiting],
) -> list[html.Li]:
    people = may(*SEES_PEOPLE)
    urgent, urgent_before = (each.urgent for each in waiting)
    asked = questions.unhandled(asked_now)
    asked_before = questions.unhandled(asked_week_before)
    alerts, watches = warnings.to_decide(connection)
    return [
        card(
            at,
            urgent.open,
            at.say("card.urgent"),
            at.say(
                "card.of",
                all=at.count("card.urgent_of", urgent.all),
                open=at.number(urgent_before.open),
                before=at.number(urgent_before.all),
            ),
            (at.say("card.urgent_link"), URGENT_NEEDS) if people and urgent.open else None,
            urgent.open > 0,
        ),
        card(
            at,
            asked.open,
            at.say("card.questions"),
            at.say(
                "card.of",
                all=at.count("card.questions_of", asked.all),
                open=at.number(asked_before.open),
                before=at.number(asked_before.all),
            ),
            (at.say("card.questions_link"), "/fragen") if people and asked.open else None,
            asked.open > 0,
        ),
        card(
            at,
            alerts + watches,
            at.say("card.warnings"),
            at.say("card.warnings_none")
            if not alerts + watches
            else ", ".join(
                at.count(f"card.{name}", count)
                for name, count in (("alerts", alerts), ("watches", watches))
                if count
            )
            + ".",
            (at.say("card.warnings_link"), "/warnungen") if people and alerts + watches else None,
            alerts > 0,
        ),
    ]


def _gaps(at: Here, found: Mapping[str, balance.Balance]) -> html.Section:
    names = topic_names(at.lang)
    if not found:
        return quiet_section(at.say("gap.title"), at.say("gap.nothing"))
    worst, most = by_gap(found)[0]
    finding = (
        at.say(
            "gap.finding",
            topic=names.get(worst, worst),
            needs=at.count("map.needs", most.needs),
            offers=at.count("map.offers", most.offers),
        )
        if most.gap > 0
        else at.say("gap.balanced")
    )
    return figure(
        at,
        finding,
        at.say("gap.explains"),
        gap_bars(at, found, names),
        csv="/csv/themen",
        name="gap",
    )


def _volume(at: Here, week: Week, counts: Mapping[date, int]) -> html.Section:
    full = week.days[:-1]
    now = sum(counts.get(each, 0) for each in full)
    before = sum(counts.get(each - timedelta(days=7), 0) for each in full)
    today = counts.get(week.days[-1], 0)
    finding = _busiest(at, full, counts)
    if today and not now:
        finding = at.say("volume.today", posts=at.count("unit.posts", today))
    label = at.say("volume.label", versus=at.versus(now, before))
    chart = volume_bars(at, week.days, counts, label)
    rows = [
        [
            Cell(
                formats.short_day(each, at.lang)
                + (f" ({at.say('volume.running')})" if each == week.days[-1] else ""),
                each.isoformat(),
            ),
            counts.get(each, 0),
            counts.get(each - timedelta(days=7), 0),
        ]
        for each in week.days
    ]
    numbers = table(
        at,
        at.say("volume.caption"),
        [
            Column(at.say("volume.day")),
            Column(at.say("volume.posts"), number=True),
            Column(at.say("volume.before"), number=True),
        ],
        rows,
    )
    return figure(at, finding, at.say("volume.explains"), chart, numbers, "/csv/tage", "volume")


def _busiest(at: Here, days: Sequence[date], counts: Mapping[date, int]) -> str:
    """Say on which day most came."""
    most = max(days, key=lambda each: counts.get(each, 0))
    if not counts.get(most):
        return at.say("volume.nothing")
    posts = at.count("unit.posts", counts[most])
    return at.say("volume.finding", day=formats.weekday(most, at.lang), posts=posts)


def _places(
    at: Here, connection: Connection, week: Week, found: Sequence[balance.Place]
) -> html.Section:
    if not found:
        return quiet_section(at.say("places.title"), at.say("places.nothing"))
    rows = [
        [
            Cell(html.A(each.name, href=_place_address(each.name)), each.name),
            each.posts,
            Cell(spark_bars(each.days, new_from=7), None),
            Cell(_difference(at, each.posts, each.before), each.posts - each.before),
            each.needs,
            each.offers,
        ]
        for each in balance.with_days(connection, week, found[:LISTED])
    ]
    columns = [
        Column(at.say("places.place")),
        Column(at.say("places.posts"), number=True),
        Column(at.say("places.days"), sorts=False),
        Column(at.say("places.change"), number=True),
        Column(at.say("gap.needs"), number=True),
        Column(at.say("gap.offers"), number=True),
    ]
    finding = at.say(
        "places.finding", place=found[0].name, posts=at.count("unit.posts", found[0].posts)
    )
    return figure(
        at,
        finding,
        at.say("places.explains"),
        [
            _small_map(at, found, finding),
            table(at, at.say("places.title"), columns, rows, "tight"),
        ],
        csv="/csv/orte",
        name="places",
    )


def _small_map(at: Here, found: Sequence[balance.Place], finding: str) -> html.A:
    """Draw the map of all places, which leads to their page."""
    drawn = spots(at, stadtteile_on_map(), found, _place_address)
    label = at.say("map.picture", finding=finding)
    return html.A(
        [
            *(city_picture(drawn, look, label) for look in (SMALL, NARROW)),
            html.Span(at.say("map.open")),
        ],
        href=MAP_PATH,
        className="map-link",
    )


def _place_address(name: str) -> str:
    return address(MAP_PATH, {PLACE: name})


def _difference(at: Here, now: int, before: int) -> str:
    return (
        at.say("places.same")
        if now == before
        else f"{'+' if now > before else '−'}{at.number(abs(now - before))}"
    )


def _new_people(at: Here, connection: Connection, week: Week, began: datetime) -> html.Section:
    """Say how many are new; in a store younger than the week everybody would be."""
    if began >= week.before_start:
        said = at.say("newcomers.too_young")
    else:
        times = [(week.start, week.end), (week.before_start, week.before_end)]
        now, before = newcomers(connection, times)
        said = at.count("newcomers.sentence", now, versus=at.versus(now, before))
    link = html.A(at.say("newcomers.link"), href="/netzwerk") if may(*SEES_PEOPLE) else None
    return html.Section(
        [html.H2(at.say("newcomers.title")), html.P(said), html.P(link)], className="card"
    )

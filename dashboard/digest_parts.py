"""The parts of the weekly digest on its page: figures for all, calls and warnings for some."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, may
from dashboard.charts.gap import gap_bars
from dashboard.figures import quiet_section
from dashboard.here import Here
from dashboard.post_view import NETWORKS, words_of
from dashboard.source_state import LONGEST_HOST
from dashboard.tables import Cell, Column, table
from dashboard.topic_names import topic_names
from dashboard.words import words
from data import formats
from data.page_reads.balance import Balance
from data.page_reads.quoted import still_there
from data.plain import isolated, plain
from data.records import from_iso

TOPICS, PLACES, COMMUNITIES, WARNINGS = 13, 6, 4, 3  # that fit on two pages


def figures_part(at: Here, made: dict[str, Any]) -> list[Any]:
    """Show needs and offers, days, places and how much was said to each other."""
    return [
        html.Div([_topics(at, made), _days(at, made)], className="columns columns-even"),
        html.Div([_places(at, made), _network(at, made)], className="columns columns-even"),
    ]


def people_part(at: Here, connection: Connection, made: dict[str, Any]) -> list[Any]:
    """Show calls without an answer, and warnings."""
    return [_quotes(at, connection, made), _warnings(at, made)]


def _topics(at: Here, made: dict[str, Any]) -> html.Section:
    found = {
        each["topic"]: Balance(each["needs"], each["offers"]) for each in made["topics"][:TOPICS]
    }
    if not found:
        return quiet_section(at.say("gap.title"), at.say("gap.nothing"))
    names = topic_names(at.lang)
    widest = max(found, key=lambda topic: found[topic].gap)
    title = (
        at.say("digest.missing", topic=names.get(widest, widest))
        if found[widest].gap > 0
        else at.say("digest.enough")
    )
    note = html.P(at.say("digest.topics_note"), className="quiet")
    return html.Section([html.H2(title), note, gap_bars(at, found, names)], className="card")


def _days(at: Here, made: dict[str, Any]) -> html.Section:
    days = [(date.fromisoformat(each["day"]), each) for each in made["days"]]
    rows = [
        [
            Cell(formats.short_day(day, at.lang), day.isoformat()),
            Cell(_bar(each["posts"], days), each["posts"]),
            each["posts"],
            each["before"],
        ]
        for day, each in days
    ]
    columns = [
        Column(at.say("digest.day")),
        Column(at.say("digest.picture"), sorts=False),
        Column(at.say("digest.posts"), number=True),
        Column(at.say("digest.before"), number=True),
    ]
    liveliest = formats.weekday(max(days, key=lambda each: each[1]["posts"])[0], at.lang)
    posts, accounts = made["posts"], made["accounts"]
    said = at.say(
        "digest.counts",
        posts=at.count("unit.posts", posts["count"]),
        versus=at.versus(posts["count"], posts["before"]),
        accounts=at.count("unit.accounts_by", accounts["count"]),
    )
    return html.Section(
        [
            html.H2(at.say("digest.liveliest", day=liveliest)),
            html.P(said, className="quiet"),
            table(at, at.say("digest.per_day"), columns, rows, "tight"),
        ],
        className="card",
    )


def _bar(posts: int, days: Sequence[tuple[date, dict[str, Any]]]) -> html.Span:
    """Draw a day's posts against the liveliest day's; the number stands beside it."""
    most = max((each["posts"] for _, each in days), default=0) or 1
    return html.Span(className="day-bar", style={"inlineSize": f"{posts / most * 96:.0f}px"})


def _places(at: Here, made: dict[str, Any]) -> html.Section:
    rows = [
        [each["place"], each["posts"], each["before"], each["needs"], each["offers"]]
        for each in made.get("places", [])[:PLACES]
    ]
    if not rows:
        return quiet_section(at.say("digest.places"), at.say("digest.no_places"))
    columns = [
        Column(at.say("digest.place")),
        Column(at.say("digest.posts"), number=True),
        Column(at.say("digest.before"), number=True),
        Column(at.say("gap.needs"), number=True),
        Column(at.say("gap.offers"), number=True),
    ]
    title = at.say("digest.places")
    return html.Section(
        [html.H2(title), table(at, title, columns, rows, "tight")], className="card"
    )


def sources_part(at: Here, made: dict[str, Any]) -> html.Section:
    """Show what each source brought and what it did not read."""
    rows = [
        [
            _source(at, each),
            Cell("–" if each["posts"] is None else at.number(each["posts"]), each["posts"]),
            _state(at, each["state"]),
            at.count("digest.gaps", len(each["gaps"])) if each["gaps"] else at.say("digest.no_gap"),
        ]
        for each in made.get("sources", [])
    ]
    title = at.say("digest.sources")
    if not rows:
        return quiet_section(title, at.say("digest.no_sources"))
    columns = [
        Column(at.say("digest.source")),
        Column(at.say("digest.posts"), number=True),
        Column(at.say("digest.state")),
        Column(at.say("digest.not_read")),
    ]
    return html.Section(
        [html.H2(title), table(at, title, columns, rows, "tight")], className="card"
    )


def _source(at: Here, source: dict[str, Any]) -> str:
    own = f"holding.{source['source']}"
    name = NETWORKS.get(source["source"]) or _known(at, own, source["source"])
    where = isolated(plain(str(source["origin"] or "").partition("://")[2])[:LONGEST_HOST])
    return f"{name} ({where})" if where else name


def _known(at: Here, key: str, otherwise: str) -> str:
    return at.say(key) if key in words(at.lang) else otherwise


def _state(at: Here, state: str | None) -> str:
    return _known(at, f"short.{state}", at.say("digest.read_once"))


def _quotes(at: Here, connection: Connection, made: dict[str, Any]) -> html.Section:
    """Show what nobody has answered; a call that was deleted since is shown no more."""
    quotes = [(from_iso(each["created_at"]), each) for each in made["unanswered"]]
    there = still_there(connection, [(when, each["text"]) for when, each in quotes])
    shown = [pair for pair, is_there in zip(quotes, there, strict=True) if is_there]
    title = at.say("digest.quotes")
    if not shown:
        return quiet_section(title, at.say("digest.no_quotes"))
    names = topic_names(at.lang)
    items = [
        html.Li(
            [
                words_of(each["text"]),
                html.P(
                    [
                        html.Span(at.say("call.urgent"), className="tag tag-urgent")
                        if each["urgent"]
                        else None,
                        html.Span(
                            " · ".join(
                                [
                                    formats.short_day(formats.local(when, at.zone).date(), at.lang),
                                    *(names.get(key, key) for key in each["topics"][:2]),
                                    *each["places"][:2],
                                ]
                            ),
                            className="quiet",
                        ),
                    ],
                    className="tags",
                ),
            ],
            className="call",
        )
        for when, each in shown
    ]
    return html.Section(
        [
            html.H2(title),
            html.P(at.say("digest.quotes_note"), className="quiet"),
            html.Ul(items, className="calls"),
        ],
        className="card",
    )


def _network(at: Here, made: dict[str, Any]) -> html.Section:
    lines = [
        at.say(
            f"digest.{what}", n=at.number(made[what]["count"]),
            versus=at.versus(made[what]["count"], made[what]["before"]),
        )
        for what in ("replies", "reposts")
    ]  # fmt: skip
    if made.get("connectors"):
        lines.append(at.count("digest.connectors", made["connectors"]))
    named = [each for each in made.get("communities", []) if each["name"]][:COMMUNITIES]
    if not may(*SEES_PEOPLE):
        named = []
    return html.Section(
        [
            html.H2(at.say("digest.network")),
            *(html.P(each) for each in lines),
            html.H3(at.say("digest.communities")) if named else None,
            html.Ul(
                [
                    html.Li(f"{each['name']} ({at.count('unit.accounts', each['accounts'])})")
                    for each in named
                ],
                className="plain-list",
                lang=made["lang"],
            )
            if named
            else None,
        ],
        className="card",
    )


def _warnings(at: Here, made: dict[str, Any]) -> html.Section:
    found = made.get("warnings", [])[:WARNINGS]
    left = len(made.get("warnings", [])) - len(found)
    decided = made.get("decisions", {})
    said = at.say(
        "digest.decided",
        confirmed=at.number(decided.get("confirm", 0)),
        dismissed=at.number(decided.get("dismiss", 0)),
    )
    shown: Any = (
        html.Ul([_warning(at, each, made["lang"]) for each in found], className="calls")
        if found
        else html.P(at.say("digest.no_warnings"), className="nothing")
    )
    return html.Section(
        [
            html.H2(at.say("digest.warnings")),
            shown,
            html.P(html.A(at.count("digest.more", left), href="/warnungen")) if left else None,
            html.P(said, className="quiet"),
        ],
        className="card",
    )


def _warning(at: Here, warning: dict[str, Any], lang: str) -> html.Li:
    days = formats.day_span(
        formats.local(from_iso(warning["first"]), at.zone).date(),
        formats.local(from_iso(warning["last"]), at.zone).date(),
        at.lang,
    )
    verdict = warning["verdict"]
    known = verdict if verdict in ("confirm", "dismiss") else "open"
    head = at.say(
        f"digest.{'alert' if warning['level'] == 'alert' else 'watch'}",
        accounts=at.count("unit.accounts", warning["accounts"]),
        days=days,
    )
    told = [each for each in warning["reasons"] if each.get("code") != "weighed"]
    against = [each["text"] for each in told if each.get("against")][:1]
    return html.Li(
        [
            html.H3(html.A(head, href=f"/warnungen/{warning['id']}")),
            html.P(at.say(f"digest.said_{known}"), className="tags"),
            html.Ul(
                [html.Li(each["text"]) for each in told if not each.get("against")][:2],
                className="plain-list spaced",
                lang=lang,
            ),
            html.P(
                [
                    html.Strong(f"{at.say('digest.against')}: "),
                    html.Span(against[0], lang=lang) if against else at.say("digest.against_none"),
                ],
            ),
        ],
        className="call",
    )

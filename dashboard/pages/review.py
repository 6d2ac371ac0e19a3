"""Konten-Prüfung: the accounts that stand in warnings, those in confirmed ones first."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dash import Dash, html
from sqlalchemy import Connection

from dashboard.access import DECIDES, allowed
from dashboard.account_marks import in_short, measured
from dashboard.account_state import account_path, account_tag, shown_name, told_name
from dashboard.filters import address
from dashboard.here import Here, engine, here
from dashboard.narrowing import Part, narrowing, page_number, pager
from dashboard.post_view import network_name
from dashboard.routes import add_page
from dashboard.tables import Cell, Column, table
from dashboard.warning_words import headline, level_words, reasons_against, state_words
from data.decisions import STATES
from data.page_reads.in_warnings import (
    CONFIRMED,
    KNOWN,
    OPEN,
    OVER,
    InWarnings,
    in_warnings,
    marks_of,
)
from data.page_reads.profiles import Profile, profiles
from data.page_reads.usual_range import UsualRange, usual_range
from data.page_reads.warnings import Group, group, groups

PATH = "/konten"
SHOWN = 25  # accounts a page
WARNINGS = 2  # of an account, shown in its row
CHOICES = ("netz", "stand", "warnung", "seite")
STANDS: dict[str, Callable[[InWarnings], bool]] = {  # in the address -> which accounts
    "": lambda each: each.standing != OVER,
    "bestaetigt": lambda each: each.standing == CONFIRMED,
    "offen": lambda each: each.standing == OPEN,
    "vorbei": lambda each: each.standing == OVER,
    "vorgeschlagen": lambda each: each.state == STATES["block_propose"],
    "gesperrt": lambda each: each.state in (STATES["block_confirm"], STATES["appeal"]),
    "bekannt": lambda each: each.state == KNOWN,
}


def register(_app: Dash) -> None:
    """Register the page."""
    add_page("review", layout, path=PATH, alike=True)


@allowed(*DECIDES)
def layout(**address: Any) -> html.Div:
    """Build the page; `netz`, `stand` and `warnung` narrow it, `seite` is the page of the list."""
    at = here()
    with engine().connect() as connection:
        return show(at, connection, chosen_in(address))


def chosen_in(address: Mapping[str, Any]) -> dict[str, str]:
    """Take the choices out of an address; what is no single short text chooses nothing."""
    found = {key: address.get(key) for key in CHOICES}
    return {k: v for k, v in found.items() if isinstance(v, str) and 0 < len(v) <= 64}


def show(at: Here, connection: Connection, chosen: dict[str, str]) -> html.Div:
    """Build the page from the store."""
    everybody = in_warnings(connection)
    head = [
        html.H1(at.say("review.title")),
        html.P(_lead(at, everybody), className="lead"),
    ]
    if not everybody:
        return html.Div([*head, _limits(at)], className="page")
    found = narrowed(everybody, chosen)
    page = page_number(chosen.get("seite"), SHOWN, len(found))
    shown = found[page * SHOWN : (page + 1) * SHOWN]
    return html.Div(
        [
            *head,
            html.P(at.say("review.explains"), className="reading"),
            _one_warning(at, connection, everybody, chosen),
            *_narrowing(at, everybody, chosen),
            html.Section(
                [
                    html.H2(at.count("review.list", len(found))),
                    html.P(at.say("review.list_explains"), className="quiet"),
                    _table(at, connection, shown)
                    if shown
                    else html.P(at.say("review.none"), className="nothing"),
                    pager(at, PATH, chosen, page, SHOWN, len(found)),
                    html.P(
                        html.A(
                            at.say("figure.csv"),
                            href=address("/csv/konten", chosen, seite=""),
                            className="quiet-link",
                            download="",
                        )
                    ),
                ],
                className="card",
            ),
            _limits(at),
        ],
        className="page",
    )


def narrowed(everybody: list[InWarnings], chosen: Mapping[str, str]) -> list[InWarnings]:
    """Keep the accounts that the choices name; one warning's own are shown whatever their state."""
    network = chosen.get("netz")
    found = _of_warning(everybody, chosen)
    if network:
        found = [each for each in found if each.network == network]
    fits = _fits(chosen)
    return [each for each in found if fits(each)]


def shared_objects(marks: Iterable[Mapping[str, Any]]) -> int:
    """Add up how many objects an account shares with others, by its marks in its warnings."""
    return sum(int(each.get("shared_objects") or 0) for each in marks)


def _of_warning(everybody: list[InWarnings], chosen: Mapping[str, str]) -> list[InWarnings]:
    """Keep the accounts of the chosen warning; all where none is chosen."""
    warning = chosen.get("warnung")
    if not warning:
        return everybody
    return [each for each in everybody if any(of.id == warning for of in each.warnings)]


def _fits(chosen: Mapping[str, str]) -> Callable[[InWarnings], bool]:
    stand = chosen.get("stand", "")
    if chosen.get("warnung") and not stand:
        return lambda _each: True
    return STANDS.get(stand, STANDS[""])


def _lead(at: Here, everybody: list[InWarnings]) -> str:
    stands = _by_stand(everybody)
    if not stands[""]:
        return at.say("review.calm")
    return at.count("review.lead", stands[""], confirmed=at.number(stands["bestaetigt"]))


def _by_stand(found: list[InWarnings]) -> Counter[str]:
    """Count the accounts that each of STANDS names; who stands alike is looked at once."""
    alike = Counter((each.standing, each.state) for each in found)
    like = {(each.standing, each.state): each for each in found}
    stands: Counter[str] = Counter()
    for stand, fits in STANDS.items():
        stands[stand] = sum(count for key, count in alike.items() if fits(like[key]))
    return stands


def _one_warning(
    at: Here, connection: Connection, everybody: list[InWarnings], chosen: Mapping[str, str]
) -> html.P | None:
    wanted = chosen.get("warnung")
    if not wanted:
        return None
    found = group(connection, wanted) if _of_warning(everybody, chosen) else None
    named: Any = (
        html.A(headline(at, found), href=f"/warnungen/{found.id}")
        if found
        else at.say("warning.unknown")
    )
    every = html.A(at.say("review.every"), href=address(PATH, chosen, warnung="", seite=""))
    return html.P([at.say("review.of_warning"), " ", named, " ", every], className="reading")


def _narrowing(
    at: Here, everybody: list[InWarnings], chosen: Mapping[str, str]
) -> list[html.Nav | None]:
    of_warning, network = _of_warning(everybody, chosen), chosen.get("netz")
    fits = _fits(chosen)
    anywhere = Counter(each.network for each in of_warning if fits(each))
    here = [each for each in of_warning if not network or each.network == network]
    counts = _by_stand(here)
    if chosen.get("warnung"):
        counts[""] = len(here)
    networks = {
        "": Part(at.say("review.all_networks"), anywhere.total()),
        **{
            each: Part(network_name(at, each), anywhere[each])
            for each in sorted({each.network for each in everybody})
        },
    }
    stands = {
        each: Part(at.say(f"review.stand_{each or 'current'}"), counts[each]) for each in STANDS
    }
    return [
        narrowing(at, at.say("review.stand"), PATH, chosen, "stand", stands),
        narrowing(at, at.say("fact.networks"), PATH, chosen, "netz", networks)
        if len(networks) > 2
        else None,
    ]


def _table(at: Here, connection: Connection, shown: list[InWarnings]) -> html.Div:
    who = profiles(connection, [each.account for each in shown])
    marks = marks_of(connection, shown)
    warnings = {
        each.id: each
        for each in groups(connection, list({of.id: of for each in shown for of in each.warnings}))
    }
    usual = usual_range(connection, at.now)
    rows = [
        _row(
            at,
            each,
            who[each.account],
            [warnings[of.id] for of in each.warnings],
            shared_objects(marks[each.account]),
            usual,
        )
        for each in shown
    ]
    columns = [
        Column(at.say("network.account")),
        Column(at.say("network.on")),
        Column(at.say("review.stands_in"), sorts=False),
        Column(at.say("accounts.marks"), sorts=False),
        Column(at.say("warning.against"), sorts=False),
        Column(at.say("review.made")),
    ]
    return table(at, at.say("review.title"), columns, rows, "review")


def _row(
    at: Here,
    each: InWarnings,
    profile: Profile,
    warnings: list[Group],
    shared: int,
    usual: UsualRange,
) -> list[Any]:
    figures = measured(at, profile, usual)
    marks = [at.count("mark.shared", shared)] if shared else []
    marks += [in_short(at, figure) for figure in figures if figure.strikes]
    against = [at.say("account.declared")] if profile.bot else []
    against += [in_short(at, figure) for figure in figures if figure.eases]
    points = max(len(reasons_against(at, of)) for of in warnings)
    if points:
        against.append(at.count("review.points", points))
    return [
        Cell(
            html.A(shown_name(at, profile), href=account_path(each.account)),
            told_name(at, profile),
        ),
        network_name(at, each.network),
        Cell(_warnings(at, warnings), None),
        Cell(_list(marks), None),
        Cell(_list(against), None),
        Cell(account_tag(at, each.state), each.state or ""),
    ]


def _warnings(at: Here, found: list[Group]) -> html.Ul:
    items: list[Any] = [
        html.Li(
            [
                html.A(
                    [
                        state_words(at, each),
                        html.Span(f": {headline(at, each)}", className="heard"),
                    ],
                    href=f"/warnungen/{each.id}",
                ),
                html.Span(level_words(at, each).split(":")[0], className="quiet beside"),
            ]
        )
        for each in found[:WARNINGS]
    ]
    if len(found) > WARNINGS:
        items.append(html.Li(at.count("review.more_warnings", len(found) - WARNINGS)))
    return html.Ul(items, className="plain-list")


def _list(said: list[str]) -> Any:
    return html.Ul([html.Li(each) for each in said], className="plain-list") if said else "–"


def _limits(at: Here) -> html.Details:
    """Say what this page cannot do yet."""
    return html.Details(
        [
            html.Summary(at.say("review.limits")),
            html.P(at.say("review.limits_text"), className="reading"),
        ],
        className="meaning",
    )

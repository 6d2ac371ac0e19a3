"""`hhhilft collect`: one round of collecting, and how each source does."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from data.config import Config
from data.errors import SourceError
from data.formats import moment, number, this_moment
from monitor.options import json_option, note, print_json, say, with_config
from monitor.reports import Collected

_STATES = {  # state -> (German, English)
    "ok": ("gelesen", "read"),
    "empty": ("gelesen, kein Beitrag", "read, no posts"),
    "no_token": ("Zugang fehlt", "no login"),
    "denied": ("verweigert", "access denied"),
    "not_found": ("nicht gefunden", "not found"),
    "limited": ("Anfragen begrenzt", "requests limited"),
    "unavailable": ("gestört", "out of order"),
    "unreachable": ("nicht erreichbar", "not reachable"),
    "garbled": ("unlesbare Antwort", "unreadable answer"),
    "off": ("aus", "off"),
    "quota": ("Kontingent verbraucht", "quota spent"),
}
_COUNTS = (  # of Collected, German, English
    ("fetched", "abgerufen", "fetched"),
    ("new", "neu", "new"),
    ("updated", "geändert", "updated"),
    ("deleted", "gelöscht", "deleted"),
    ("quarantined", "in Quarantäne", "quarantined"),
    ("skipped", "übergangen (#nobot)", "skipped (#nobot)"),
    ("gaps", "Lücken", "gaps"),
)
_ALWAYS = ("fetched", "new", "updated", "deleted")  # said even if 0


@click.command("collect")
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@json_option
@with_config
def command(config: Config, sources: tuple[str, ...], as_json: bool) -> None:
    """Ask all sources once, or those named.

    There are: mastodon, bluesky, telegram, rss, instagram, facebook, pinterest, x, snscrape.
    One of snscrape's other scrapers: snscrape:SCRAPER:NAME, as snscrape:twitter-hashtag:HHhilft.

    With --json one line an origin: state, fetched, new, updated, deleted, quarantined, skipped,
    gaps, next_try, budget (where fetching costs). Exit 0 when the round ran; what a source refused
    is in its state.
    """
    from data.engine import open_store
    from monitor import steps
    from monitor.collecting import chosen

    try:
        chosen(sources)
    except SourceError as error:
        raise click.UsageError(error.text(config.watch.lang)) from error
    engine = open_store(config.store_url)
    reports = steps.collect(engine, config, sources, this_moment())
    for report in reports:
        if as_json:
            print_json(report.to_json())
        else:
            _say(config, report)
    if all(report.state == "off" for report in reports):
        note(
            config,
            "Es gibt keine Quelle, die gefragt werden kann: In hhhilft.toml zum Beispiel "
            "[mastodon] enabled und instances oder [telegram] channels prüfen.",
            "There is no source that can be asked: in hhhilft.toml check for example "
            "[mastodon] enabled and instances, or [telegram] channels.",
        )
        sys.exit(1)


def _say(config: Config, report: Collected) -> None:
    de, en = _STATES[report.state]
    where = f"{report.source} {report.origin}".strip()
    say(config, f"{where}: {de}{_counts(report, 'de')}.", f"{where}: {en}{_counts(report, 'en')}.")
    budget = report.budget.sentence(config.watch.lang) if report.budget else None
    for line in (budget, report.note(config.watch.lang), report.said):
        if line:
            say(config, f"  {line}", f"  {line}")
    if report.next_try:
        when = _local(config, report.next_try)
        say(config, f"  Nächster Versuch: {when}", f"  Next try: {when}")


def _counts(report: Collected, lang: str) -> str:
    parts = [
        f"{number(getattr(report, name), lang)} {en if lang == 'en' else de}"
        for name, de, en in _COUNTS
        if getattr(report, name) or (name in _ALWAYS and report.origin)
    ]
    return "".join([": ", ", ".join(parts)]) if parts else ""


def _local(config: Config, at: datetime) -> str:
    return moment(at, config.watch.lang, ZoneInfo(config.watch.timezone))

"""`hhhilft doctor`: what is wrong with this installation, and how to mend it."""

import os
import random
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Engine

from data import decisions
from data.budgets import Budget, budgets
from data.config import LOOPBACK, SECRET_KEY, Config, secret
from data.engine import open_store, upgrade_store
from data.errors import MonitorError
from data.formats import moment, number, this_moment
from data.rollups.check import counted_hours, wrong_accounts, wrong_hours
from data.tokens import WARN_BEFORE, end_words, token_ends, token_variable
from data.writes.rollups import recount_all
from monitor.login_provider import login_provider
from monitor.options import json_option, note, print_json, say, with_config
from monitor.sources.token_of import no_token

LEAST_FREE = 500_000_000  # bytes; below, a busy week may not fit any more
CONNECT_SECONDS = 5.0
NEWEST_HOURS, OTHER_HOURS, LOOKED_AT = 24, 24, 2_000  # hours and accounts that are counted again
DEBIAN = "apt-get install -y --no-install-recommends"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `good` is None where it does not matter for running."""

    what: str
    good: bool | None
    de: str
    en: str


@click.command("doctor")
@with_config
@click.option("--upgrade", is_flag=True, help="Bring the store to this version first.")
@click.option("--recount", is_flag=True, help="Count anew all that the pages show.")
@click.option("--testing", is_flag=True, help="Look only at what `make test` needs.")
@json_option
def command(config: Config, upgrade: bool, recount: bool, testing: bool, as_json: bool) -> None:
    """Look at settings, store, disk, sources and system packages; exit 1 if something is wrong."""
    if upgrade:
        upgrade_store(config.store_url)
        note(
            config,
            "Der Speicher ist auf dem Stand dieser Version.",
            "The store is at this version.",
        )
    if recount:
        hours = recount_all(open_store(config.store_url))
        note(
            config,
            f"Alles ist neu gezählt: {number(hours, 'de')} Stunden und Konten.",
            f"Everything is counted anew: {number(hours, 'en')} hours and accounts.",
        )
    findings = list(_testing() if testing else _everything(config))
    if as_json:
        print_json([asdict(each) for each in findings])
    else:
        for each in findings:
            mark = {True: "✓", False: "✗", None: "·"}[each.good]
            say(config, f"{mark} {each.de}", f"{mark} {each.en}")
    if any(each.good is False for each in findings):
        sys.exit(1)


def _everything(config: Config) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", True, f"Python {version}", f"Python {version}")
    where = config.path
    yield Finding(
        "settings",
        True,
        f"Einstellungen: {where or 'Voreinstellung; anlegen mit: hhhilft init'}",
        f"Settings: {where or 'defaults; write them with: hhhilft init'}",
    )
    yield from _store(config)
    if config.oidc.issuer:
        yield Finding("oidc", *login_provider(config))
    yield _about(config)
    yield _disk(config)
    yield _encoder()
    hosts = {
        f"{urlsplit(where).scheme}://{urlsplit(where).netloc}": each
        for each, where in config.asked
        if urlsplit(where).netloc
    }
    for host, network in hosts.items():
        yield _reachable(host, network)


def _store(config: Config) -> Iterator[Finding]:
    try:
        engine = open_store(config.store_url)
    except MonitorError as error:
        yield Finding("store", False, error.de, error.en)
        return
    shown = engine.url.render_as_string(hide_password=True)
    yield Finding("store", True, f"Speicher: {shown}", f"Store: {shown}")
    yield _login(config, engine)
    yield from _tokens(config, engine)
    yield from _budgets(config, engine)
    yield _counts(engine)
    engine.dispose()


def _counts(engine: Engine) -> Finding:
    """Say whether what the pages count agrees with the posts, of the newest and of other hours."""
    with engine.connect() as connection:
        known = counted_hours(connection)
        others = known[NEWEST_HOURS:]
        hours = known[:NEWEST_HOURS] + random.sample(others, min(OTHER_HOURS, len(others)))
        wrong = wrong_hours(connection, hours)
        accounts = wrong_accounts(connection, LOOKED_AT)
    if not wrong and not accounts:
        return Finding(
            "counts",
            True,
            f"Zählungen stimmen mit den Beiträgen überein ({len(hours)} Stunden verglichen)",
            f"What is counted agrees with the posts ({len(hours)} hours compared)",
        )
    return Finding(
        "counts",
        False,
        f"Zählungen weichen von den Beiträgen ab: {len(wrong)} Stunden, {len(accounts)} Konten. "
        "Neu zählen: hhhilft doctor --recount",
        f"What is counted differs from the posts: {len(wrong)} hours, {len(accounts)} accounts. "
        "To count anew: hhhilft doctor --recount",
    )


def _login(config: Config, engine: Engine) -> Finding:
    with engine.connect() as connection:
        users = len(decisions.list_users(connection))
    somebody = users or config.oidc.issuer
    if config.dashboard.host in LOOPBACK or (somebody and secret(SECRET_KEY)):
        return Finding(
            "login",
            True,
            f"Anmeldung: {users} Benutzer, Seiten auf {config.dashboard.host}",
            f"Login: {users} users, pages on {config.dashboard.host}",
        )
    return Finding(
        "login",
        False,
        f"[dashboard] host ist {config.dashboard.host}: Dafür braucht es Benutzer "
        f"(hhhilft user add) und {SECRET_KEY} in der Umgebung.",
        f"[dashboard] host is {config.dashboard.host}: that needs users (hhhilft user add) and "
        f"{SECRET_KEY} in the environment.",
    )


def _about(config: Config) -> Finding:
    """Say what the public pages cannot name yet; beyond this machine that is wrong."""
    missing = ", ".join(config.about.missing)
    if not missing:
        return Finding(
            "about",
            True,
            f"Betreiber: {config.about.operator}",
            f"Run by: {config.about.operator}",
        )
    return Finding(
        "about",
        None if config.dashboard.host in LOOPBACK else False,
        f"Noch nicht genannt, wer diese Anlage betreibt und wie man schreibt: {missing}. In "
        "hhhilft.toml unter [about] eintragen; bis dahin sagen Datenschutz, Barrierefreiheit und "
        "Transparenz, dass es fehlt.",
        f"Not named yet who runs this installation and how to write to them: {missing}. Put it "
        "under [about] in hhhilft.toml; until then the pages on privacy, accessibility and "
        "transparency say that it is missing.",
    )


def _tokens(config: Config, engine: Engine) -> Iterator[Finding]:
    """Say which tokens of networks are missing or end soon, as far as a round learnt when."""
    now, zone = this_moment(), ZoneInfo(config.watch.timezone)
    with engine.connect() as connection:
        ends = token_ends(connection)
    for network, origin in config.asked:
        variable = token_variable(config, network, origin)
        end = ends.get((network, origin))
        what = f"token {origin}"
        if variable is None:
            continue
        try:
            if secret(variable) is None:
                yield Finding(what, False, *no_token(variable))
                continue
        except MonitorError as error:
            yield Finding(what, False, error.de, error.en)
            continue
        if end is None:
            yield Finding(
                what,
                None,
                f"Zugang zu {origin} ist da; wann er endet, ist nicht bekannt",
                f"There is a token for {origin}; when it ends is not known",
            )
        elif end - now <= WARN_BEFORE:
            yield Finding(what, False, *end_words(origin, end, now, zone))
        else:
            yield Finding(
                what,
                True,
                f"Zugang zu {origin}: gültig bis {moment(end, 'de', zone)}",
                f"Token for {origin}: valid until {moment(end, 'en', zone)}",
            )


def _budgets(config: Config, engine: Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        left = budgets(connection, config, this_moment())
    for network, budget in left.items():
        de, en = (f"{network}: {budget.sentence(lang)}" for lang in ("de", "en"))
        yield Finding(f"budget {network}", True if budget.posts.left else None, de, en)
    if "x" in left:
        yield from _counted_by_x(config, left["x"])


def _counted_by_x(config: Config, budget: Budget) -> Iterator[Finding]:
    """Say what X counts itself, whether it lets us ask, and when its month ends."""
    from monitor.sources.http import Patience
    from monitor.sources.refused import Refused
    from monitor.sources.x.usage import usage

    what = "usage x"
    try:
        told = usage(config, Patience())
    except Refused as refused:
        if refused.state != "no_token":  # that is said already, of all networks
            good = False if refused.state in ("denied", "quota") else None
            said = f" ({refused.said})" if refused.said else ""
            yield Finding(what, good, f"{refused.de}{said}", f"{refused.en}{said}")
        return
    here = (budget.end.date() - this_moment().date()).days
    de, en = (number(told.posts, lang) for lang in ("de", "en"))
    if told.days_left is not None and abs(told.days_left - here) > 1:
        yield Finding(
            what,
            False,
            f"X zählt {de} Beiträge und beginnt in {told.days_left} Tagen neu, das Programm aber "
            f"in {here} Tagen. Den Tag, an dem es bei X neu beginnt, in [x] billing_day eintragen.",
            f"X counts {en} posts and begins anew in {told.days_left} days, this program in "
            f"{here} days. Put the day on which it begins anew at X into [x] billing_day.",
        )
    else:
        yield Finding(
            what,
            True,
            f"X zählt in diesem Abrechnungsmonat selbst {de} Beiträge, aller Apps dieses Projekts",
            f"X itself counts {en} posts in this billing month, of all apps of this project",
        )


def _disk(config: Config) -> Finding:
    free = shutil.disk_usage(config.folder).free
    gigabytes = f"{free / 1e9:.1f}"
    if free >= LEAST_FREE:
        return Finding(
            "disk",
            True,
            f"Platz: {gigabytes.replace('.', ',')} GB frei",
            f"Disk: {gigabytes} GB free",
        )
    return Finding(
        "disk",
        False,
        f"Nur {gigabytes.replace('.', ',')} GB frei in {config.folder}. Platz schaffen.",
        f"Only {gigabytes} GB free in {config.folder}. Make room.",
    )


def _encoder() -> Finding:
    from nlp.embed import installed

    if installed():
        return Finding("encoder", True, "Einordnen: mit dem Encoder", "Tagging: with the encoder")
    return Finding(
        "encoder",
        None,
        "Einordnen ohne den Encoder: mehr Themen fehlen oder sind falsch. "
        "pip install 'hhhilft-monitor[encoder]' holt, was er braucht.",
        "Tagging without the encoder: more topics are missing or wrong. "
        "pip install 'hhhilft-monitor[encoder]' gets what it needs.",
    )


def _reachable(host: str, network: str) -> Finding:
    parts = urlsplit(host)
    name, port = (
        parts.hostname or "",
        parts.port or (443 if parts.scheme in ("https", "wss") else 80),
    )
    try:
        with socket.create_connection((name, port), timeout=CONNECT_SECONDS):
            return Finding(host, True, f"{host} ist erreichbar", f"{host} can be reached")
    except OSError as error:
        return Finding(
            host,
            False,
            f"{host} ist von hier nicht zu erreichen ({error}). Netz und Firewall prüfen, oder "
            f"[{network}] in hhhilft.toml ändern.",
            f"{host} cannot be reached from here ({error}). Check network and firewall, or "
            f"change [{network}] in hhhilft.toml.",
        )


def _testing() -> Iterator[Finding]:
    for package, found, de, en in (
        (
            "chromium",
            os.environ.get("CHROMIUM") or shutil.which("chromium"),
            "Browsertests",
            "browser tests",
        ),
        (
            "postgresql",
            next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None),
            "Tests mit PostgreSQL",
            "tests with PostgreSQL",
        ),
    ):
        yield (
            Finding(package, True, f"{package} ist da", f"{package} is there")
            if found
            else Finding(
                package,
                None,
                f"{package} fehlt, {de} werden übersprungen. Installieren: {DEBIAN} {package}",
                f"{package} is missing, {en} are skipped. Install it: {DEBIAN} {package}",
            )
        )

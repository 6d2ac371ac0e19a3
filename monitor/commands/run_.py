"""`hhhilft run`: the worker and the pages, in one go or as two services."""

import logging
import os
import threading
from dataclasses import replace

import click

from data import decisions
from data.config import Config
from data.engine import open_store
from data.formats import this_moment
from monitor.options import note, say, with_config
from monitor.processes import keep_running, refuse_taken_port, wait_for
from monitor.schedule import run_worker

FIRST_USER = "admin"
START_SECONDS = 120.0  # a cold machine loads Dash slowly


@click.command("run")
@with_config
@click.option("--no-dashboard", is_flag=True, help="Only collect, tag, detect, report.")
@click.option("--no-schedule", is_flag=True, help="Only show the pages.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages.")
@click.pass_context
def command(
    ctx: click.Context, config: Config, no_dashboard: bool, no_schedule: bool, port: int | None
) -> None:
    """Collect, tag, detect and report on a schedule, with the dashboard, until stopped.

    `--no-dashboard` and `--no-schedule` split it into two services on the same store.
    """
    if no_dashboard and no_schedule:
        raise click.UsageError("--no-dashboard and --no-schedule together leave nothing to run.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a step that is still busy is no news
    if port:
        config = replace(config, dashboard=replace(config.dashboard, port=port))
    engine = open_store(config.store_url)
    if no_dashboard:
        run_worker(config, engine)
        return
    _first_login(config)
    engine.dispose()
    ctx.exit(start(config, schedule=not no_schedule))


def start(config: Config, *, schedule: bool, demo: bool = False) -> int:
    """Start the worker and the pages as two processes and say the address; return the exit code."""
    host, port = config.dashboard.host, config.dashboard.port
    refuse_taken_port(host, port)
    settings = ["--config", str(config.path)] if config.path else []
    commands = {
        "dashboard": ["dashboard", "--port", str(port), *settings, *(["--demo"] if demo else [])]
    }
    if schedule:
        commands["worker"] = ["monitor", "run", "--no-dashboard", *settings]
    threading.Thread(target=_announce, args=(config, demo), daemon=True).start()
    return keep_running(commands)


def _announce(config: Config, demo: bool) -> None:
    host, port = config.dashboard.host, config.dashboard.port
    seen_from_here = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    if not wait_for(seen_from_here, port, START_SECONDS):
        note(
            config,
            f"Die Seiten antworten nach {START_SECONDS:.0f} Sekunden noch nicht. "
            "Was fehlt, sagt: hhhilft doctor",
            f"The pages do not answer after {START_SECONDS:.0f} seconds. To see what is wrong: "
            "hhhilft doctor",
        )
        return
    address = f"http://{seen_from_here}:{port}/"
    if demo:
        say(
            config,
            f"Die Vorschau mit erfundenen Beispieldaten: {address}  (beenden mit Strg+C)",
            f"The demo with invented sample data: {address}  (stop with Ctrl+C)",
        )
    else:
        say(
            config,
            f"Die Seiten: {address}  (beenden mit Strg+C)",
            f"The pages: {address}  (stop with Ctrl+C)",
        )


def _first_login(config: Config) -> None:
    """Make the first user where there is none, and say its password once."""
    engine = open_store(config.store_url)
    with engine.begin() as connection:
        if decisions.list_users(connection):
            return
        password = os.environ.get("HHHILFT_ADMIN_PASSWORD") or decisions.new_password()
        decisions.add_user(connection, FIRST_USER, "admin", password, this_moment())
    change = f"hhhilft user password {FIRST_USER}"
    if os.environ.get("HHHILFT_ADMIN_PASSWORD"):
        say(
            config,
            f"Zum Anmelden: Name {FIRST_USER}, das Passwort aus HHHILFT_ADMIN_PASSWORD.\n"
            f"Ändern: {change}",
            f"To log in: name {FIRST_USER}, the password from HHHILFT_ADMIN_PASSWORD.\n"
            f"To change it: {change}",
        )
        return
    say(
        config,
        f"Zum Anmelden: Name {FIRST_USER}, Passwort {password}\n"
        f"Das Passwort steht nur dieses eine Mal hier. Ändern: {change}",
        f"To log in: name {FIRST_USER}, password {password}\n"
        f"It is shown this once. To change it: {change}",
    )

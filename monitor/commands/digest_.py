"""`hhhilft digest`: the week as HTML and JSON."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from data.config import Config
from data.errors import ConfigError
from data.formats import this_moment
from monitor.options import json_option, print_json, say, with_config


@click.command("digest")
@click.option("--week", metavar="2026-W47", help="ISO week; the last whole one by default.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files go; [digest] folder of the settings by default.",
)
@json_option
@with_config
def command(config: Config, week: str | None, folder: Path | None, as_json: bool) -> None:
    """Write the weekly digest; with --json print it instead."""
    from data.engine import open_store
    from monitor import steps
    from monitor.digest.document import document
    from monitor.digest.files import topic_names

    now = this_moment()
    if week:
        _check(week, config, now)
    engine = open_store(config.store_url)
    if as_json:
        made = steps.digest_of(engine, config, week, now)
        print_json(document(made, topic_names(config.watch.lang), config.watch.lang))
        return
    for path in steps.digest(engine, config, week, folder, now):
        say(config, f"Geschrieben: {path}", f"Written: {path}")


def _check(week: str, config: Config, now: datetime) -> None:
    """Refuse a week that is none, or to come, as wrong use."""
    from monitor.digest.weeks import iso_week, until

    try:
        until(iso_week(week, ZoneInfo(config.watch.timezone)), now)
    except ConfigError as error:
        raise click.UsageError(error.text(config.watch.lang)) from error

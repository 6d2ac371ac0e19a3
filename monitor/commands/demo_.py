"""`hhhilft demo`: everything on shipped, invented data, in a folder that is gone afterwards."""

import os
import tempfile
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from data.config import Config, read_config, toml
from data.engine import open_store
from data.formats import this_moment
from monitor import steps
from monitor.commands.run_ import start
from monitor.options import note, with_config


@click.command("demo")
@with_config
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages.")
@click.pass_context
def command(ctx: click.Context, config: Config, port: int | None) -> None:
    """Show everything on invented sample data: no network, no login, this machine only.

    The data live in a temporary folder and are gone when the demo ends.
    """
    with tempfile.TemporaryDirectory(prefix="hhhilft-demo-") as folder:
        os.environ.pop("HHHILFT_STORE_URL", None)  # the demo never touches the real store
        own = _settings(Path(folder), config, port or config.dashboard.port)
        note(
            own,
            "Beispieldaten laden, verschlagworten und prüfen …",
            "Loading, tagging and checking the sample data …",
        )
        fill(own)
        code = start(own, schedule=True, demo=True)
    ctx.exit(code)


def fill(config: Config) -> None:
    """Make the demo's store out of the sample, as it is at this moment."""
    engine = open_store(config.store_url)
    take_sample(engine, config, this_moment())
    engine.dispose()


def take_sample(engine: Engine, config: Config, now: datetime) -> None:
    """Take the sample through the whole line: posts, labels, clusters, the last week's digest."""
    steps.load_sample(engine, now)
    steps.tag(engine, config)
    steps.match(engine, config, now)
    steps.detect(engine, config, now)
    steps.digest(engine, config, None, config.digest_folder, now)


def _settings(folder: Path, config: Config, port: int) -> Config:
    path = folder / "hhhilft.toml"
    watch, detect = config.watch, config.detect
    path.write_text(
        f"[watch]\nhashtags = {toml(watch.hashtags)}\nlang = {toml(watch.lang)}\n"
        f"timezone = {toml(watch.timezone)}\n"
        f"[store]\nurl = {toml('sqlite:///demo.db')}\n[mastodon]\nenabled = false\n"
        f"[detect]\nseed = {detect.seed}\n[dashboard]\nport = {port}\n",
        "utf-8",
    )
    return read_config(path)

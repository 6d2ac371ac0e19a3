"""Serves the pages of a made store as `python -m dashboard` does, at the time of its posts."""

import sys
from dataclasses import replace
from pathlib import Path

from bench.big_store import NEWEST
from dashboard.__main__ import Server
from data.config import Config, StoreConfig


def main(url: str, port: str) -> None:
    """Serve until stopped; the program's name goes before gunicorn reads the command line."""
    config = Config(folder=Path.cwd(), store=StoreConfig(url))
    config = replace(config, dashboard=replace(config.dashboard, port=int(port)))
    Server(config, now=lambda: NEWEST).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

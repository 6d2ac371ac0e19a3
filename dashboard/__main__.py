"""`python -m dashboard`: serves the pages with gunicorn, a few processes with a few threads."""

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from dashboard.access import check_demo, check_exposure
from dashboard.app import create_app
from dashboard.even_worker import Connections, EvenWorker
from dashboard.here import clock
from data.config import Config, read_config
from data.engine import open_store
from data.errors import MonitorError
from data.oidc import secret_of_client

ALLOCATIONS = 10_000  # between two looks for garbage; an answer makes some thousand objects
CACHE_MB = 4  # of each thread's connection; the system keeps what they read as well


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around one app, made before the processes part: they share what never changes.

    So they share the key of the sessions, where none is set, and the count of tries to log in.
    """

    def __init__(
        self, config: Config, demo: bool = False, now: Callable[[], datetime] = clock
    ) -> None:
        self.settings, self.demo, self.now = config, demo, now
        self.connections = Connections()
        super().__init__()

    def load_config(self) -> None:
        here = self.settings.dashboard
        host = f"[{here.host}]" if ":" in here.host else here.host
        self.cfg.set("bind", f"{host}:{here.port}")
        self.cfg.set("workers", here.serving)
        self.cfg.set("worker_class", EvenWorker)
        self.cfg.set("pre_fork", self.connections.take_place)
        self.cfg.set("preload_app", True)
        self.cfg.set("threads", here.threads)
        self.cfg.set("timeout", 60)
        self.cfg.set("graceful_timeout", 5)
        self.cfg.set("keepalive", 30)  # seconds; the next look is not a new connection
        self.cfg.set("proc_name", "hhhilft-dashboard")
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        engine = open_store(self.settings.store_url, CACHE_MB)
        server = create_app(self.settings, engine, self.demo, self.now).server
        engine.dispose()  # each process opens connections of its own
        gc.collect()
        gc.freeze()  # what is loaded stays: looking for garbage in it took 100 ms, within an answer
        gc.set_threshold(ALLOCATIONS)
        return server


@click.command()
@click.option("--config", "path", type=click.Path(path_type=Path), help="Settings file.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages.")
@click.option("--demo", is_flag=True, help="Sample data: no login, this machine only.")
def main(path: Path | None, port: int | None, demo: bool) -> None:
    """Serve the pages until stopped."""
    lang = os.environ.get("HHHILFT_LANG", "de")
    try:
        config = read_config(path)
        lang = config.watch.lang
        if port:
            config = replace(config, dashboard=replace(config.dashboard, port=port))
        if demo:
            check_demo(config)
        else:
            engine = open_store(config.store_url)
            check_exposure(config, engine)
            engine.dispose()
            if config.oidc.issuer:
                secret_of_client()
    except MonitorError as error:
        click.echo(error.text(lang), err=True)
        sys.exit(1)
    Server(config, demo).run()


if __name__ == "__main__":
    main()

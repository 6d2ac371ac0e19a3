"""The corrections that commands learn from: those of the store, where there is one."""

from collections.abc import Callable
from typing import TypeVar

import click

from data.config import Config
from data.corrected import Corrected, corrected_posts
from data.engine import has_store, open_store
from data.errors import StoreError

R = TypeVar("R")


def with_corrections(command: Callable[..., R]) -> Callable[..., R]:
    """Add `--corrections/--no-corrections`; None where nothing was said."""
    return click.option(
        "--corrections/--no-corrections",
        default=None,
        help="Whether to use what people corrected in the store (default: if there is one).",
    )(command)


def corrections_of_store(config: Config, wanted: bool | None) -> list[Corrected]:
    """Read the corrections that hold; nothing if not wanted, or not asked for and without a store.

    Raises StoreError where they are asked for and there is no store.
    """
    if wanted is False:
        return []
    if not has_store(config.store_url):
        if wanted is None:
            return []
        raise StoreError(
            de="Hier gibt es noch keine Datenbank, also auch keine Berichtigungen. Ohne sie: "
            "--no-corrections. Eine andere nennt [store] url in der Datei von --config.",
            en="There is no database here yet, so no corrections. Without them: "
            "--no-corrections. The file of --config names another in [store] url.",
        )
    engine = open_store(config.store_url)
    try:
        with engine.connect() as connection:
            return corrected_posts(connection)
    finally:
        engine.dispose()

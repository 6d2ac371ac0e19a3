"""What every command of `hhhilft` has in common: settings, language, JSON."""

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from data.config import Config, read_config

R = TypeVar("R")


def with_config(command: Callable[..., R]) -> Callable[..., R]:
    """Add `--config` and `--lang` and hand the command its `config`.

    The file is read when the command runs, so that `--help` works without one.
    """

    @click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        envvar="HHHILFT_CONFIG",
        help="Settings file; hhhilft.toml of this folder by default.",
    )
    @click.option("--lang", type=click.Choice(["de", "en"]), help="Language of messages.")
    @functools.wraps(command)
    def wrapped(*args: Any, config_path: Path | None, lang: str | None, **kwargs: Any) -> R:
        if lang:
            os.environ["HHHILFT_LANG"] = lang  # also for the programs that the command starts
        return command(*args, config=read_config(config_path), **kwargs)

    return wrapped


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def say(config: Config, de: str, en: str) -> None:
    """Print a sentence for people on standard output in the chosen language."""
    click.echo(en if config.watch.lang == "en" else de)


def note(config: Config, de: str, en: str) -> None:
    """Print progress or a hint on standard error in the chosen language."""
    click.echo(en if config.watch.lang == "en" else de, err=True)


def print_json(document: object) -> None:
    """Print one JSON document on one line (JSON Lines, if called once a line)."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(", ", ": ")) + "\n")

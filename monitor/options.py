"""What every command of `hhhilft` has in common: settings, language, JSON."""

import functools
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from data.config import Config, read_config
from data.errors import MonitorError
from monitor.faults import in_words

R = TypeVar("R")
_LANG = "HHHILFT_LANG"


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
        with spoken(lang):
            return _told(command, read_config(config_path), *args, **kwargs)

    return wrapped


who_option = click.option("--who", default=getpass.getuser, help="Your name; by default the login.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@contextmanager
def spoken(lang: str | None) -> Iterator[None]:
    """Speak `lang` (None: as the environment says), also in the programs that are started here."""
    before = os.environ.get(_LANG)
    if lang:
        os.environ[_LANG] = lang
    try:
        yield
    except MonitorError as error:
        error.lang = error.lang or os.environ.get(_LANG)
        raise
    finally:
        if lang:
            os.environ.pop(_LANG)
            os.environ.update({_LANG: before} if before else {})


def _told(command: Callable[..., R], config: Config, *args: Any, **kwargs: Any) -> R:
    """Run a command; faults of the store and the disk become sentences in the settings' language.

    What is still to be printed counts: a full disk is told, not lost at the program's end.
    """
    try:
        done = command(*args, config=config, **kwargs)
        sys.stdout.flush()
    except MonitorError as error:
        error.lang = config.watch.lang
        raise
    except Exception as error:
        told = in_words(error)
        if told is None:
            raise
        told.lang = config.watch.lang
        raise told from error
    return done


def say(config: Config, de: str, en: str) -> None:
    """Print a sentence for people on standard output in the chosen language."""
    click.echo(en if config.watch.lang == "en" else de)


def note(config: Config, de: str, en: str) -> None:
    """Print progress or a hint on standard error in the chosen language."""
    click.echo(en if config.watch.lang == "en" else de, err=True)


def print_json(document: object) -> None:
    """Print one JSON document on one line (JSON Lines, if called once a line)."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(", ", ": ")) + "\n")

"""The options of commands that learn from labelled posts."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from data.corpus import FOLDER

R = TypeVar("R")


def with_labelled_posts(command: Callable[..., R]) -> Callable[..., R]:
    """Add `--corpus`, a folder, and `--settings`, a file or None; hand them to the command."""
    settings = click.option(
        "--settings",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Settings of training (default: nlp/training.toml).",
    )
    corpus = click.option(
        "--corpus",
        metavar="FOLDER",
        type=click.Path(path_type=Path, file_okay=False),
        default=FOLDER,
        help="Labelled posts, posts*.jsonl, one author a file (default: those shipped).",
    )
    return corpus(settings(command))

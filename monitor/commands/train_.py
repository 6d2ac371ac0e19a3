"""`hhhilft train`: makes the tagger's model from labelled posts."""

from pathlib import Path

import click

from data.config import Config
from data.corpus import read_corpus
from data.errors import ModelError
from monitor.corrections import corrections_of_store, with_corrections
from monitor.labelled import with_labelled_posts
from monitor.options import json_option, print_json, say, with_config


@click.command("train")
@with_labelled_posts
@with_corrections
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the model (default: the one that the tagger uses).",
)
@json_option
@with_config
def command(
    config: Config,
    corpus: Path,
    settings: Path | None,
    corrections: bool | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make the tagger's model anew from labelled posts; the same posts give the same file.

    What people have corrected in the store is a part of its own beside the labelled posts.
    """
    from nlp.learn import examples_of
    from nlp.linear import MODEL_FILE
    from nlp.training import TRAINING_FILE, read_plan, train

    posts = list(read_corpus(corpus))
    if not posts:
        raise ModelError(
            de=f"{corpus} enthält keine Datei posts*.jsonl mit Beiträgen.",
            en=f"{corpus} holds no file posts*.jsonl with posts.",
        )
    corrected = [each.post for each in corrections_of_store(config, corrections)]
    path = out or MODEL_FILE
    plan = read_plan(settings or TRAINING_FILE)
    train(examples_of([*posts, *corrected]), plan).write(path)
    size = path.stat().st_size
    parts = len({post["part"] for post in posts})
    if as_json:
        told = {"posts": len(posts), "parts": parts, "corrections": len(corrected)}
        print_json({"model": str(path), **told, "bytes": size})
    else:
        say(
            config,
            f"{path}: aus {len(posts)} Beiträgen in {parts} Teilen, Berichtigungen von Menschen: "
            f"{len(corrected)}; {size / 1e6:.1f} MB.",
            f"{path}: from {len(posts)} posts in {parts} parts, corrections by people: "
            f"{len(corrected)}; {size / 1e6:.1f} MB.",
        )

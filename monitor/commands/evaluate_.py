"""`hhhilft evaluate`: how often the tagger is right on posts of authors it has not seen."""

from pathlib import Path

import click

from data.config import Config
from data.corpus import FOLDER, read_corpus
from data.errors import ConfigError, ModelError
from data.system_words import why_de
from monitor.corrections import corrections_of_store, with_corrections
from monitor.labelled import with_labelled_posts
from monitor.options import json_option, print_json, with_config
from monitor.whole_file import whole_file


@click.command("evaluate")
@with_labelled_posts
@with_corrections
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write a page with pictures that stands alone.",
)
@click.option(
    "--as-is",
    is_flag=True,
    help="Train nothing: score the tagger as installed on the posts of --corpus FOLDER.",
)
@json_option
@with_config
def command(
    config: Config,
    corpus: Path,
    settings: Path | None,
    corrections: bool | None,
    html: Path | None,
    as_is: bool,
    as_json: bool,
) -> None:
    """Train on all parts of the corpus but one, test on that one, for each; rules beside it.

    On the posts that people corrected in the store: how often the tagger had been right, and what
    learning from them changes.
    """
    if as_is:
        if corpus == FOLDER or html is not None or corrections is not None or settings is not None:
            raise click.UsageError(
                "--as-is goes with --corpus FOLDER alone: labelled posts of your own. From the "
                "shipped ones the tagger has learned."
            )
        _as_is(corpus, as_json=as_json)
        return
    from monitor.evaluation.document import document
    from monitor.evaluation.page import page
    from monitor.evaluation.text import text
    from nlp.corrected import compare
    from nlp.crossval import cross_validate
    from nlp.standing import held_out
    from nlp.training import TRAINING_FILE, read_plan

    posts = list(read_corpus(corpus))
    if len({post["part"] for post in posts}) < 2:
        raise ModelError(
            de=f"{corpus}: zum Prüfen braucht es zwei Dateien posts*.jsonl oder mehr.",
            en=f"{corpus}: two files posts*.jsonl or more are needed for testing.",
        )
    corrected = corrections_of_store(config, corrections)
    plan = read_plan(settings or TRAINING_FILE)
    report = cross_validate(posts, plan)
    compared = None
    if corrected:
        said, found = [each.post for each in corrected], [each.found for each in corrected]
        compared = compare(said, found, posts, plan)
    with_encoder = held_out()
    if html is not None:
        _write(html, page(report, config.watch.lang, compared, with_encoder))
    if as_json:
        print_json(document(report, compared, with_encoder))
    else:
        click.echo(text(report, compared, with_encoder))


def _as_is(corpus: Path, *, as_json: bool) -> None:
    from monitor.evaluation.document import standing_document
    from monitor.evaluation.text import standing_text
    from nlp.standing import standing

    posts = list(read_corpus(corpus))
    if not posts:
        raise ModelError(
            de=f"{corpus}: keine eingeordneten Beiträge. Der Ordner braucht eine Datei "
            "posts*.jsonl, wie data/corpus sie zeigt.",
            en=f"{corpus}: no labelled posts. The folder needs a file posts*.jsonl, as data/corpus "
            "shows.",
        )
    tiers = standing(posts)
    if as_json:
        print_json(standing_document(tiers))
    else:
        click.echo(standing_text(tiers))


def _write(path: Path, page: str) -> None:
    try:
        whole_file(path, page)
    except OSError as error:
        raise ConfigError(
            de=f"Die Seite lässt sich nicht nach {path} schreiben: {why_de(error)}. "
            "Einen anderen Ort nennen: --html.",
            en=f"The page cannot be written to {path}: {error.strerror}. "
            "Name another place: --html.",
        ) from error

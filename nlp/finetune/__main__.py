"""`python -m nlp.finetune`: makes the encoder's file anew. For developers; takes hours.

Run `hhhilft train` on the same posts before: the combination is fitted to its linear model.
"""

from pathlib import Path

import click

from data.corpus import FOLDER, read_corpus
from data.errors import MonitorError
from nlp import embed
from nlp.finetune.course import check_tools, read_course
from nlp.training import read_plan


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=FOLDER, help="Labelled posts.")
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("var/finetune"),
    help="Where what has been computed is kept, so that a second run goes on.",
)
@click.option("--out", type=click.Path(path_type=Path), default=embed.ENCODER_FILE)
def main(corpus: Path, work: Path, out: Path) -> None:
    """Fine-tune the encoder on labelled posts; print the F1 on posts that were held out."""
    try:
        check_tools()
        from nlp.finetune.run import make

        packed, figures = make(
            list(read_corpus(corpus)), read_plan(), read_course(), work, click.echo
        )
    except MonitorError as error:
        raise click.ClickException(error.en) from error
    embed.write(packed, out)
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB. F1 on posts that were held out:")
    for name, scores in figures.items():
        click.echo(f"{name:10}" + "  ".join(f"{field} {f1:.3f}" for field, f1 in scores.items()))


if __name__ == "__main__":
    main()

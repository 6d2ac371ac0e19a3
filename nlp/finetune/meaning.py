"""`python -m nlp.finetune.meaning`: makes the matching's encoder anew. For developers.

It takes some twenty minutes, and learns from data/pairs without the parts that are for
nlp.pair_training, and from data/corpus who seeks or offers. The vectors of the pieces are those of
the tagger's encoder.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from data.corpus import FOLDER as CORPUS
from data.corpus import UNSEEN, read_corpus
from data.errors import MonitorError
from data.pairs import FOLDER, OF_WEIGHTS, read_pairs
from data.records import LONGEST_TEXT, clean
from nlp import embed
from nlp.answers import OFFERS, SEEKS
from nlp.finetune.course import check_tools
from nlp.meaning import MEANING_FILE

if TYPE_CHECKING:
    from nlp.finetune.belonging import Lesson

SHOWN = 8  # one post of so many shows what goes into the matrices that are rounded
Rows = Sequence[Mapping[str, Any]]


def make(posts: Rows, others: Rows, folder: Path, tell: Callable[[str], None]) -> embed.Packed:
    """Fine-tune on the posts of `data.pairs` and on the `others` of `data.corpus`.

    Returns the file's content. What the lower layers make of posts is kept in `folder`.
    """
    from nlp.finetune import original, vocabulary
    from nlp.finetune.belonging import SHAPE, tune
    from nlp.finetune.graph import build_meaning
    from nlp.finetune.pack import ORIGIN, pieces_of
    from nlp.finetune.rounding import largest_inputs
    from nlp.piece_vectors import PieceVectors

    model = original.read(original.find())
    kept = vocabulary.kept(model.pieces)
    net = tune(model, lesson(posts, others, model, kept, folder, tell), tell)
    tuned = {name: each.detach().numpy() for name, each in net.state_dict().items()}
    pieces = pieces_of(model, kept)
    shown = map(PieceVectors(pieces).of, (post["text"] for post in posts[::SHOWN]))
    largest = largest_inputs(build_meaning(model, SHAPE, tuned, {}), shown)
    network = build_meaning(model, SHAPE, tuned, largest).SerializeToString()
    origin = {**ORIGIN, "model": "multilingual-e5-small, fine-tuned on data/pairs and data/corpus"}
    about = {"format": embed.FORMAT, "origin": origin, "posts": len(posts), "others": len(others)}
    return embed.Packed(about, network, pieces)


def lesson(
    posts: Rows,
    others: Rows,
    model: Any,
    kept: Sequence[int],
    folder: Path,
    tell: Callable[[str], None],
) -> "Lesson":
    """Return what of the posts is learned."""
    from nlp.finetune.belonging import SHAPE, Lesson
    from nlp.finetune.states import read_in_parts

    texts = [clean(post["text"][:LONGEST_TEXT]) for post in (*posts, *others)]
    numbers = {(post["part"], post["id"]): at for at, post in enumerate(posts)}
    sides = [(post["side"] == "need", post["side"] == "offer") for post in posts]
    sides += [(SEEKS in post["intents"], OFFERS in post["intents"]) for post in others]
    parts = [post["part"] for post in (*posts, *others)]
    return Lesson(
        states=read_in_parts(model, kept, (SHAPE.frozen,), texts, parts, folder, tell),
        sides=np.array(sides),
        parts=parts,
        answers={
            at: frozenset(numbers[post["part"], answer] for answer in post["answers"])
            for at, post in enumerate(posts)
            if post["side"] == "need"
        },
        lone=np.arange(len(posts), len(texts)),
    )


@click.command()
@click.option("--pairs", type=click.Path(path_type=Path), default=FOLDER, help="Needs and offers.")
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, help="Labelled posts.")
@click.option("--out", type=click.Path(path_type=Path), default=MEANING_FILE)
@click.option(
    "--work", type=click.Path(path_type=Path), default=Path("var/finetune"), help="What is kept."
)
def main(pairs: Path, corpus: Path, out: Path, work: Path) -> None:
    """Fine-tune the encoder on needs and their offers."""
    try:
        check_tools()
        posts = [post for post in read_pairs(pairs) if post["part"] not in OF_WEIGHTS]
        others = [post for post in read_corpus(corpus) if post["part"] not in UNSEEN]
        packed = make(posts, others, work, click.echo)
    except MonitorError as error:
        raise click.ClickException(error.en) from error
    embed.write(packed, out)
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""`python -m nlp.finetune.meaning`: makes the matching's encoder anew. For developers.

It takes some minutes, and learns from data/pairs without the parts that are for nlp.pair_training.
The vectors of the pieces are those of the tagger's encoder.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from data.errors import MonitorError
from data.pairs import FOLDER, OF_WEIGHTS, read_pairs
from data.records import LONGEST_TEXT, clean
from nlp import embed
from nlp.finetune.course import check_tools
from nlp.meaning import MEANING_FILE

SHOWN = 8  # one post of so many shows what goes into the matrices that are rounded


def make(posts: Sequence[Mapping[str, Any]], tell: Callable[[str], None]) -> embed.Packed:
    """Fine-tune on the posts of `data.pairs`; return the file's content."""
    from nlp.finetune import original, vocabulary
    from nlp.finetune.belonging import SHAPE, tune
    from nlp.finetune.graph import build_meaning
    from nlp.finetune.pack import ORIGIN, pieces_of
    from nlp.finetune.rounding import largest_inputs
    from nlp.piece_vectors import PieceVectors

    model = original.read(original.find())
    kept = vocabulary.kept(model.pieces)
    net = tune(model, lesson(posts, model, kept), tell)
    tuned = {name: each.detach().numpy() for name, each in net.state_dict().items()}
    pieces = pieces_of(model, kept)
    shown = map(PieceVectors(pieces).of, (post["text"] for post in posts[::SHOWN]))
    largest = largest_inputs(build_meaning(model, SHAPE, tuned, {}), shown)
    network = build_meaning(model, SHAPE, tuned, largest).SerializeToString()
    origin = {**ORIGIN, "model": "multilingual-e5-small, fine-tuned on data/pairs"}
    about = {"format": embed.FORMAT, "origin": origin, "posts": len(posts)}
    return embed.Packed(about, network, pieces)


def lesson(posts: Sequence[Mapping[str, Any]], model: Any, kept: Sequence[int]) -> Any:
    """Return what of the posts is learned (nlp.finetune.belonging.Lesson)."""
    from nlp.finetune.belonging import SHAPE, Lesson
    from nlp.finetune.states import frozen_states

    texts = [clean(post["text"][:LONGEST_TEXT]) for post in posts]
    numbers = {(post["part"], post["id"]): at for at, post in enumerate(posts)}
    return Lesson(
        states=frozen_states(model, kept, (SHAPE.frozen,), texts),
        seeks=np.array([post["side"] == "need" for post in posts]),
        pairs=[
            (at, numbers[post["part"], answer])
            for at, post in enumerate(posts)
            for answer in post.get("answers", ())
        ],
        parts=[post["part"] for post in posts],
    )


@click.command()
@click.option("--pairs", type=click.Path(path_type=Path), default=FOLDER, help="Needs and offers.")
@click.option("--out", type=click.Path(path_type=Path), default=MEANING_FILE)
def main(pairs: Path, out: Path) -> None:
    """Fine-tune the encoder on needs and their offers."""
    try:
        check_tools()
        posts = [post for post in read_pairs(pairs) if post["part"] not in OF_WEIGHTS]
        packed = make(posts, click.echo)
    except MonitorError as error:
        raise click.ClickException(error.en) from error
    embed.write(packed, out)
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""`python -m nlp.pair_training`: learns the weights of nlp.pair_model. For developers; minutes.

It learns from the parts of data/pairs that the encoder was not shown, as the encoder is surer of
posts that it has learned from. The same posts and encoder give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from data.errors import ModelError, MonitorError
from data.pairs import FOLDER, OF_WEIGHTS, read_pairs
from data.records import read_time
from nlp import meaning
from nlp.answers import Candidate, candidates
from nlp.pair_features import Features, side_features
from nlp.pair_model import PAIR_FILE, Logistic, PairModel
from nlp.pipeline import load
from nlp.tagged import Tagged
from nlp.wishes import Post, Reader, Told

SOFT = 1.0  # how large the weights may grow: scikit-learn's C
DIGITS = 4  # of the weights
Row = Mapping[str, Any]


def told_of(rows: Sequence[Row], reader: Reader) -> list[Told]:
    """Read what posts tell from text, time and account alone, as `hhhilft match` does."""
    tagged = load().tag(row["text"] for row in rows)
    return [post_told(reader, row, tags) for row, tags in zip(rows, tagged, strict=True)]


def post_told(reader: Reader, row: Row, tagged: Tagged) -> Told:
    """Read what one post tells."""
    at = read_time(row["created_at"])
    return reader.told(Post(row["id"], row["account"], at, row["text"], tagged))


def learn(parts: Iterable[tuple[Sequence[Row], Sequence[Told]]]) -> PairModel:
    """Learn from posts of `data.pairs` and what they tell, part by part."""
    parts = list(parts)
    side = _fit(
        [_side(each) for _, told in parts for each in told],
        [row["side"] == "need" for rows, _ in parts for row in rows],
    )
    compared: list[Features] = []
    right: list[bool] = []
    for rows, told in parts:
        answers = {row["id"]: row["answers"] for row in rows if row["side"] == "need"}
        for near in candidates(told, None, side):
            compared += [each.features for each in near]
            right += [_is_right(each, answers) for each in near]
    return PairModel(side, _fit(compared, right))


def _is_right(found: Candidate, answers: Mapping[str, Sequence[str]]) -> bool:
    return found.offer.whole.post in answers.get(found.need.whole.post, ())


def _side(told: Told) -> Features:
    if told.meant is None:
        raise ModelError(
            de="Ohne den Encoder der Zuordnung lässt sich nicht lernen. "
            "Vorher: python -m nlp.finetune.meaning",
            en="Nothing can be learned without the matching's encoder. "
            "Run before: python -m nlp.finetune.meaning",
        )
    return side_features(told, told.meant)


def _fit(rows: Sequence[Features], true: Sequence[bool]) -> Logistic:
    """Fit a logistic regression; every number weighs alike by its spread before."""
    from sklearn.linear_model import LogisticRegression

    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    spread = table.std(axis=0)
    spread[spread == 0] = 1
    fitted = LogisticRegression(C=SOFT, max_iter=5000).fit(table / spread, true)
    weights = (fitted.coef_[0] / spread).round(DIGITS).tolist()
    return Logistic(
        dict(zip(names, weights, strict=True)), round(float(fitted.intercept_[0]), DIGITS)
    )


@click.command()
@click.option("--pairs", type=click.Path(path_type=Path), default=FOLDER, help="Needs and offers.")
@click.option("--out", type=click.Path(path_type=Path), default=PAIR_FILE)
def main(pairs: Path, out: Path) -> None:
    """Learn how likely an offer answers a need."""
    try:
        rows = {
            part: [row for row in read_pairs(pairs) if row["part"] == part] for part in OF_WEIGHTS
        }
        reader = Reader(meaning.load())
        model = learn((each, told_of(each, reader)) for each in rows.values())
    except MonitorError as error:
        raise click.ClickException(error.en) from error
    model.write(out)
    click.echo(f"{out}: learned from {sum(map(len, rows.values()))} posts")


if __name__ == "__main__":
    main()

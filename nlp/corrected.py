"""What people's corrections change: how often the tagger was right, before and after learning them.

A corrected post is judged by a model that has not learned it: the corrections are dealt into folds,
and each fold is judged by a model of the labelled posts and the other folds. Posts of the same
words are in the same fold, and no model learns them from the labelled posts. Language and places
come from the rules, which are not trained.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.labelling import Labelling
from nlp.crossval import said_by
from nlp.examples import Examples
from nlp.learn import examples_of
from nlp.pipeline import load
from nlp.score import FIELDS, labels_found, labels_given, score
from nlp.tagged import Found, FoundPlace, Tagged
from nlp.training import Plan, likelihoods, train

FOLDS = 5
FEWEST = 10  # corrected posts of different words; fewer say nothing about learning

Post = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Right:
    """On how many posts a field was right as a whole, of how many, and its F1 over the labels."""

    right: int
    posts: int
    f1: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Each by field, on the corrected posts.

    `had` is what the tagger had said when a person looked (on the posts it had seen). `without` is
    a model of the labelled posts alone, `learned` one of them and the other folds' corrections;
    both are None where there are fewer than FEWEST posts.
    """

    posts: int
    had: Mapping[str, Right]
    without: Mapping[str, Right] | None
    learned: Mapping[str, Right] | None


def compare(
    corrected: Sequence[Post],
    found: Sequence[Labelling | None],
    labelled: Sequence[Post],
    plan: Plan,
) -> Compared:
    """Compare on posts with a person's labels; `found` is what the tagger had said of each."""
    had = [
        (post, _tagged(each))
        for post, each in zip(corrected, found, strict=True)
        if each is not None
    ]
    said = {_words(post) for post in corrected}
    if len(said) < FEWEST:
        return Compared(len(corrected), _right(had), None, None)
    folds = _folds(corrected)
    labelled = [post for post in labelled if _words(post) not in said]  # the sample's are both
    examples = examples_of([*labelled, *corrected])
    mine = np.arange(len(examples.parts)) >= len(labelled)
    rules = list(load(None).tag(post["text"] for post in corrected))
    without = _judge(examples, ~mine, mine, rules, plan)
    learned: dict[int, Tagged] = {}
    for fold in range(FOLDS):
        out = mine.copy()
        out[len(labelled) :] = folds == fold
        at = np.flatnonzero(folds == fold)
        judged = _judge(examples, ~out, out, [rules[each] for each in at], plan)
        learned |= dict(zip(at.tolist(), judged, strict=True))
    return Compared(
        len(corrected),
        _right(had),
        _right(list(zip(corrected, without, strict=True))),
        _right([(post, learned[at]) for at, post in enumerate(corrected)]),
    )


def _judge(
    examples: Examples,
    learned: NDArray[np.bool_],
    judged: NDArray[np.bool_],
    rules: Sequence[Tagged],
    plan: Plan,
) -> list[Tagged]:
    weights = train(examples.chosen(learned), plan)
    likely = likelihoods(weights, examples.chosen(judged))
    return [said_by(weights, row, each) for row, each in zip(likely, rules, strict=True)]


def _folds(posts: Sequence[Post]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(_words(post), len(numbers)) % FOLDS for post in posts])


def _words(post: Post) -> str:
    return " ".join(each for each in post["text"].casefold().split() if not each.startswith("#"))


def _right(pairs: Sequence[tuple[Post, Tagged]]) -> dict[str, Right]:
    scores = score(pairs)
    return {
        field: Right(
            sum(labels_given(post, field) == labels_found(tagged, field) for post, tagged in pairs),
            len(pairs),
            scores[field].micro.f1,
        )
        for field in FIELDS
    }


def _tagged(said: Labelling) -> Tagged:
    return Tagged(
        lang=said.lang,
        topics=[Found(each, 1.0, ()) for each in said.topics],
        intents=[Found(each, 1.0, ()) for each in said.intents],
        urgent=said.urgent,
        urgent_score=float(said.urgent),
        urgent_evidence=(),
        places=[FoundPlace(each, "", "") for each in said.places],
    )

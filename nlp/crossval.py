"""How the tagger does on posts of authors it has not seen: each part of the corpus in its turn.

For each part a model is trained on the others, thresholds and probabilities included. Language and
places come from the rules, which are not trained.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nlp.examples import LABELS, Examples
from nlp.learn import examples_of
from nlp.linear import Weights
from nlp.measures import Bin, Opposed, Point, bins, confusion, curve, opposed
from nlp.pipeline import load
from nlp.score import FIELDS, FieldScore, grouped, score
from nlp.tagged import Found, Tagged
from nlp.training import Plan, likelihoods, train

SHARES = (0.25, 0.5, 1.0)  # of the training posts, for the learning curve
HOSTILE = "anfeindung"
_HOSTILE = LABELS.index(f"topics:{HOSTILE}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by part ("all" for all together), by field; what the model's and the rules' are.

    `languages` are the model's scores by true language, `curves` its precision and recall by field
    and for hostility alone, `confusion` what it takes for what: field -> missed -> given instead.
    """

    posts: Mapping[str, int]
    model: Mapping[str, Mapping[str, FieldScore]]
    rules: Mapping[str, Mapping[str, FieldScore]]
    languages: Mapping[str, Mapping[str, FieldScore]]
    calibration: Mapping[str, Sequence[Bin]]
    curves: Mapping[str, Sequence[Point]]
    confusion: Mapping[str, Mapping[str, Mapping[str, int]]]
    opposed: Opposed
    learning: Mapping[float, Mapping[str, float]]


def cross_validate(posts: Sequence[Mapping[str, Any]], plan: Plan) -> Report:
    """Train on all parts but one and test on that one, for each. Needs two parts or more."""
    examples = examples_of(posts)
    by_rules = list(load(None).tag(post["text"] for post in posts))
    by_model: dict[float, list[Tagged]] = {share: list(by_rules) for share in SHARES}
    likely = np.zeros(examples.truth.shape)
    for part in sorted(set(examples.parts)):
        out = examples.parts == part
        for share in SHARES:
            weights = train(examples.chosen(_some(~out, share, plan.seed)), plan)
            found = likelihoods(weights, examples.chosen(out))
            for at, row in zip(np.flatnonzero(out), found, strict=True):
                by_model[share][at] = said_by(weights, row, by_rules[at])
            if share == 1:
                likely[out] = found
    said = by_model[1.0]
    return Report(
        posts=Counter(str(part) for part in examples.parts),
        model=grouped(posts, said, "part"),
        rules=grouped(posts, by_rules, "part"),
        languages=grouped(posts, said, "lang"),
        calibration=_by_field(bins, likely, examples),
        curves={
            **_by_field(curve, likely, examples),
            HOSTILE: curve(likely[:, _HOSTILE], examples.truth[:, _HOSTILE]),
        },
        confusion={
            "topics": confusion(
                [post["topics"] for post in posts],
                [[each.label for each in tagged.topics] for tagged in said],
            ),
            "intents": confusion(
                [post["intents"] for post in posts],
                [[each.label for each in tagged.intents] for tagged in said],
            ),
        },
        opposed=opposed(zip(posts, said, strict=True)),
        learning={share: _learned(posts, each) for share, each in by_model.items()},
    )


def _some(mask: NDArray[np.bool_], share: float, seed: int) -> NDArray[np.bool_]:
    drawn: NDArray[np.bool_] = mask & (np.random.default_rng(seed).random(len(mask)) < share)
    return drawn


def said_by(weights: Weights, likely: NDArray[np.float64], rules: Tagged) -> Tagged:
    """Turn the probabilities of a post into its labels; the rules say what is not trained."""
    holds = likely >= weights.thresholds
    given: dict[str, list[Found]] = {"topics": [], "intents": [], "urgent": []}
    for at, label in enumerate(LABELS):
        field, _, key = label.partition(":")
        if holds[at]:
            given[field].append(Found(key, float(likely[at]), ()))
    if not given["intents"]:
        intents = [at for at, label in enumerate(LABELS) if label.startswith("intents:")]
        surest = max(intents, key=lambda at: float(likely[at]))
        given["intents"].append(Found(LABELS[surest].partition(":")[2], float(likely[surest]), ()))
    fields = weights.fields
    return Tagged(
        lang=rules.lang,
        topics=given["topics"] if "topics" in fields else rules.topics,
        intents=given["intents"] if "intents" in fields else rules.intents,
        urgent=bool(given["urgent"]) if "urgent" in fields else rules.urgent,
        urgent_score=float(likely[-1]),
        urgent_evidence=(),
        places=rules.places,
    )


def _learned(posts: Sequence[Mapping[str, Any]], said: Sequence[Tagged]) -> dict[str, float]:
    scores = score(zip(posts, said, strict=True))
    return {field: scores[field].micro.f1 for field in FIELDS[:3]}


def _by_field(
    measure: Callable[[NDArray[np.float64], NDArray[np.bool_]], list[T]],
    likely: NDArray[np.float64],
    examples: Examples,
) -> dict[str, list[T]]:
    found = {}
    for field in FIELDS[:3]:
        mine = [at for at, label in enumerate(LABELS) if label.startswith(f"{field}:")]
        found[field] = measure(likely[:, mine].ravel(), examples.truth[:, mine].ravel())
    return found

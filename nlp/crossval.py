"""How the tagger does on posts of authors it has not seen: each part of the corpus in its turn.

For each part a model is trained on the others, thresholds and probabilities included. Language and
places come from the rules, which are not trained.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.examples import LABELS, Examples
from nlp.learn import examples_of
from nlp.linear import Weights
from nlp.pipeline import load
from nlp.score import FIELDS, FieldScore, score
from nlp.tagged import Found, Tagged
from nlp.training import Plan, likelihoods, train

SHARES = (0.25, 0.5, 1.0)  # of the training posts, for the learning curve
BINS = 10
HOSTILE = "anfeindung"


@dataclass(frozen=True, slots=True)
class Bin:
    """Labels that the model gave a probability from `low` on: how many, said and true share."""

    low: float
    labels: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by part ("all" for all together), by field; what the model's and the rules' are."""

    posts: Mapping[str, int]
    model: Mapping[str, Mapping[str, FieldScore]]
    rules: Mapping[str, Mapping[str, FieldScore]]
    calibration: Mapping[str, Sequence[Bin]]
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
                by_model[share][at] = _said(weights, row, by_rules[at])
            if share == 1:
                likely[out] = found
    names = [str(part) for part in dict.fromkeys(examples.parts)]
    return Report(
        posts={part: int((examples.parts == part).sum()) for part in names},
        model=_by_part(posts, by_model[1.0], names),
        rules=_by_part(posts, by_rules, names),
        calibration=_calibration(likely, examples),
        learning={
            share: {
                field: each.micro.f1
                for field, each in score(zip(posts, said, strict=True)).items()
                if field in ("topics", "intents", "urgent")
            }
            for share, said in by_model.items()
        },
    )


def _some(mask: NDArray[np.bool_], share: float, seed: int) -> NDArray[np.bool_]:
    drawn: NDArray[np.bool_] = mask & (np.random.default_rng(seed).random(len(mask)) < share)
    return drawn


def _said(weights: Weights, likely: NDArray[np.float64], rules: Tagged) -> Tagged:
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


def _by_part(
    posts: Sequence[Mapping[str, Any]], said: Sequence[Tagged], names: Sequence[str]
) -> dict[str, Mapping[str, FieldScore]]:
    pairs = list(zip(posts, said, strict=True))
    scores = {name: score(each for each in pairs if each[0]["part"] == name) for name in names}
    return {**scores, "all": score(pairs)}


def _calibration(likely: NDArray[np.float64], examples: Examples) -> dict[str, list[Bin]]:
    found: dict[str, list[Bin]] = {}
    for field in FIELDS[:3]:
        mine = [at for at, label in enumerate(LABELS) if label.startswith(f"{field}:")]
        said, true = likely[:, mine].ravel(), examples.truth[:, mine].ravel()
        bins = np.minimum((said * BINS).astype(int), BINS - 1)
        found[field] = [
            Bin(
                number / BINS,
                int(met.sum()),
                round(float(said[met].mean()), 3),
                round(float(true[met].mean()), 3),
            )
            for number in range(BINS)
            if (met := bins == number).any()
        ]
    return found

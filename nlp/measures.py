"""What scores alone do not show: the trade of precision for recall, and what is taken for what."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.tagged import Tagged

BINS = 10
NOTHING = "-"
_CUTS = tuple(round(0.05 * step, 2) for step in range(1, 20))
_QUOTATION = re.compile('[„“"»«‚‘][^„“”"»«‚‘’\n]{8,300}[”“"»«‘’]')


@dataclass(frozen=True, slots=True)
class Bin:
    """Labels that the model gave a probability from `low` on: how many, said and true share."""

    low: float
    labels: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall if a label held from the probability `cut` on."""

    cut: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Opposed:
    """Posts that quote hostility in order to oppose it, and how many were taken for hostile."""

    posts: int
    taken_for_hostile: int


def bins(said: NDArray[np.float64], true: NDArray[np.bool_]) -> list[Bin]:
    """Compare probabilities with what came true, tenth by tenth; empty tenths are absent."""
    tenth = np.minimum((said * BINS).astype(int), BINS - 1)
    return [
        Bin(
            number / BINS,
            int(met.sum()),
            round(float(said[met].mean()), 3),
            round(float(true[met].mean()), 3),
        )
        for number in range(BINS)
        if (met := tenth == number).any()
    ]


def curve(said: NDArray[np.float64], true: NDArray[np.bool_]) -> list[Point]:
    """Return precision and recall at each twentieth; cuts that nothing reaches are absent."""
    points = []
    for cut in _CUTS:
        holds = said >= cut
        if holds.any() and true.any():
            right = float((holds & true).sum())
            points.append(Point(cut, round(right / holds.sum(), 3), round(right / true.sum(), 3)))
    return points


def confusion(
    truths: Iterable[Sequence[str]], said: Iterable[Sequence[str]]
) -> dict[str, dict[str, int]]:
    """Count, for each label missed, the labels wrongly given to the same post; `NOTHING` if none.

    The other way too: a label given for nothing stands under `NOTHING`.
    """
    counted: dict[str, Counter[str]] = {}
    for true, found in zip(truths, said, strict=True):
        missed = [each for each in true if each not in found] or [NOTHING]
        wrong = [each for each in found if each not in true] or [NOTHING]
        if missed == wrong:
            continue
        for each in missed:
            counted.setdefault(each, Counter()).update(wrong)
    return {label: dict(counted[label].most_common()) for label in sorted(counted)}


def opposed(pairs: Iterable[tuple[Mapping[str, Any], Tagged]]) -> Opposed:
    """Count the posts on politics with a quotation that are not hostile, and the false alarms."""
    flags = [
        any(each.label == "anfeindung" for each in tagged.topics)
        for post, tagged in pairs
        if "politik" in post["topics"]
        and "anfeindung" not in post["topics"]
        and _QUOTATION.search(post["text"])
    ]
    return Opposed(len(flags), sum(flags))

"""What the learned verdict weighs: figures of a group, in words and units, with their weights.

A logistic regression (ridge), trained by `python -m bench.train_verdict` on labelled synthetic
worlds; weights are learned, the figures chosen by hand. None looks at ids, phrases, volumes or
kinds of post. A weight counts for one spread above the middle; above 0 speaks for coordination.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from monitor.detect.marks import Marks

USUAL_YOUNG = 0.15  # share of young accounts where their ages are not known


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a group: how it is taken from the marks, and what it weighs."""

    name: str
    of: Callable[[Marks], float]
    middle: float  # mean in the training worlds
    spread: float  # standard deviation there
    weight: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What a training gave: the log odds of a group in the middle of all figures, and the figures.

    The program judges by WEIGHTS; others serve to measure how well it does on what it has not seen.
    """

    intercept: float
    figures: tuple[Figure, ...]

    def probability(self, marks: Marks) -> float:
        """Return how likely a group with these marks is a campaign, 0 to 1."""
        return 1 / (1 + math.exp(-self.intercept - sum(self.contributions(marks).values())))

    def contributions(self, marks: Marks) -> dict[str, float]:
        """Say what each figure adds to the log odds; with `intercept` they sum up to them."""
        return {each.name: each.weight * (each.of(marks) - each.middle) / each.spread
                for each in self.figures}  # fmt: skip


def probability(marks: Marks) -> float:
    """Return how likely a group with these marks is a campaign, 0 to 1, by the training worlds."""
    return WEIGHTS.probability(marks)


def contributions(marks: Marks) -> dict[str, float]:
    """Say what each figure adds to the log odds; with INTERCEPT they sum up to the verdict."""
    return WEIGHTS.contributions(marks)


def figures(marks: Marks) -> list[float]:
    """Give the figures of a group in the order of FIGURES."""
    return [each.of(marks) for each in FIGURES]


def _own_posts(marks: Marks) -> float:
    """Share of the posts; below 0.2 it tells no more."""
    return max(marks.own_posts, 0.2)


def _among_themselves(marks: Marks) -> float:
    return marks.repeated * max(0.0, 1 - marks.outsiders)


def _quick_among(marks: Marks) -> float:
    """Share, by the steps that are quick with nobody between: below .2 none, above .8 all."""
    quick = min(max((marks.unbroken_quick - 0.2) / 0.6, 0.0), 1.0)
    return quick * marks.repeated * marks.unbroken


def _habit(marks: Marks) -> float:
    """Natural logarithm; above 12 it tells no more, and half the members may be in none."""
    return math.log(min(max(marks.episodes_each, 1), 12))


def _length(marks: Marks) -> float:
    """Log10 of seconds, half a minute to a day."""
    return min(max(math.log10(1 + marks.usual_length.total_seconds()), 1.5), 5)


def _young(marks: Marks) -> float:
    return USUAL_YOUNG if marks.young is None else marks.young


# fmt: off
# written by bench.train_verdict
INTERCEPT = -1.566
FIGURES = (
    Figure("own_posts", _own_posts, 0.570, 0.226, -2.414),  # of the posts
    Figure("recycled", lambda marks: marks.copied, 0.451, 0.435, 1.700),  # share of the members
    Figure("among_themselves", _among_themselves, 0.479, 0.406, 1.451),  # share, less by outsiders
    Figure("quick_among", _quick_among, 0.205, 0.336, 1.003),
    Figure("length", _length, 3.809, 1.044, -1.087),  # log10 of seconds
    Figure("habit", _habit, 1.553, 0.528, -2.382),  # log of episodes: who keeps at it knows another
    Figure("crowd", lambda marks: marks.crowd, 0.237, 0.255, -1.411),  # share of others
    Figure("young", _young, 0.133, 0.254, 1.526),  # share of the accounts of known age
)
# fmt: on
WEIGHTS = Weights(INTERCEPT, FIGURES)

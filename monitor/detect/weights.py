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


def probability(marks: Marks) -> float:
    """Return how likely a group with these marks is a campaign, 0 to 1, by the training worlds."""
    return 1 / (1 + math.exp(-INTERCEPT - sum(contributions(marks).values())))


def contributions(marks: Marks) -> dict[str, float]:
    """Say what each figure adds to the log odds; with INTERCEPT they sum up to the verdict."""
    return {each.name: each.weight * (each.of(marks) - each.middle) / each.spread
            for each in FIGURES}  # fmt: skip


def figures(marks: Marks) -> list[float]:
    """Give the figures of a group in the order of FIGURES."""
    return [each.of(marks) for each in FIGURES]


def _among_themselves(marks: Marks) -> float:
    return marks.repeated * max(0.0, 1 - marks.outsiders)


def _quick_among(marks: Marks) -> float:
    return marks.quick * _among_themselves(marks)


def _own_posts(marks: Marks) -> float:
    """Share of the posts; below 0.2 it tells no more."""
    return max(marks.own_posts, 0.2)


def _wait(marks: Marks) -> float:
    """Log10 of seconds, 10 s to 9 h: what is faster or slower tells no more."""
    return min(max(math.log10(1 + marks.usual_wait.total_seconds()), 1.0), 4.5)


def _beyond_chance(marks: Marks) -> float:
    """Log10 of times, 1 to 20."""
    return min(math.log10(max(marks.beyond_chance, 1.0)), 1.3)


def _young(marks: Marks) -> float:
    return USUAL_YOUNG if marks.young is None else marks.young


# fmt: off
# written by bench.train_verdict
INTERCEPT = -1.768
FIGURES = (
    Figure("recycled", lambda marks: marks.recycled, 0.309, 0.404, 1.484),  # share of the members
    Figure("among_themselves", _among_themselves, 0.500, 0.384, 0.372),  # share, less by outsiders
    Figure("quick", lambda marks: marks.quick, 0.276, 0.301, -0.144),  # share of the acts
    Figure("wait", _wait, 2.672, 0.969, -0.420),  # log10 of seconds
    Figure("talking", lambda marks: marks.talking, 0.273, 0.277, -0.051),  # share of the members
    Figure("outsiders", lambda marks: min(marks.outsiders, 2.0), 0.481, 0.609, -0.599),  # each part
    Figure("density", lambda marks: marks.density, 0.666, 0.283, -0.296),  # share of the pairs
    Figure("own_posts", _own_posts, 0.564, 0.202, -1.747),  # of the posts
    Figure("part", lambda marks: marks.part, 0.487, 0.234, 0.699),  # of the members in an episode
    Figure("beyond_chance", _beyond_chance, 0.873, 0.321, 0.587),  # log10 of times
    Figure("young", _young, 0.145, 0.192, 0.863),  # share of the accounts of known age
    Figure("quick_among", _quick_among, 0.175, 0.271, 0.713),
)
# fmt: on

"""Trains the weights of the verdict on labelled worlds; prints them as weights.py has them.

`python -m bench.train_verdict FOLDER…` where a folder holds worlds (`bench.worlds`, or scenarios in
the same form). What it prints takes the place of the lines between `# fmt: off` and `# fmt: on`
there. Groups that a guard explains are left out: the weights decide about the others. Each folder
is a source and weighs the same. The same folders give the same weights. Those that the program has
were made by

    python -m bench.worlds --out TRAIN/own --seeds 10 11 12 13 14 15 16 17 18 19
    python -m bench.worlds --out TRAIN/own --organic --seeds 30 31 32 33 34 35 36
    python -m bench.train_verdict ../shared/campaigns TRAIN/own

Seeds 20 and 21 are kept for looking at what is not learned on, those from 1000 for calibration.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.judged import Group, measure_worlds, teaching
from monitor.detect import weights as shipped
from monitor.detect.weights import WEIGHTS, Weights, figures

RIDGE = 1.0  # pull of the weights towards 0
CAMPAIGNS = 1 / 3  # of each source's importance: to call volunteers a campaign is the worse error
ROUNDS = 60  # of Newton's method
Numbers = NDArray[np.float64]


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.train_verdict", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("folders", type=Path, nargs="+")
    folders = parser.parse_args().folders
    trained = train([list(teaching(measure_worlds(folder))) for folder in folders])
    sys.stdout.write(as_block(trained))


def train(sources: Sequence[Sequence[Group]]) -> Weights:
    """Fit a logistic regression with ridge on the groups of each source of worlds.

    Each source weighs the same, however many worlds it has: another generator is another author's
    idea of campaigns. Raises ValueError where there is no campaign or no community to learn on.
    """
    return Training(sources).weights()


class Training:
    """Groups to learn on, kept as numbers: training without some of them is quick."""

    def __init__(self, sources: Sequence[Sequence[Group]]) -> None:
        self.groups = [each for groups in sources for each in groups]
        self.values = np.array([figures(each.marks) for each in self.groups])
        self.truth = np.array([each.campaign for each in self.groups], float)
        self.source = np.repeat(np.arange(len(sources)), [len(groups) for groups in sources])

    def weights(self, left_out: Sequence[bool] | None = None) -> Weights:
        """Train on all groups but those marked."""
        kept = ~np.array(left_out) if left_out else np.ones(len(self.groups), bool)
        truth = self.truth[kept]
        return _fit(self.values[kept], truth, _importance(truth, self.source[kept]))


def _importance(truth: Numbers, source: NDArray[np.int64]) -> Numbers:
    """Weigh groups so that sources weigh the same, and campaigns CAMPAIGNS of each; mean 1."""
    found = np.ones(len(truth))
    sources = np.unique(source)
    for each in sources:
        for campaign, share in ((1.0, CAMPAIGNS), (0.0, 1 - CAMPAIGNS)):
            its = (source == each) & (truth == campaign)
            if its.any():
                found[its] = len(truth) * share / len(sources) / its.sum()
    return found


def _fit(values: Numbers, truth: Numbers, importance: Numbers) -> Weights:
    if not 0 < truth.sum() < len(truth):
        raise ValueError("nothing to tell apart: campaigns and communities are needed")
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(truth)), (values - middle) / spread])
    pull = np.eye(design.shape[1]) * RIDGE
    pull[0, 0] = 1e-6
    weights: Numbers = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (importance * (likely - truth)) + pull @ weights
        bend = (design.T * (importance * likely * (1 - likely))) @ design + pull
        weights = weights - np.linalg.solve(bend, slope)
    rows = zip(WEIGHTS.figures, middle.tolist(), spread.tolist(), weights[1:].tolist(), strict=True)
    return Weights(
        float(weights[0]),
        tuple(replace(each, middle=m, spread=s, weight=w) for each, m, s, w in rows),
    )


def as_block(trained: Weights) -> str:
    """Write the weights as they stand in weights.py: its own lines with other numbers."""
    source = inspect.getsource(shipped)
    block = source[source.index("# fmt: off\n") : source.index("# fmt: on\n")]
    block = re.sub(r"(?m)^INTERCEPT = .*$", f"INTERCEPT = {trained.intercept:.3f}", block)
    for each in trained.figures:
        numbers = f"{each.middle:.3f}, {each.spread:.3f}, {each.weight:.3f}"
        start = rf'(?m)^(    Figure\("{each.name}", .*?)-?\d+\.\d+, -?\d+\.\d+, -?\d+\.\d+\)'
        block = re.sub(start, rf"\g<1>{numbers})", block)
    return block + "# fmt: on\n"


if __name__ == "__main__":
    main()

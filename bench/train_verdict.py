"""Trains the weights of the verdict on labelled worlds; prints them as monitor/detect/weights.py.

`python -m bench.train_verdict FOLDER…` where a folder holds worlds (`bench.worlds`, or scenarios in
the same form). Groups that a guard explains are left out: the weights decide about the others.
The same folders give the same weights.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.labelled import read_folders
from data.config import Config
from monitor.detect.clusters import measured_groups
from monitor.detect.marks import Marks
from monitor.detect.verdict import explained
from monitor.detect.weights import FIGURES, figures
from monitor.detecting import place_words

RIDGE = 1.0  # pull of the weights towards 0
ROUNDS = 60  # of Newton's method
CAMPAIGN, COMMUNITY = 0.5, 0.2  # share of a group's accounts in a campaign; between: not trained on
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A group found in a world, and whether it is a campaign."""

    marks: Marks
    campaign: bool


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_verdict", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    cases = [each for folder in parser.parse_args().folders for each in read_cases(folder)]
    intercept, rows = train(cases)
    sys.stdout.write(f"INTERCEPT = {intercept:.3f}\n")
    for each, (middle, spread, weight) in zip(FIGURES, rows, strict=True):
        sys.stdout.write(f"{each.name}: {middle:.3f}, {spread:.3f}, {weight:.3f}\n")


def read_cases(folder: Path) -> list[Case]:
    """Find the groups in the worlds of a folder; those a guard explains are left out."""
    config, places, cases = Config(folder=Path()), place_words(), []
    for world in read_folders(folder):
        guilty = {key for each in world.truth["campaigns"] for key in each["accounts"]}
        found = measured_groups(
            world.table(), config.watch.hashtags, places, config.detect.min_shared,
            config.detect.seed,
        )  # fmt: skip
        for group, marks in found:
            share = len(group & guilty) / len(group)
            if not explained(marks) and not COMMUNITY <= share < CAMPAIGN:
                cases.append(Case(marks, share >= CAMPAIGN))
    return cases


def train(cases: Sequence[Case]) -> tuple[float, list[tuple[float, float, float]]]:
    """Fit a logistic regression with ridge; give the intercept and middle, spread, weight of each.

    Both classes weigh the same in sum, as campaigns are rarer than communities.
    """
    values = np.array([figures(each.marks) for each in cases])
    truth = np.array([each.campaign for each in cases], float)
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(cases)), (values - middle) / spread])
    campaigns = truth.sum()
    importance = np.where(truth > 0, (len(truth) - campaigns) / campaigns / 2, 1.0)
    pull = np.eye(design.shape[1]) * RIDGE
    pull[0, 0] = 1e-6
    weights: Numbers = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (importance * (likely - truth)) + pull @ weights
        bend = (design.T * (importance * likely * (1 - likely))) @ design + pull
        weights = weights - np.linalg.solve(bend, slope)
    rows = [
        (float(m), float(s), float(w)) for m, s, w in zip(middle, spread, weights[1:], strict=True)
    ]
    return float(weights[0]), rows


if __name__ == "__main__":
    main()

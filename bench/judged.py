"""Labelled worlds whose groups are measured once and then judged by any weights."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from bench.labelled import read_folder
from data.config import Config
from monitor.detect.clusters import Measured, measured, says_no_more
from monitor.detect.marks import Marks
from monitor.detect.settings import ALL_STEPS, Steps
from monitor.detect.verdict import Usual, explained, judge
from monitor.detect.weights import Weights
from monitor.detecting import place_words

CAMPAIGN, COMMUNITY = 0.5, 0.2  # share of a group's accounts in a campaign; between: not trained on
OTHER = "everyday"  # kind of a group that is neither a campaign nor one of the truth's communities
PROCESSES = 2
NOBODY_ELSE = Usual(None, None)  # only words for a reason; no level depends on it


@dataclass(frozen=True)
class Group:
    """A group found in a world, what is true of it, and its marks."""

    accounts: frozenset[str]
    marks: Marks
    guilty: float  # share of its accounts in a campaign
    campaigns: frozenset[str]  # kinds of the campaigns its accounts belong to
    kind: str  # organic kind that most of its accounts belong to

    @cached_property
    def campaign(self) -> bool:
        """Say whether it counts as a campaign."""
        return self.guilty >= CAMPAIGN

    @cached_property
    def teaches(self) -> bool:
        """Say whether weights may learn on it: no guard explains it, and it is clear what it is."""
        return not explained(self.marks) and not COMMUNITY <= self.guilty < CAMPAIGN


@dataclass(frozen=True, slots=True)
class Alert:
    """Accounts that would be alerted; the group they are, or None for a flood."""

    accounts: frozenset[str]
    group: Group | None


@dataclass(frozen=True, slots=True)
class World:
    """A world's truth, its groups and floods; its posts are not kept."""

    scenario: str
    truth: dict[str, Any]
    groups: tuple[Group, ...]
    floods: tuple[tuple[frozenset[str], str], ...]

    def alerts(self, weights: Callable[[Group], Weights], steps: Steps = ALL_STEPS) -> list[Alert]:
        """Judge as the program does, each group by the weights chosen for it."""
        found = [
            Alert(each.accounts, each)
            for each in self.groups
            if judge(each.marks, NOBODY_ELSE, steps, weights(each)).level == "alert"
        ]
        named = frozenset().union(*(each.accounts for each in found))
        found += [
            Alert(accounts, None)
            for accounts, level in self.floods
            if steps.floods and level == "alert" and not says_no_more(accounts, named)
        ]
        return found


def measure_worlds(root: Path, steps: Steps = ALL_STEPS) -> list[World]:
    """Measure the worlds below `root`, in the order of names, in PROCESSES at once."""
    folders = sorted(path.parent for path in root.glob("*/truth.json"))
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(partial(measure_world, steps=steps), folders))


def measure_world(folder: Path, steps: Steps = ALL_STEPS) -> World:
    """Find and measure the groups and floods of one world."""
    config, world = Config(folder=Path()), read_folder(folder)
    found: Measured = measured(
        world.table(), config.watch.hashtags, place_words(), config.detect.min_shared,
        config.detect.seed, steps,
    )  # fmt: skip
    groups = tuple(_labelled(accounts, marks, world.truth) for accounts, marks in found.groups)
    return World(world.scenario, world.truth, groups, found.floods)


def teaching(worlds: Sequence[World]) -> Iterator[Group]:
    """Yield the groups that weights may learn on."""
    return (each for world in worlds for each in world.groups if each.teaches)


def _labelled(accounts: frozenset[str], marks: Marks, truth: dict[str, Any]) -> Group:
    planted = [(each["kind"], accounts.intersection(each["accounts"]))
               for each in truth["campaigns"]]  # fmt: skip
    guilty: frozenset[str] = frozenset().union(*(who for _, who in planted))
    many: Counter[str] = Counter()
    for each in truth["organic_groups"]:
        many[each["kind"]] += len(accounts.intersection(each["accounts"]))
    kind, most = max(many.items(), key=lambda each: (each[1], each[0]), default=(OTHER, 0))
    return Group(
        accounts, marks, len(guilty) / len(accounts),
        frozenset(name for name, who in planted if who), kind if most else OTHER,
    )  # fmt: skip

"""Judges kinds of behaviour by weights that have not learned on them.

`python -m bench.leave_out FOLDER… [--judge FOLDER…]` with folders of labelled worlds. Each campaign
kind, then each organic kind, is left out of the training in turn, and the groups of that kind are
judged by the weights that never saw it; then each folder is left out whole, which is another
generator where the folders come from different ones. Guards and floods are the
program's; they are not learned, but were chosen by people who looked at such worlds.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.judged import Alert, Group, World, measure_worlds, teaching
from bench.markdown import table
from bench.scoring import FALSE_BELOW, Score, mean, score, wilson
from bench.train_verdict import Training
from monitor.detect.settings import ALL_STEPS, Steps
from monitor.detect.weights import WEIGHTS, Weights

Worlds = Mapping[str, Sequence[World]]  # by folder
Chosen = Callable[[Group], Weights]
HEAD = ["", "worlds", "precision", "recall", "F1", "found", "false alerts a world",
        "wrong accounts a world"]  # fmt: skip
AIM = 0.1  # of an organic kind's groups may be alerted


def main() -> None:
    """Measure, train, judge, print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.leave_out", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("folders", type=Path, nargs="+", help="worlds to train on and to judge")
    parser.add_argument("--judge", type=Path, nargs="*", default=[], help="worlds only to judge")
    chosen = parser.parse_args()
    learned, judged = (
        {str(each): measure_worlds(each) for each in folders}
        for folders in (chosen.folders, chosen.judge)
    )
    sys.stdout.write(report(learned, judged) + "\n")


def report(learned: Worlds, judged: Worlds) -> str:
    """Give the figures of each folder, and the table of organic kinds, as Markdown.

    Weights are trained on the worlds `learned`; those `judged` are judged besides.
    """
    worlds = {**learned, **judged}
    training = Training([list(teaching(many)) for many in learned.values()])
    unseen = by_unseen(training)
    texts = [
        "#### By the program's weights\n\n" + figures(worlds, always(WEIGHTS)),
        "#### By weights trained on all of it\n\n" + figures(worlds, always(training.weights())),
        "#### Each kind by weights that never saw it\n\n" + figures(worlds, unseen),
    ]
    if len(learned) > 1:
        texts.append("#### Each folder by weights of the others\n\n" + other_folders(learned))
    every = [each for many in worlds.values() for each in many]
    texts.append("#### Organic kinds, by weights that never saw them\n\n" + kinds(every, unseen))
    return "\n\n".join(texts)


def by_unseen(training: Training) -> Chosen:
    """Choose for a group the weights trained without its kind.

    Without each campaign kind that its accounts belong to, or, where it is mostly no campaign,
    without the groups of its organic kind.
    """
    known: dict[tuple[bool, frozenset[str]], Weights] = {}

    def chosen(group: Group) -> Weights:
        campaign, names = _kind(group)
        if (campaign, names) not in known:
            left_out = [
                each.campaign == campaign and not names.isdisjoint(_kind(each)[1])
                for each in training.groups
            ]
            known[campaign, names] = training.weights(left_out)
        return known[campaign, names]

    return chosen


def other_folders(worlds: Worlds) -> str:
    """Judge each folder by weights trained on all other folders."""
    rows = []
    for name, its in worlds.items():
        others = [list(teaching(many)) for other, many in worlds.items() if other != name]
        trained = Training(others).weights()
        rows.append([_short(name), *cells(its, always(trained))])
    return table(HEAD, rows)


def figures(worlds: Worlds, weights: Chosen, steps: Steps = ALL_STEPS) -> str:
    """Table of the folders: means over the campaign scenarios' means, false and wrong over all."""
    return table(
        HEAD, [[_short(name), *cells(its, weights, steps)] for name, its in worlds.items()]
    )


def cells(worlds: Sequence[World], weights: Chosen, steps: Steps = ALL_STEPS) -> list[str]:
    """Give the figures of worlds as `bench.scoring` counts them, in the order of HEAD."""
    by: dict[str, list[Score]] = defaultdict(list)
    for world in worlds:
        alerts = [each.accounts for each in world.alerts(weights, steps)]
        by[world.scenario].append(score(world.truth, alerts))
    campaigns = [many for many in by.values() if any(each.f1 is not None for each in many)]
    every = [each for many in by.values() for each in many]
    macro = [
        mean(mean(getattr(each, name) for each in many) for many in campaigns)
        for name in ("precision", "recall", "f1", "found")
    ]
    false, wrong = mean(each.false_alerts for each in every), mean(each.wrong for each in every)
    shown = ["–" if value is None else f"{value:.3f}" for value in (*macro, false)]
    return [str(len(every)), *shown, f"{wrong or 0:.2f}"]


def kinds(worlds: Sequence[World], weights: Chosen) -> str:
    """Table of organic kinds: their groups found, and of these alerted, the worst first.

    A group of fewer than FALSE_BELOW campaign accounts is of the kind that most of its accounts
    belong to. Floods are no groups and do not count here.
    """
    groups: Counter[str] = Counter()
    alerted: Counter[str] = Counter()
    for world in worlds:
        communities = [each for each in world.groups if each.guilty < FALSE_BELOW]
        groups.update(each.kind for each in communities)
        for kind in (_community(each) for each in world.alerts(weights)):
            if kind:
                alerted[kind] += 1
    rows = []
    for kind in sorted(groups, key=lambda name: (-alerted[name] / groups[name], name)):
        low, high = wilson(alerted[kind], groups[kind])
        share = alerted[kind] / groups[kind]
        rows.append([kind, str(groups[kind]), str(alerted[kind]), f"{share:.3f}",
                     f"{low:.3f}–{high:.3f}", "no" if share > AIM else ""])  # fmt: skip
    return table(["kind", "groups", "alerts", "share", "95 %", f"at most {AIM:.0%}"], rows)


def always(weights: Weights) -> Chosen:
    """Choose the same weights for every group."""
    return lambda _: weights


def _community(alert: Alert) -> str | None:
    """Name the organic kind an alert is about; None where it is about a campaign, or a flood."""
    if alert.group is None or alert.group.guilty >= FALSE_BELOW:
        return None
    return alert.group.kind


def _kind(group: Group) -> tuple[bool, frozenset[str]]:
    return group.campaign, group.campaigns if group.campaign else frozenset((group.kind,))


def _short(name: str) -> str:
    return Path(name).name


if __name__ == "__main__":
    main()

"""Measures detection on labelled synthetic scenarios: hits, calibration, delay, ablation.

`python -m bench.detection [FOLDER…] [--parts PART…]`; without folders it makes worlds anew, as
bench.worlds does. Calibration is always on worlds made anew, with seeds that nothing was learned or
chosen on. `python -m bench.leave_out` says how it does on kinds of behaviour it has not learned.
"""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bench.ablation import ablation
from bench.labelled import (
    Labelled,
    other_accounts,
    other_accounts_of_the_day,
    other_times,
    read_folders,
)
from bench.markdown import figure, table
from bench.scoring import Score, mean, score, wilson
from bench.worlds.scenarios import CAMPAIGNS, EMPTY, make_world
from data.config import Config
from monitor.detect.cluster import Cluster
from monitor.detecting import find

Detect = Callable[[pa.Table], Sequence[Cluster]]
Alerts = list[set[str]]

USUAL_PARTS = ("hits", "calibration", "delay")
PARTS = (*USUAL_PARTS, "ablation")
CHECKPOINTS = (3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500)  # posts of the campaign
FEWEST_TOUCHED = 3  # members in an alert, by which it counts as one about this community
MOST_FOR_DELAY = 4000  # posts of a world that is replayed
FIRST_SEED = 1000  # of the worlds made here: weights are trained on lower seeds only


def usual() -> Detect:
    """Give the detector as `hhhilft detect` runs it with default settings."""
    config = Config(folder=Path())
    return lambda posts: find(posts, config).clusters


def report(
    folders: Sequence[Path], seeds: int = 2, organic: int = 50, parts: Sequence[str] = USUAL_PARTS
) -> str:
    """Measure the parts named; give Markdown."""
    detect = usual()
    with tempfile.TemporaryDirectory() as made:
        root, empty = Path(made) / "campaigns", Path(made) / "organic"
        numbers = range(FIRST_SEED, FIRST_SEED + seeds)
        if "calibration" in parts or not folders:
            write_worlds(root, CAMPAIGNS, numbers)
        if "calibration" in parts:
            write_worlds(empty, [EMPTY], range(FIRST_SEED, FIRST_SEED + organic))
        texts = []
        if "hits" in parts:
            texts += [
                f"#### Hits, {folder.name} (synthetic)\n\n{hits(folder, detect)}"
                for folder in folders or [root]
            ]
        if "calibration" in parts:
            texts.append("#### Calibration (synthetic)\n\n" + calibration(empty, root, detect))
        if "delay" in parts:
            texts += [
                f"#### Delay, {folder.name} (synthetic)\n\n{delay(folder, detect)}"
                for folder in folders or [root]
            ]
        if "ablation" in parts:
            texts += [
                f"#### Left out, {folder.name} (synthetic)\n\n{ablation(folder)}"
                for folder in folders or [root]
            ]
    return "\n\n".join(texts)


def write_worlds(root: Path, kinds: Iterable[str], seeds: Iterable[int]) -> None:
    """Write worlds of bench.worlds below `root`."""
    for seed in seeds:
        for kind in kinds:
            make_world(kind, seed).write(root / f"{kind}-{seed}")


def hits(root: Path, detect: Detect) -> str:
    """Table by scenario: over accounts, campaigns found, false alerts and wrong accounts."""
    by: dict[str, list[Score]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    for world in read_folders(root):
        alerts = _alerts(detect(world.table()))
        by[world.scenario].append(score(world.truth, alerts))
        wrong.update(_wrong_kinds(world, alerts))
    rows = [_hit_row(name, scores) for name, scores in sorted(by.items())]
    rows.append(_macro([scores for name, scores in by.items() if name != EMPTY]))
    text = table(
        ["scenario", "worlds", "precision", "recall", "F1", "found", "alerts", "false", "wrong"],
        rows,
    )
    named = ", ".join(f"{kind} {many}" for kind, many in wrong.most_common(12)) or "none"
    return f"{text}\n\nAccounts of communities wrongly alerted: {named}."


def calibration(empty: Path, campaigns: Path, detect: Detect) -> str:
    """Tables: organic worlds, each organic kind's groups, and shuffled worlds."""
    worlds = list(read_folders(empty))
    levels = [_levels(detect(world.table())) for world in worlds]
    rows = [["worlds without a campaign", *_shares([list(each) for each in levels])]]
    groups: dict[str, list[list[str]]] = defaultdict(list)
    for world, found in zip(worlds, levels, strict=True):
        for group in world.truth["organic_groups"]:
            members = set(group["accounts"])
            fewest = min(FEWEST_TOUCHED, len(members))
            groups[group["kind"]].append(
                [level for level, many in found.items()
                 if any(len(each & members) >= fewest for each in many)]
            )  # fmt: skip
    rows += [[f"groups: {kind}", *_shares(cases)] for kind, cases in sorted(groups.items())]
    every = [*worlds, *read_folders(campaigns)]
    for name, change, some in (
        ("accounts permuted, all worlds", other_accounts, every),
        ("accounts permuted within each day, all worlds", other_accounts_of_the_day, every),
        ("times permuted, worlds without a campaign", other_times, worlds),
    ):
        answers = [list(_levels(detect(change(world, 7).table()))) for world in some]
        rows.append([name, *_shares(answers)])
    return table(["what", "cases", "alert", "95 %", "watch", "95 %"], rows)


def delay(root: Path, detect: Detect, look_back: timedelta = timedelta(days=28)) -> str:
    """Table: posts and hours of a campaign until the first alert that is about it."""
    posts: dict[str, list[float]] = defaultdict(list)
    hours: dict[str, list[float]] = defaultdict(list)
    of: Counter[str] = Counter()
    for world in read_folders(root):
        if len(world.posts) > MOST_FOR_DELAY:
            continue
        for campaign in world.truth["campaigns"]:
            of[campaign["kind"]] += 1
            first = _first_alert(world, campaign, detect, look_back)
            if first:
                posts[campaign["kind"]].append(first[0])
                hours[campaign["kind"]].append(first[1].total_seconds() / 3600)
    rows = [
        [kind, str(many), str(len(posts[kind])), *_spread(posts[kind], 0), *_spread(hours[kind], 1)]
        for kind, many in sorted(of.items())
    ]
    every_post = [each for many in posts.values() for each in many]
    every_hour = [each for many in hours.values() for each in many]
    total = [
        str(of.total()),
        str(len(every_post)),
        *_spread(every_post, 0),
        *_spread(every_hour, 1),
    ]
    rows.append(["**all**", *total])
    head = ["campaign", "replayed", "alerted", "posts, median", "90 %", "hours, median", "90 %"]
    return table(head, rows)


def _alerts(clusters: Iterable[Cluster]) -> Alerts:
    return [set(each.accounts) for each in clusters if each.level == "alert" and each.accounts]


def _levels(clusters: Iterable[Cluster]) -> dict[str, Alerts]:
    found: dict[str, Alerts] = defaultdict(list)
    for each in clusters:
        found[each.level].append(set(each.accounts))
    return found


def _wrong_kinds(world: Labelled, alerts: Alerts) -> Counter[str]:
    guilty = {key for each in world.truth["campaigns"] for key in each["accounts"]}
    wrong = set().union(*alerts) - guilty
    kinds: Counter[str] = Counter()
    for group in world.truth["organic_groups"]:
        kinds[group["kind"]] += len(wrong & set(group["accounts"]))
    return +kinds


def _hit_row(name: str, scores: Sequence[Score]) -> list[str]:
    figures = [mean(getattr(each, field) for each in scores) for field in _FIELDS]
    return [name, str(len(scores)), *(_shown(each) for each in figures)]


def _macro(by: Sequence[Sequence[Score]]) -> list[str]:
    means = [
        mean(mean(getattr(each, field) for each in scores) for scores in by) for field in _FIELDS
    ]
    return ["**mean of campaign scenarios**", str(sum(map(len, by))), *map(_shown, means)]


_FIELDS = ("precision", "recall", "f1", "found", "alerts", "false_alerts", "wrong")


def _shares(cases: Sequence[Sequence[str]]) -> list[str]:
    cells = [str(len(cases))]
    for level in ("alert", "watch"):
        many = sum(level in each for each in cases)
        low, high = wilson(many, len(cases))
        cells += [_shown(many / len(cases) if cases else None), f"{low:.2f}–{high:.2f}"]
    return cells


def _first_alert(
    world: Labelled, campaign: Mapping[str, Sequence[str]], detect: Detect, look_back: timedelta
) -> tuple[int, timedelta] | None:
    times: dict[str, datetime] = {post.key: post.created_at for post in world.posts}
    planted = sorted(times[key] for key in campaign["posts"])
    members, posts = set(campaign["accounts"]), world.table()
    steps = [k for k in CHECKPOINTS if k < len(planted)] + [len(planted)]
    for k in steps:
        now = planted[k - 1]
        seen = pc.and_(
            pc.less_equal(posts["created_at"], now),
            pc.greater_equal(posts["created_at"], now - look_back),
        )
        for alert in _alerts(detect(posts.filter(seen))):
            if len(alert & members) * 2 >= len(alert):
                return k, now - planted[0]
    return None


def _spread(figures: Sequence[float], digits: int) -> list[str]:
    if not figures:
        return ["–", "–"]
    ordered = sorted(figures)
    at = (round(0.5 * (len(ordered) - 1)), round(0.9 * (len(ordered) - 1)))
    return [figure(ordered[place], digits) for place in at]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.detection", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="labelled scenarios of one's own")
    parser.add_argument("--seeds", type=int, default=2, help="worlds of each campaign kind")
    parser.add_argument("--organic", type=int, default=50, help="worlds without a campaign")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=USUAL_PARTS, metavar="PART")
    chosen = parser.parse_args()
    text = report(chosen.folders, chosen.seeds, chosen.organic, chosen.parts)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()

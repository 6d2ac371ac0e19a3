"""Judging what was not learned on: weights by kind, the program's own verdict, a step's use."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.ablation import ablation
from bench.detection import usual, write_worlds
from bench.judged import Group, World, measure_world, measure_worlds
from bench.labelled import read_folder
from bench.leave_out import always, by_unseen, cells, kinds, other_folders, report
from bench.train_verdict import Training, as_block, train
from bench.worlds import scenarios
from monitor.detect import weights as shipped
from monitor.detect.settings import ALL_STEPS
from monitor.detect.weights import WEIGHTS, Weights
from tests.monitor.detect.test_verdict import COORDINATED, QUIET


@pytest.fixture
def worlds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(scenarios, "SIZES", (((150, 160), 1),))
    write_worlds(tmp_path, ["copypasta_waves", "tag_flood", "organic"], [1, 2])
    return tmp_path


def group(kind: str, campaign: str | None = None, **marks: object) -> Group:
    measured = replace(QUIET, **marks)  # type: ignore[arg-type]
    guilty = frozenset((campaign,)) if campaign else frozenset()
    return Group(frozenset(("x:1", "x:2")), measured, float(bool(campaign)), guilty, kind)


GROUPS = [
    *(group("everyday", "copies", posts=100 + each, **COORDINATED) for each in range(6)),
    *(group("everyday", "swarm", recycled=0.0, own_posts=0.3, young=0.9) for _ in range(6)),
    *(group("appeal", recycled=0.0, own_posts=0.8) for _ in range(6)),
    *(group("newsletter", None, **{**COORDINATED, "own_posts": 0.9}) for _ in range(6)),
]


def test_measured_once_a_world_is_judged_as_the_program_judges_it(worlds: Path) -> None:
    detect = usual()
    for folder in sorted(worlds.iterdir()):
        theirs = detect(read_folder(folder).table())
        ours = measure_world(folder).alerts(always(WEIGHTS))
        assert {each.accounts for each in ours} == {
            frozenset(each.accounts) for each in theirs if each.level == "alert"
        }


def test_weights_for_a_kind_are_those_trained_without_it() -> None:
    chosen = by_unseen(Training([GROUPS]))
    without_appeal = train([[each for each in GROUPS if each.kind != "appeal"]])
    without_copies = train([[each for each in GROUPS if "copies" not in each.campaigns]])
    assert chosen(GROUPS[12]) == without_appeal
    assert chosen(GROUPS[0]) == without_copies
    assert without_appeal != without_copies


def test_a_kind_that_was_learned_on_is_judged_better_than_one_that_was_not() -> None:
    training = Training([GROUPS])
    newsletter = GROUPS[-1]
    learned, unseen = training.weights(), by_unseen(training)(newsletter)
    assert learned.probability(newsletter.marks) < unseen.probability(newsletter.marks)


def test_nothing_can_be_learned_without_both_sides() -> None:
    with pytest.raises(ValueError, match="campaigns and communities"):
        train([[each for each in GROUPS if each.campaign]])


def test_a_source_teaches_no_more_by_having_more_worlds() -> None:
    few = GROUPS[:6] + GROUPS[12:18]
    many = [replace(each, guilty=0.0) for each in GROUPS[:6] * 20] + GROUPS[6:12]
    disputed = GROUPS[0].marks
    pooled = train([few + many]).probability(disputed)
    assert pooled < 0.7 * train([few, many]).probability(disputed)


def test_weights_are_printed_as_they_stand_in_the_program() -> None:
    source = Path(shipped.__file__).read_text(encoding="utf-8")
    assert as_block(WEIGHTS) in source
    other = replace(WEIGHTS, intercept=-9.0, figures=(
        replace(WEIGHTS.figures[0], weight=-7.5), *WEIGHTS.figures[1:]
    ))  # fmt: skip
    block = as_block(other)
    assert "INTERCEPT = -9.000\n" in block
    assert "-7.500)" in block
    assert len(block.splitlines()) == len(as_block(WEIGHTS).splitlines())


def test_whoever_alerts_everything_has_each_organic_group_as_a_false_alert(worlds: Path) -> None:
    measured, eager = measure_worlds(worlds), always(Weights(9.0, ()))
    steps = replace(ALL_STEPS, guards=False)
    false = sum(each.guilty < 0.2 for world in measured for each in world.groups)
    assert float(cells(measured, eager, steps)[5]) == pytest.approx(false / len(measured), abs=1e-3)
    never = always(Weights(-9.0, ()))
    assert all("| 0 | 0.000 |" in row for row in kinds(measured, never).splitlines()[2:])


def test_a_folder_is_judged_by_weights_of_the_other_folders(worlds: Path) -> None:
    measured = measure_worlds(worlds)
    table = other_folders({"one": measured[::2], "two": measured[1::2]})
    assert [row.split(" | ")[0] for row in table.splitlines()[2:]] == ["| one", "| two"]


def test_worlds_that_are_only_judged_teach_nothing() -> None:
    truth = {"campaigns": [{"kind": "copies", "accounts": ["x:1", "x:2"]}], "organic_groups": []}
    taught = [World("copies", truth, tuple(GROUPS), ())]
    alone = report({"one": taught}, {})
    besides = report({"one": taught}, {"two": [World("copies", truth, tuple(GROUPS[6:]), ())]})
    assert [row for row in alone.splitlines() if row.startswith("| one |")] == [
        row for row in besides.splitlines() if row.startswith("| one |")
    ]
    assert sum(row.startswith("| two |") for row in besides.splitlines()) == 3


def test_without_floods_a_flood_of_young_accounts_is_not_found(worlds: Path) -> None:
    steps = {"nothing": ALL_STEPS, "floods": replace(ALL_STEPS, floods=False)}
    whole, without = (row.split(" | ") for row in ablation(worlds, steps).splitlines()[2:])
    assert float(without[5]) < float(whole[5])

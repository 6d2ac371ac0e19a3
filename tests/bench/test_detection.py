"""The measuring of detection: what counts as a hit, a false alert, a delay."""

import os
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench import train_verdict
from bench.detection import FIRST_SEED, delay, write_worlds
from bench.labelled import (
    Labelled,
    other_accounts,
    other_accounts_of_the_day,
    other_times,
    read_folders,
)
from bench.scoring import score, wilson
from bench.worlds import scenarios
from data.records import Account, Post
from monitor.detect.cluster import Cluster

SHARED = Path(os.environ.get("HHHILFT_SHARED", Path(__file__).parents[3] / "shared"))
CAMPAIGN = {"accounts": ["x:1", "x:2", "x:3", "x:4"]}


def truth(*campaigns: dict[str, Any]) -> dict[str, Any]:
    return {"campaigns": list(campaigns), "organic_groups": []}


def test_half_of_a_campaign_in_an_alert_that_is_half_campaign_is_found() -> None:
    one = score(truth(CAMPAIGN), [{"x:1", "x:2", "x:8", "x:9"}])
    assert (one.found, one.recall, one.precision, one.wrong) == (1.0, 0.5, 0.5, 2)
    assert one.false_alerts == 0


def test_an_alert_with_less_than_a_fifth_of_campaign_accounts_is_false() -> None:
    alert = {"x:1", *(f"x:{number}" for number in range(10, 15))}
    assert score(truth(CAMPAIGN), [alert]).false_alerts == 1


def test_nothing_alerted_is_no_hit_and_has_no_precision() -> None:
    one = score(truth(CAMPAIGN), [])
    assert (one.precision, one.recall, one.f1, one.found) == (None, 0.0, 0.0, 0.0)


def test_a_world_without_a_campaign_has_no_f1() -> None:
    one = score(truth(), [{"x:1"}])
    assert (one.f1, one.found, one.false_alerts, one.wrong) == (None, None, 1, 1)


def test_the_interval_is_wilsons() -> None:
    assert wilson(0, 50) == pytest.approx((0.0, 0.0714), abs=1e-3)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-3)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled scenarios beside this folder")
def test_the_scores_are_those_of_the_scenarios_own_program() -> None:
    theirs = _their_program(SHARED / "tools" / "score.py")
    for world in list(read_folders(SHARED / "campaigns"))[::6]:
        groups = [each["accounts"] for each in world.truth["organic_groups"]]
        planted = [each["accounts"] for each in world.truth["campaigns"]]
        for alerts in (
            [],
            [*planted],
            [*planted, groups[0]],
            [[*groups[0], *next(iter(planted), [])[:3]]],
        ):
            clusters = [{"level": "alert", "accounts": each} for each in alerts]
            their, our = (
                theirs.score(world.truth, {"clusters": clusters}),
                score(world.truth, [set(each) for each in alerts]),
            )
            assert (our.precision, our.recall, our.f1) == (
                their["precision"], their["recall"], pytest.approx(their["f1"])
            )  # fmt: skip
            assert (our.found, our.alerts) == (their["campaign_recall"], their["alerts"])
            assert (our.false_alerts, our.wrong) == (their["false_alerts"], their["wrong"])


def test_permuting_accounts_keeps_everybodys_number_of_posts_and_each_posts_time() -> None:
    world = _world()
    mixed = other_accounts(world, 1)
    assert sorted(each.account.id for each in mixed.posts) == sorted(
        each.account.id for each in world.posts
    )
    assert [each.created_at for each in mixed.posts] == [each.created_at for each in world.posts]
    assert [each.account.id for each in mixed.posts] != [each.account.id for each in world.posts]


def test_permuting_accounts_within_days_keeps_how_much_everybody_writes_each_day() -> None:
    world = _world()
    mixed = other_accounts_of_the_day(world, 1)
    assert sorted((each.account.id, each.created_at.date()) for each in mixed.posts) == sorted(
        (each.account.id, each.created_at.date()) for each in world.posts
    )
    assert [each.account.id for each in mixed.posts] != [each.account.id for each in world.posts]


def test_calibration_uses_seeds_that_the_weights_were_not_trained_on() -> None:
    commands = re.findall(r"--seeds ([\d ]+)", train_verdict.__doc__ or "")
    trained = {int(seed) for numbers in commands for seed in numbers.split()}
    assert trained
    assert max(trained) < FIRST_SEED


def test_permuting_times_keeps_each_accounts_times() -> None:
    world = _world()
    mixed = other_times(world, 1)
    for name in ("a", "b"):
        assert {each.created_at for each in mixed.posts if each.account.id == name} == {
            each.created_at for each in world.posts if each.account.id == name
        }


def test_the_delay_is_counted_in_posts_of_the_campaign(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(scenarios, "SIZES", (((150, 160), 1),))
    write_worlds(tmp_path, ["copypasta_waves"], [1])
    world = next(read_folders(tmp_path))
    campaign = world.truth["campaigns"][0]
    keys = set(campaign["posts"])
    empty = Cluster(
        id="1", level="alert", score=1.0, accounts=tuple(campaign["accounts"]), kinds=(),
        first=world.posts[0].created_at, last=world.posts[0].created_at, reasons=(), evidence=(),
        parts={},
    )  # fmt: skip

    def after_ten(posts: Any) -> list[Cluster]:
        many = len(keys & set(posts["key"].to_pylist()))
        return [empty if many >= 10 else replace(empty, level="watch")]

    row = delay(tmp_path, after_ten).splitlines()[2]
    assert row.startswith("| copypasta_waves | 1 | 1 | 12 |")


def _world() -> Labelled:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    posts = tuple(
        Post("x", str(number), start + timedelta(hours=number), Account("x", "ab"[number % 2]))
        for number in range(20)
    )
    return Labelled("made", posts, truth())


def _their_program(path: Path) -> ModuleType:
    module = ModuleType("their_score")
    source = path.read_text(encoding="utf-8")
    sys.modules.setdefault("their_score", module)
    exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102  a tool beside the repo
    return module

"""Synthetic worlds: the same again, readable, and true to their truth."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.worlds import scenarios
from bench.worlds.everyday import everyday
from bench.worlds.scenarios import CAMPAIGNS, ORGANIC, make_world
from bench.worlds.world import World
from data.records import post_from_json


@pytest.fixture
def small_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios, "SIZES", (((150, 160), 1),))


def read(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.open(folder / "posts.jsonl.gz", "rt")]


@pytest.mark.usefixtures("small_worlds")
def test_the_same_scenario_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_world("edited_copies", 4).write(tmp_path / name)
    for file in ("posts.jsonl.gz", "truth.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.usefixtures("small_worlds")
def test_another_seed_gives_another_world() -> None:
    assert make_world("co_link", 1).truth() != make_world("co_link", 2).truth()


@pytest.mark.usefixtures("small_worlds")
@pytest.mark.parametrize("kind", sorted(CAMPAIGNS))
def test_a_campaign_is_in_the_posts_as_the_truth_says(kind: str, tmp_path: Path) -> None:
    make_world(kind, 3).write(tmp_path)
    posts = {post.key: post for post in map(post_from_json, read(tmp_path))}
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert truth["campaigns"]
    everybody = {post.account.key for post in posts.values()}
    communities = {key for each in truth["organic_groups"] for key in each["accounts"]}
    assert communities <= everybody
    for each in truth["campaigns"]:
        assert len(each["accounts"]) >= 4
        assert {posts[key].account.key for key in each["posts"]} == set(each["accounts"])
        assert not communities & set(each["accounts"])


@pytest.mark.parametrize("kind", sorted(ORGANIC))
def test_a_community_acts_in_plausible_times(kind: str, tmp_path: Path) -> None:
    world = World(kind, 5, 150, 14)
    everyday(world)
    before = len(world.rows)
    ORGANIC[kind](world)
    assert len(world.rows) > before
    assert world.groups
    assert {name for name, _ in world.groups} == {kind}
    world.write(tmp_path)
    posts = [post_from_json(line) for line in read(tmp_path)]  # raises where one is unreadable
    assert len({post.key for post in posts}) == len(posts)
    last = world.start + timedelta(days=2 * world.days)
    assert all(world.start <= post.created_at < last for post in posts)
    when = {post.key: post.created_at for post in posts}
    for post in posts:
        for other in (post.repost_of, post.reply_to):
            assert other is None or when[f"{post.network}:{other}"] <= post.created_at


@pytest.mark.usefixtures("small_worlds")
def test_a_world_without_a_campaign_says_so() -> None:
    assert make_world("organic", 2).truth()["campaigns"] == []


@pytest.mark.usefixtures("small_worlds")
def test_others_answer_what_a_campaign_posts() -> None:
    answers = 0
    for seed in range(8):
        world = make_world("copypasta_waves", seed)
        accounts = {key for each in world.campaigns for key in each.accounts}
        planted = {row["id"] for each in world.campaigns for row in each.posts}
        others = [row for row in world.rows if row["account"].key not in accounts]
        assert not planted & {row["id"] for row in others}
        answers += sum(row["reply_to"] in planted for row in others)
    assert answers

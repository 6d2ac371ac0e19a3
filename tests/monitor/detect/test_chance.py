from dataclasses import replace

import pytest

from data.records import Post
from monitor.detect.actions import actions
from monitor.detect.chance import at_least, parts_beyond_chance
from monitor.detect.clusters import find_clusters
from monitor.detect.posts import post_table
from monitor.detect.scene import episodes, scene
from tests.monitor.detect import worlds


@pytest.mark.parametrize(
    ("many", "expected", "probability"),
    [(3, 1.0, 0.080), (10, 2.0, 0.0000465), (120, 100.0, 0.0282)],
)
def test_the_tail_is_that_of_poisson(many: int, expected: float, probability: float) -> None:
    assert at_least(many, expected) == pytest.approx(probability, rel=0.03)


def test_no_more_than_expected_says_nothing() -> None:
    assert at_least(5, 5.0) == at_least(800, 900.0) == at_least(0, 0.0) == 1.0


def _expected(posts: list[Post], group: frozenset[str]) -> float:
    table = post_table(posts)
    here = scene(table, actions(table, ()))
    return parts_beyond_chance(group, episodes(group, here), here).expected


def test_who_does_much_else_is_expected_more_often() -> None:
    crew = worlds.campaign(members=4)
    group = frozenset(post.account.key for post in crew)
    town = worlds.town(people=40, posts=6)
    busy = [
        worlds.write(f"c{number % 4}", 1000 + number, post.created_at, post.text)
        for number, post in enumerate(worlds.town(people=40, posts=5, seed=9))
    ]
    assert _expected(crew + town, group) < _expected(crew + town + busy, group)


def test_a_post_is_one_part_however_much_it_carries() -> None:
    crew = worlds.campaign(members=5, waves=4)
    group = frozenset(post.account.key for post in crew)
    bare = [replace(post, text="") for post in crew]
    taken = []
    for posts in (crew, bare):
        table = post_table(posts + worlds.town())
        here = scene(table, actions(table, ()))
        taken.append(parts_beyond_chance(group, episodes(group, here), here).taken)
    assert taken == [20, 20]


def test_others_on_another_network_do_not_make_a_meeting_rarer() -> None:
    crew = worlds.campaign(members=4)
    group = frozenset(post.account.key for post in crew)
    elsewhere = [
        replace(post, network="x", account=replace(post.account, network="x"))
        for post in worlds.town(people=40, posts=6)
    ]
    assert _expected(crew + elsewhere, group) == pytest.approx(_expected(crew, group))


def test_a_campaign_whose_posts_belong_to_anybody_is_no_alert() -> None:
    mixed = worlds.shuffled(worlds.campaign(members=10, waves=8) + worlds.town(people=30, posts=8))
    found = find_clusters(post_table(mixed), (), (), 2, 7).clusters
    assert all(each.level != "alert" for each in found)

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from data.records import Account, Post
from monitor.detect.cluster import Cluster
from monitor.detect.clusters import find_clusters
from monitor.detect.posts import post_table
from monitor.detect.settings import ALL_STEPS, Steps
from tests.monitor.detect import worlds

DAY = timedelta(days=1)


def flood(people: int = 14, age: timedelta | None = 20 * DAY, talk: bool = False) -> list[Post]:
    """Write posts of accounts that each bring #derby along once, in their own words."""
    written = []
    for number in range(people):
        at = worlds.START + timedelta(days=6, minutes=11 * number)
        born = None if age is None else at - age
        who = Account("mastodon", f"f{number}", handle=f"f{number}", created_at=born)
        whom = (f"f{(number + 1) % people}",) if talk else ()
        text = " ".join(worlds._WORDS[2 * number % 19 :][:9])
        written.append(
            worlds.write(
                f"f{number}", 0, at, text, account=who, hashtags=("hhhilft", "derby"), mentions=whom
            )
        )
    return written


def found(posts: Iterable[Post], steps: Steps = ALL_STEPS) -> list[Cluster]:
    clusters = find_clusters(post_table(posts), {"hhhilft"}, (), 2, 7, steps).clusters
    return [each for each in clusters if "mastodon:f1" in each.accounts]


def test_many_young_accounts_that_bring_a_hashtag_within_a_day_alert() -> None:
    (cluster,) = found([*worlds.town(), *flood()])
    assert cluster.level == "alert"
    assert cluster.accounts == tuple(sorted(f"mastodon:f{number}" for number in range(14)))
    assert {name for _, name in cluster.evidence} == {"hashtags:derby"}


def test_newcomers_who_talk_with_each_other_are_no_alert() -> None:
    assert [each.level for each in found([*worlds.town(), *flood(talk=True)])] == ["watch"]


@pytest.mark.parametrize(
    "posts",
    [flood(people=9), flood(age=400 * DAY), flood(age=None)],
    ids=["few accounts", "old accounts", "ages unknown"],
)
def test_without_many_young_accounts_there_is_no_flood(posts: list[Post]) -> None:
    assert found([*worlds.town(), *posts]) == []


def test_a_hashtag_that_is_used_all_the_time_makes_no_flood() -> None:
    usual = [replace(post, hashtags=("hhhilft", "derby")) for post in worlds.town()]
    assert found([*usual, *flood()]) == []


def test_the_step_can_be_left_out() -> None:
    assert found([*worlds.town(), *flood()], Steps(floods=False)) == []

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from data.records import Account, Post
from monitor.detect.cluster import Cluster, keep_names
from monitor.detect.clusters import find_clusters
from monitor.detect.posts import post_table
from tests.monitor.detect import worlds


def clusters(posts: Iterable[Post]) -> tuple[Cluster, ...]:
    return find_clusters(post_table(posts), {"hhhilft"}, {"altona"}, 2, 7).clusters


def levels(found: Iterable[Cluster]) -> set[str]:
    return {each.level for each in found}


def test_a_planted_campaign_is_the_only_alert_and_holds_its_accounts() -> None:
    found = clusters([*worlds.town(), *worlds.campaign(), *worlds.volunteers(), *worlds.office()])
    (alert,) = [each for each in found if each.level == "alert"]
    assert alert.accounts == tuple(f"mastodon:c{member}" for member in range(8))
    assert alert.kinds == ("link", "text")


def test_its_evidence_is_the_posts_that_the_accounts_share() -> None:
    (alert,) = clusters(worlds.campaign(members=5, waves=4))
    assert {post for post, _ in alert.evidence} == {post.key for post in worlds.campaign(5, 4)}


def test_shuffled_posts_find_nothing() -> None:
    posts = [*worlds.town(), *worlds.campaign(), *worlds.volunteers(), *worlds.office()]
    assert levels(clusters(worlds.shuffled(posts))) <= {"community"}


def test_a_town_of_people_with_their_own_words_has_no_group() -> None:
    assert clusters(worlds.town()) == ()


def test_offices_that_publish_at_the_same_second_are_no_warning() -> None:
    found = clusters([*worlds.town(), *worlds.office()])
    assert levels(found) == {"community"}


def test_volunteers_who_reshare_urgent_calls_are_no_warning() -> None:
    assert levels(clusters([*worlds.town(), *worlds.volunteers()])) <= {"community"}


def test_accounts_that_say_they_are_automated_are_no_warning() -> None:
    open_about_it = [
        replace(post, account=replace(post.account, bot=True)) for post in worlds.campaign()
    ]
    assert levels(clusters(open_about_it)) == {"community"}


def test_one_agreed_string_of_hashtags_never_alerts() -> None:
    tags = ("hhhilft", "eins", "zwei", "drei")
    posts = [
        worlds.write(
            f"c{member}", wave, worlds.START + timedelta(days=wave, minutes=31 * member),
            "", hashtags=tags,
        )
        for wave in range(6)
        for member in range(8)
    ]  # fmt: skip
    (found,) = clusters(posts)
    assert found.level != "alert"
    assert "only_hashtags" in {reason["code"] for reason in found.reasons}


def test_text_and_link_of_one_post_are_one_meeting() -> None:
    assert clusters(worlds.campaign(members=6, waves=1)) == ()


def test_one_person_on_two_networks_is_no_pair() -> None:
    posts = []
    for post in worlds.campaign(members=2):
        for network in ("mastodon", "x"):
            who = Account(network, post.account.id, handle=post.account.handle)
            posts.append(replace(post, network=network, account=who))
    found = clusters(posts)
    assert all(len({key.split(":")[1] for key in each.accounts}) > 1 for each in found)


def test_the_same_posts_in_another_order_give_the_same_clusters() -> None:
    posts = [*worlds.town(), *worlds.campaign(), *worlds.volunteers()]
    assert clusters(posts) == clusters(reversed(posts))


def test_a_campaign_keeps_its_id_when_it_goes_on() -> None:
    before = clusters([*worlds.town(), *worlds.campaign(waves=4)])
    after = clusters([*worlds.town(), *worlds.campaign(waves=6)])
    assert [each.id for each in before] == [each.id for each in after]


def test_a_known_cluster_keeps_its_name_when_half_of_it_is_still_there() -> None:
    (found,) = clusters(worlds.campaign(members=8))
    (kept,) = keep_names([found], {"old": frozenset(found.accounts[:6]), "other": frozenset("x")})
    (new,) = keep_names([found], {"old": frozenset(found.accounts[:3])})
    assert (kept.id, new.id) == ("old", found.id)


def test_no_two_clusters_have_one_name() -> None:
    (found,) = clusters(worlds.campaign(members=8))
    stranger = replace(found, accounts=("mastodon:x", "mastodon:y"))
    named = keep_names([stranger, found], {found.id: frozenset(found.accounts)})
    assert named[1].id == found.id != named[0].id


@pytest.mark.parametrize(
    "posts",
    [
        [],
        worlds.campaign(members=1, waves=1),
        worlds.town(people=5, posts=1),
        [worlds.write("ana", number, worlds.START, "Danke!") for number in range(30)],
        [worlds.write(f"r{n}", n, worlds.START, "", repost_of="gone") for n in range(30)],
        [replace(post, time_known=False) for post in worlds.campaign()],
        [replace(post, text="", links=("",)) for post in worlds.campaign(gap_seconds=600)],
    ],
    ids=["no posts", "one post", "five posts", "one account", "one post reposted", "no times",
         "empty objects"],
)  # fmt: skip
def test_too_little_to_go_by_finds_nothing(posts: list[Post]) -> None:
    assert clusters(posts) == ()

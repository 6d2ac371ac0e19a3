"""Accounts that people named: their doings are explained, and others are judged without them."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from data.config import Config, DetectConfig
from data.decisions import decide
from data.reasons import sentence
from data.records import Post
from data.tables import clusters as cluster_table
from data.writes import upsert_posts
from monitor import steps
from monitor.detect.cluster import Cluster
from monitor.detect.clusters import find_clusters
from monitor.detect.known import Known
from monitor.detect.posts import post_table
from monitor.detecting import find
from tests.data.stored import rows
from tests.make import NOW
from tests.monitor.detect import worlds
from tests.monitor.detect.test_floods import flood

NOTHING = Path()


def keys(*numbers: int, start: str = "c") -> frozenset[str]:
    return frozenset(f"mastodon:{start}{number}" for number in numbers)


def found(posts: Iterable[Post], known: Known) -> list[Cluster]:
    table = post_table([*worlds.town(), *posts])
    return list(find_clusters(table, {"hhhilft"}, (), 2, 7, known=known).clusters)


def test_a_group_that_is_half_known_is_a_community_and_says_how_many_are() -> None:
    (each,) = found(worlds.campaign(), Known(institutions=keys(0, 1, 2), automated=keys(3)))
    assert each.level == "community"
    assert each.accounts == tuple(sorted(keys(*range(8))))
    said = {reason["code"]: sentence(reason, "de") for reason in each.reasons if reason["against"]}
    assert said["known_institutions"] == (
        "3 von 8 Konten haben Menschen hier als Einrichtung benannt."
    )
    assert said["known_automated"].startswith("1 von 8 Konten")


def test_one_known_account_among_others_is_taken_out_and_counts_as_an_outsider() -> None:
    (each,) = found(worlds.campaign(), Known(institutions=keys(0)))
    assert each.level == "alert"
    assert each.accounts == tuple(sorted(keys(*range(1, 8))))
    assert not {post for post, _ in each.evidence if post.startswith("mastodon:c0-")}


def test_where_too_few_remain_there_is_no_group() -> None:
    assert found(worlds.campaign(members=5), Known(automated=keys(0, 1))) == []


def test_a_flood_of_known_accounts_is_a_community_and_others_are_judged_without_them() -> None:
    half = Known(automated=keys(*range(7), start="f"))
    (each,) = found(flood(), half)
    assert (each.level, len(each.accounts)) == ("community", 14)
    (each,) = found(flood(), Known(automated=keys(0, 1, start="f")))
    assert (each.level, len(each.accounts), len(each.evidence)) == ("alert", 12, 12)
    assert found(flood(people=11), Known(automated=keys(0, 1, start="f"))) == []


def test_the_settings_name_accounts_by_their_whole_handle() -> None:
    posts = [
        replace(post, account=replace(post.account, handle=f"{post.account.id}@norden.social"))
        for post in worlds.campaign()
    ]
    table = post_table([*worlds.town(), *posts])
    names = tuple(f"@C{number}@norden.social" for number in range(4))
    config = Config(folder=NOTHING, detect=DetectConfig(institutions=names))
    assert [each.level for each in find(table, config).clusters] == ["community"]
    short = Config(folder=NOTHING, detect=DetectConfig(institutions=("@c0", "@c1", "@c2", "@c3")))
    assert [each.level for each in find(table, short).clusters] == ["alert"]


def test_the_scheduled_run_respects_what_people_say_of_accounts_and_that_they_take_it_back(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [*worlds.town(), *worlds.campaign()], "file", NOW)
        numbers = [
            decide(connection, "ana", "account", key, "institution", "Bezirksamt", None, NOW)
            for key in sorted(keys(0, 1, 2, 3))
        ]
    config = Config(folder=NOTHING)
    steps.detect(engine, config, NOW)
    assert rows(engine, cluster_table, "level") == [("community",)]
    with engine.begin() as connection:
        for key, seen in zip(sorted(keys(0, 1, 2, 3)), numbers, strict=True):
            decide(connection, "ben", "account", key, "reopen", "", seen, NOW)
    steps.detect(engine, config, NOW)
    assert rows(engine, cluster_table, "level") == [("alert",)]

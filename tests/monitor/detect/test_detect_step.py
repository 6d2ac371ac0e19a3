from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from data.config import Config, DetectConfig
from data.decisions import decide
from data.tables import (
    cluster_accounts,
    cluster_acts,
    cluster_episodes,
    cluster_posts,
    clusters,
    network_edges,
    network_nodes,
)
from data.writes import delete_posts, upsert_posts
from monitor import steps
from monitor.detect.clusters import find_clusters
from monitor.detect.posts import POST_SCHEMA, post_table
from tests.data.stored import rows
from tests.make import NOW
from tests.monitor.detect import worlds

CONFIG = Config(folder=Path(), detect=DetectConfig(look_back_days=28))


def stored(engine: Engine, posts: list[worlds.Post]) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, posts, "file", NOW)


def test_detection_writes_the_clusters_their_members_their_evidence_and_the_picture(
    engine: Engine,
) -> None:
    stored(engine, [*worlds.town(), *worlds.campaign()])
    counts = steps.detect(engine, CONFIG, NOW)
    assert (counts["alert"], counts["posts"]) == (1, 280)
    ((level,),) = rows(engine, clusters, "level")
    assert level == "alert"
    assert len(rows(engine, cluster_accounts, "cluster")) == 8
    assert len(rows(engine, cluster_posts, "post")) == 40
    assert len(rows(engine, network_nodes, "account")) > 8
    assert {kind for (kind,) in rows(engine, network_edges, "kind")} == {"talk", "together"}


def test_detecting_twice_changes_nothing(engine: Engine) -> None:
    stored(engine, [*worlds.town(), *worlds.campaign(), *worlds.volunteers()])
    steps.detect(engine, CONFIG, NOW)
    tables = (clusters, cluster_accounts, cluster_posts, cluster_episodes, cluster_acts,
              network_nodes, network_edges)  # fmt: skip
    before = [rows(engine, table) for table in tables]
    steps.detect(engine, CONFIG, NOW)
    assert [rows(engine, table) for table in tables] == before


def test_the_store_gives_detection_what_a_file_gives(engine: Engine) -> None:
    from data.detection_reads import posts_for_detection

    posts = [*worlds.town(), *worlds.campaign(), *worlds.volunteers(), *worlds.office()]
    posts.append(replace(posts[0], id="with a picture", media=worlds.PICTURES))
    stored(engine, posts)
    with engine.connect() as connection:
        table = posts_for_detection(connection, worlds.START)
    assert table.schema == POST_SCHEMA
    assert table.sort_by("key").to_pylist() == post_table(posts).sort_by("key").to_pylist()
    found = find_clusters(table, {"hhhilft"}, (), 2, 7).clusters
    assert found == find_clusters(post_table(posts), {"hhhilft"}, (), 2, 7).clusters


def test_deleted_posts_and_those_before_the_days_looked_at_are_left_out(engine: Engine) -> None:
    posts = worlds.campaign()
    stored(engine, posts)
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", [post.id for post in posts[:20]], NOW)
    assert steps.detect(engine, CONFIG, NOW)["posts"] == 20
    narrow = replace(CONFIG, detect=DetectConfig(look_back_days=1))
    assert steps.detect(engine, narrow, NOW)["posts"] == 0


def test_an_empty_store_is_no_error(engine: Engine) -> None:
    assert steps.detect(engine, CONFIG, NOW)["alert"] == 0


def test_a_dismissed_warning_is_not_new_again_though_it_is_still_found(engine: Engine) -> None:
    stored(engine, [*worlds.town(), *worlds.campaign()])
    assert steps.detect(engine, CONFIG, NOW)["alert_to_decide"] == 1
    ((name,),) = rows(engine, clusters, "id")
    with engine.begin() as connection:
        decide(connection, "ana", "cluster", name, "dismiss", "Chor", None, NOW)
    stored(engine, worlds.campaign(waves=6))
    counts = steps.detect(engine, CONFIG, NOW)
    assert (counts["alert"], counts["alert_to_decide"]) == (1, 0)
    stored(engine, worlds.campaign(members=12, waves=7))
    assert steps.detect(engine, CONFIG, NOW)["alert_to_decide"] == 1
    assert rows(engine, clusters, "id") == [(name,)]

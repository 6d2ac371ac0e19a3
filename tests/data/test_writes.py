"""Raw items, cursors, deletions, coverage, tags, clusters, the network, runs, quarantine."""

import contextlib
from datetime import timedelta

from sqlalchemy import Engine

from data.errors import RecordError
from data.source_reads import posts_to_look_after
from data.tables import (
    accounts,
    cluster_accounts,
    cluster_posts,
    clusters,
    coverage,
    cursors,
    labels,
    network_edges,
    network_nodes,
    observations,
    posts,
    quarantine,
    raw_items,
    runs,
    tags,
)
from data.writes import (
    ClusterRow,
    Cursor,
    EdgeRow,
    LabelRow,
    NodeRow,
    RawItem,
    Rejected,
    TagRow,
    add_coverage,
    delete_posts,
    finish_run,
    mark_mapped,
    note_alive,
    note_asked,
    note_missing,
    put_in_quarantine,
    read_cursors,
    start_run,
    store_raw,
    unmapped,
    upsert_posts,
    write_clusters,
    write_network,
    write_tags,
)
from tests import make
from tests.data.stored import rows
from tests.make import MINUTE, NOW

HERE = ("mastodon", "https://norden.social")


def test_a_page_and_its_cursor_are_kept_together_or_not_at_all(engine: Engine) -> None:
    with contextlib.suppress(KeyboardInterrupt), engine.begin() as connection:
        store_raw(connection, *HERE, [RawItem("status", "{}")], [Cursor("max_id", "9")], NOW)
        raise KeyboardInterrupt
    assert rows(engine, raw_items) == rows(engine, cursors) == []


def test_a_raw_item_is_mapped_once_even_if_it_comes_again(engine: Engine) -> None:
    page = [RawItem("status", '{"id": 1}'), RawItem("status", '{"id": 2}')]
    with engine.begin() as connection:
        assert store_raw(connection, *HERE, [*page, page[0]], [], NOW) == 2
        found = unmapped(connection, "mastodon", 10)
        mark_mapped(connection, [each.id for each in found], [], NOW)
    assert [each.body for each in found] == ['{"id": 1}', '{"id": 2}']
    with engine.begin() as connection:
        assert store_raw(connection, *HERE, page, [], NOW + MINUTE) == 0
        assert unmapped(connection, "mastodon", 10) == []


def test_what_became_a_post_is_not_kept_twice_and_what_was_rejected_stays_whole(
    engine: Engine,
) -> None:
    page = [RawItem("status", '{"id": 1}'), RawItem("status", '{"id": null}')]
    with engine.begin() as connection:
        store_raw(connection, *HERE, page, [], NOW)
        good, bad = unmapped(connection, "mastodon", 10)
        mark_mapped(connection, [good.id], [bad.id], NOW)
        assert unmapped(connection, "mastodon", 10) == []
    assert rows(engine, raw_items, "body", "mapped_at") == [("", NOW), ('{"id": null}', NOW)]


def test_the_same_body_counts_anew_from_another_origin_or_of_another_kind(engine: Engine) -> None:
    with engine.begin() as connection:
        store_raw(connection, *HERE, [RawItem("status", "{}"), RawItem("boosters", "{}")], [], NOW)
        assert store_raw(connection, "mastodon", "else", [RawItem("status", "{}")], [], NOW) == 1


def test_a_cursor_moves_on_and_is_its_origins_own(engine: Engine) -> None:
    with engine.begin() as connection:
        for value in ("1", "2"):
            store_raw(connection, *HERE, [], [Cursor("min_id", value)], NOW)
        store_raw(connection, "mastodon", "else", [], [Cursor("min_id", "7")], NOW)
        assert read_cursors(connection, *HERE) == {"min_id": "2"}


def test_one_404_does_not_delete_and_a_second_one_ten_minutes_later_does(engine: Engine) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post()], "mastodon", NOW)
        asked = [note_missing(connection, "mastodon", "p1", NOW + n * MINUTE) for n in (0, 9, 10)]
        assert asked == [False, False, True]
        assert not note_missing(connection, "mastodon", "p1", NOW + 30 * MINUTE)
        assert not note_missing(connection, "mastodon", "never seen", NOW)


def test_a_post_that_is_back_in_between_has_to_be_missed_twice_again(engine: Engine) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post()], "mastodon", NOW)
        note_missing(connection, "mastodon", "p1", NOW)
        note_alive(connection, "mastodon", "p1", NOW + 5 * MINUTE)
        assert not note_missing(connection, "mastodon", "p1", NOW + 15 * MINUTE)


def test_a_post_is_asked_for_an_hour_a_day_a_week_and_a_month_after_it_came(
    engine: Engine,
) -> None:
    asked = []
    with engine.begin() as connection:
        upsert_posts(connection, [make.post()], "mastodon", NOW)
        for hours in range(100 * 24):
            now = NOW + timedelta(hours=hours)
            if posts_to_look_after(connection, "mastodon", None, (), now, 9):
                asked.append(hours / 24)
                note_alive(connection, "mastodon", "p1", now)
    assert asked == [1 / 24, 1, 7, 30, 60, 90]


def test_checks_that_were_missed_are_made_up_once_and_the_oldest_due_come_first(
    engine: Engine,
) -> None:
    late = NOW + timedelta(days=2)
    with engine.begin() as connection:
        for number in (3, 1, 2):
            post = make.post(f"p{number}")
            upsert_posts(connection, [post], "mastodon", NOW + number * MINUTE)
        asked = posts_to_look_after(connection, "mastodon", None, (), late, 2)
        assert asked == ["p1", "p2"]
        for native_id in asked:
            note_alive(connection, "mastodon", native_id, late)
        assert posts_to_look_after(connection, "mastodon", None, (), late, 2) == ["p3"]


def test_an_origin_that_does_not_tell_is_asked_ever_less_often(engine: Engine) -> None:
    asked = []
    with engine.begin() as connection:
        upsert_posts(connection, [make.post()], "mastodon", NOW)
        for hours in range(100):
            now = NOW + timedelta(hours=hours)
            if posts_to_look_after(connection, "mastodon", None, (), now, 9):
                asked.append(hours)
                note_asked(connection, "mastodon", "p1", now)
    assert asked == [1, 2, 4, 8, 16, 32, 64]


def test_posts_of_files_and_reposts_are_not_asked_for_until_their_network_tells_of_them(
    engine: Engine,
) -> None:
    later = NOW + timedelta(days=1)
    with engine.begin() as connection:
        upsert_posts(connection, [make.post()], "file", NOW)
        upsert_posts(connection, [make.post("p2", repost_of="p1")], "mastodon", NOW)
        assert posts_to_look_after(connection, "mastodon", None, (), later, 9) == []
        upsert_posts(connection, [make.post()], "mastodon", NOW)
        assert posts_to_look_after(connection, "mastodon", None, (), later, 9) == ["p1"]


def test_a_clock_that_ran_ahead_for_a_year_keeps_no_post_from_being_asked_for(
    engine: Engine,
) -> None:
    ahead = NOW + timedelta(days=365)
    with engine.begin() as connection:
        upsert_posts(connection, [make.post()], "mastodon", NOW)
        note_missing(connection, "mastodon", "p1", ahead)
        assert posts_to_look_after(connection, "mastodon", None, (), NOW, 9) == ["p1"]
        assert not note_missing(connection, "mastodon", "p1", NOW)
        assert note_missing(connection, "mastodon", "p1", NOW + 10 * MINUTE)


def test_of_a_deleted_post_only_a_stone_remains(engine: Engine) -> None:
    full = make.post(url="https://x.org/1", links=("https://y.org",), mentions=("ben",), likes=1)
    with engine.begin() as connection:
        upsert_posts(connection, [full], "mastodon", NOW)
        upsert_posts(connection, [make.post(likes=2)], "mastodon", NOW + MINUTE)
        label = LabelRow("topic", "kleidung", 0.9, ["Decken"])
        write_tags(connection, [TagRow(1, "de", False, 0.1, (), [label])], "1", NOW)
        assert delete_posts(connection, "mastodon", ["p1", "p2"], NOW + MINUTE) == 1
        assert delete_posts(connection, "mastodon", ["p1"], NOW + 2 * MINUTE) == 0
    names = ("native_id", "text", "url", "links", "mentions", "created_at", "deleted_at")
    assert rows(engine, posts, *names) == [("p1", "", None, [], [], NOW, NOW + MINUTE)]
    assert rows(engine, tags) == rows(engine, labels) == rows(engine, observations) == []


def test_coverage_that_overlaps_or_touches_is_one_interval_and_a_gap_stays(engine: Engine) -> None:
    hour = timedelta(hours=1)
    with engine.begin() as connection:
        for start, end in ((0, 1), (4, 5), (1, 2), (7, 9), (4, 6), (8, 8)):
            add_coverage(connection, *HERE, NOW + start * hour, NOW + end * hour)
        add_coverage(connection, "mastodon", "else", NOW, NOW + 9 * hour)
    found = sorted(
        ((start - NOW) / hour, (end - NOW) / hour)
        for origin, start, end in rows(engine, coverage, "origin", "start", "end")
        if origin == HERE[1]
    )
    assert found == [(0, 2), (4, 6), (7, 9)]


def test_new_tags_replace_the_old_ones_whole_and_a_deleted_post_gets_none(engine: Engine) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post("p1"), make.post("p2")], "mastodon", NOW)
        old = [LabelRow("topic", "kleidung", 0.9), LabelRow("place", "Altona", 1.0)]
        write_tags(connection, [TagRow(1, "de", True, 0.9, ["dringend"], old)], "1", NOW)
        delete_posts(connection, "mastodon", ["p2"], NOW)
        new = [LabelRow("topic", "x", 0.2, ["a"]), LabelRow("topic", "x", 0.6, ["b"])]
        found = [TagRow(post, "en", False, 0.2, (), new) for post in (1, 2)]
        write_tags(connection, found, "2", NOW + MINUTE)
    assert rows(engine, tags, "post", "lang", "urgent", "tagger") == [(1, "en", False, "2")]
    assert rows(engine, labels, "post", "label", "score", "evidence") == [(1, "x", 0.6, ["b"])]


def test_tags_of_a_text_that_was_edited_meanwhile_are_dropped(engine: Engine) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post("p1", text="neu")], "mastodon", NOW)
        write_tags(connection, [TagRow(1, "de", True, 0.9, text="alt")], "1", NOW)
    assert rows(engine, tags) == []
    with engine.begin() as connection:
        write_tags(connection, [TagRow(1, "de", True, 0.9, text="neu")], "1", NOW)
    assert rows(engine, tags, "post", "urgent") == [(1, True)]


def _cluster(id: str, level: str = "alert", *members: str) -> ClusterRow:  # noqa: A002
    return ClusterRow(
        id=id,
        level=level,
        score=0.5,
        name=None,
        kinds=["text"],
        first=NOW,
        last=NOW + MINUTE,
        reasons=[{"code": "copies", "value": 12}],
        accounts={f"mastodon:{each}": {"copies": 0.9} for each in members},
        evidence=[("mastodon:p1", "wir brauchen decken", "text"), ("mastodon:gone", None, None)],
    )


def test_clusters_are_written_by_id_and_those_not_found_again_are_gone_but_stay(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post(), make.post("p2", "ben")], "mastodon", NOW)
        write_clusters(connection, [_cluster("a", "watch", "ana", "zoe"), _cluster("b")], NOW)
        write_clusters(connection, [_cluster("a", "alert", "ana", "ben")], NOW + MINUTE)
    assert rows(engine, clusters, "id", "level", "detected_at", "updated_at", "gone_at") == [
        ("a", "alert", NOW, NOW + MINUTE, None),
        ("b", "alert", NOW, NOW, NOW + MINUTE),
    ]
    assert len(rows(engine, cluster_accounts)) == 2
    assert rows(engine, cluster_posts, "cluster", "object", "kind") == [
        ("a", "wir brauchen decken", "text"),
        ("b", "wir brauchen decken", "text"),
    ]
    with engine.begin() as connection:
        write_clusters(connection, [_cluster("b")], NOW + 2 * MINUTE)
    assert rows(engine, clusters, "id", "gone_at") == [("a", NOW + 2 * MINUTE), ("b", None)]


def test_the_network_is_drawn_anew_and_leaves_out_strangers(engine: Engine) -> None:
    nodes = [NodeRow(f"mastodon:{who}", "c1", 0.5, 1.5, 2, 0.1) for who in ("ana", "ben", "zoe")]
    edges = [
        EdgeRow("mastodon:ana", "mastodon:ben", "talk", 2.0),
        EdgeRow("mastodon:ana", "mastodon:zoe", "talk", 1.0),
    ]
    with engine.begin() as connection:
        upsert_posts(connection, [make.post(), make.post("p2", "ben")], "mastodon", NOW)
        write_network(connection, nodes, edges)
        write_network(connection, nodes, edges)
    assert len(rows(engine, accounts)) == len(rows(engine, network_nodes)) == 2
    assert rows(engine, network_edges, "kind", "weight") == [("talk", 2.0)]


def test_a_run_tells_how_it_went_and_when_it_is_tried_again(engine: Engine) -> None:
    with engine.begin() as connection:
        run = start_run(connection, "collect", *HERE, NOW)
    assert rows(engine, runs, "state", "finished_at") == [("running", None)]
    with engine.begin() as connection:
        finish_run(connection, run, "limited", NOW, "429", {"new": 3}, NOW + MINUTE)
    assert rows(engine, runs, "state", "finished_at", "detail", "counts", "next_try") == [
        ("limited", NOW, "429", {"new": 3}, NOW + MINUTE)
    ]


def test_what_cannot_be_read_is_kept_once_with_line_and_reason(engine: Engine) -> None:
    broken = [
        Rejected(3, RecordError("json_broken", "char 7\x00"), '{"id": 1,\x00' + "x" * 5_000),
        Rejected(4, RecordError("id_missing", "id"), "{}"),
        Rejected(5, RecordError("id_missing", "id"), "{}"),
    ]
    for _ in range(2):
        with engine.begin() as connection:
            new = put_in_quarantine(connection, "file", "posts.jsonl", broken, "1", NOW)
    assert new == 0
    assert rows(engine, quarantine, "line", "code", "detail") == [
        (3, "json_broken", "char 7"),
        (4, "id_missing", "id"),
        (5, "id_missing", "id"),
    ]
    assert len(rows(engine, quarantine, "body")[0][0]) < 2_001

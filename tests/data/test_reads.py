"""What the steps and `hhhilft status` ask."""

from sqlalchemy import Engine

from data import reads
from data.errors import RecordError
from data.quarantine_reads import counts_by_code, quarantined
from data.writes import (
    RawItem,
    Rejected,
    TagRow,
    add_coverage,
    delete_posts,
    finish_run,
    put_in_quarantine,
    start_run,
    store_raw,
    upsert_posts,
    write_tags,
)
from tests import make
from tests.make import MINUTE, NOW

NORDEN = ("mastodon", "https://norden.social")


def test_posts_to_tag_are_those_with_text_that_this_tagger_has_not_seen_newest_first(
    engine: Engine,
) -> None:
    seen = [make.post(str(number), text=f"Text {number}") for number in range(1, 6)]
    with engine.begin() as connection:
        upsert_posts(connection, [*seen, make.post("empty", text="")], "mastodon", NOW)
        write_tags(connection, [TagRow(2, "de", False, 0.0)], "new", NOW)
        write_tags(connection, [TagRow(3, "de", False, 0.0)], "old", NOW)
        delete_posts(connection, "mastodon", ["4"], NOW)
        table = reads.posts_to_tag(connection, {"new"}, 10)
        assert table.to_pydict() == {"post": [5, 3, 1], "text": ["Text 5", "Text 3", "Text 1"]}
        assert reads.posts_to_tag(connection, {"new"}, 1)["post"].to_pylist() == [5]


def test_the_newest_run_of_each_step_source_and_origin_is_shown(engine: Engine) -> None:
    with engine.begin() as connection:
        for minute, state in enumerate(["ok", "limited"]):
            run = start_run(connection, "collect", *NORDEN, NOW + minute * MINUTE)
            finish_run(connection, run, state, NOW + minute * MINUTE)
        start_run(connection, "tag", None, None, NOW)
        found = reads.newest_runs(connection)
    assert [(run.step, run.state) for run in found] == [("collect", "limited"), ("tag", "running")]


def test_a_source_tells_its_state_its_last_good_run_its_coverage_and_its_losses(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        for minute, state in enumerate(["empty", "denied"]):
            run = start_run(connection, "collect", *NORDEN, NOW + minute * MINUTE)
            finish_run(connection, run, state, NOW + minute * MINUTE)
        add_coverage(connection, *NORDEN, NOW, NOW + MINUTE)
        rejected = [Rejected(None, RecordError("json_broken"), "{")]
        put_in_quarantine(connection, *NORDEN, rejected, "1", NOW)
        (norden,) = reads.source_states(connection)
    assert (norden.newest.state, norden.last_good, norden.quarantined) == ("denied", NOW, 1)
    assert norden.covered == ((NOW, NOW + MINUTE),)


def test_a_period_is_done_once_its_step_has_ended_well(engine: Engine) -> None:
    with engine.begin() as connection:
        run = start_run(connection, "digest", None, None, NOW, period="2026-W47")
        finish_run(connection, run, "failed", NOW)
        assert not reads.is_done(connection, "digest", "2026-W47")
        run = start_run(connection, "digest", None, None, NOW, period="2026-W47")
        assert not reads.is_done(connection, "digest", "2026-W47")
        finish_run(connection, run, "ok", NOW)
        assert reads.is_done(connection, "digest", "2026-W47")


def test_counts_of_an_empty_store_are_all_zero_and_of_another_what_it_holds(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        assert set(reads.counts(connection).values()) == {0}
        upsert_posts(connection, [make.post("1"), make.post("2"), make.post("3")], "file", NOW)
        delete_posts(connection, "mastodon", ["3"], NOW)
        write_tags(connection, [TagRow(1, "de", False, 0.0)], "1", NOW)
        store_raw(connection, *NORDEN, [RawItem("status", "{}")], [], NOW)
        found = reads.counts(connection)
    assert {name: count for name, count in found.items() if count} == {
        "posts": 2,
        "deleted": 1,
        "accounts": 1,
        "tagged": 1,
        "untagged": 1,
        "unmapped": 1,
    }


def test_quarantine_is_counted_by_reason_and_listed_newest_first(engine: Engine) -> None:
    codes = ["id_missing", "json_broken", "id_missing"]
    items = [Rejected(line, RecordError(code), "{") for line, code in enumerate(codes, 1)]
    with engine.begin() as connection:
        put_in_quarantine(connection, "file", "a.jsonl", items, "1", NOW)
        assert counts_by_code(connection) == {"id_missing": 2, "json_broken": 1}
        assert [each.line for each in quarantined(connection, None, 2)] == [3, 2]
        assert [each.line for each in quarantined(connection, "id_missing", 9)] == [3, 1]

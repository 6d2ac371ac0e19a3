from datetime import timedelta

import pyarrow as pa
import pytest

from monitor.detect.pairs import meetings
from tests.monitor.detect.shares import (
    MINUTE,
    START,
    coortweet_pairs,
    own_pairs,
    shares,
    toolkit_pairs,
    weights,
)


def test_a_gap_of_exactly_the_window_counts_and_one_second_more_does_not() -> None:
    given = shares(("ana", "p", 0), ("ben", "p", 60), ("cem", "p", 121))
    assert weights(own_pairs(given, MINUTE, 1)) == [("ana", "ben", 1)]


def test_the_window_holds_across_the_borders_of_time_buckets() -> None:
    given = shares(("ana", "p", 59), ("ben", "p", 61), ("cem", "p", 119), ("dee", "p", 120))
    assert weights(own_pairs(given, MINUTE, 1)) == [
        ("ana", "ben", 1),
        ("ana", "cem", 1),
        ("ben", "cem", 1),
        ("ben", "dee", 1),
        ("cem", "dee", 1),
    ]


def test_a_window_of_nothing_joins_only_the_same_moment() -> None:
    given = shares(("ana", "p", 5), ("ben", "p", 5), ("cem", "p", 6))
    assert weights(own_pairs(given, timedelta(0), 1)) == [("ana", "ben", 1)]


def test_own_weight_counts_distinct_objects_however_often_they_were_shared() -> None:
    given = shares(
        ("ana", "p", 0), ("ana", "p", 10), ("ben", "p", 20), ("ben", "p", 30),
        ("ana", "q", 900), ("ben", "q", 910),
    )  # fmt: skip
    assert weights(own_pairs(given, MINUTE, 2)) == [("ana", "ben", 2)]


def test_one_object_is_not_enough_where_two_are_asked_for() -> None:
    given = shares(("ana", "p", 0), ("ben", "p", 1), ("ana", "q", 0), ("ben", "r", 0))
    assert weights(own_pairs(given, MINUTE, 2)) == []


def test_an_account_is_no_pair_with_itself() -> None:
    given = shares(("ana", "p", 0), ("ana", "p", 1), ("ana", "q", 0), ("ana", "q", 1))
    assert weights(own_pairs(given, MINUTE, 1)) == []
    assert weights(toolkit_pairs(given, MINUTE, 1)) == []


def test_an_empty_object_links_nobody() -> None:
    given = shares(("ana", "", 0), ("ben", "", 1), ("ana", None, 0), ("ben", None, 1))
    assert weights(own_pairs(given, MINUTE, 1)) == []
    assert weights(toolkit_pairs(given, MINUTE, 1)) == []
    assert weights(coortweet_pairs(given, MINUTE, 1)) == []


def test_first_and_last_are_the_ends_of_the_meetings() -> None:
    given = shares(("ana", "p", 10), ("ben", "p", 0), ("ana", "q", 900), ("ben", "q", 930))
    (pair,) = own_pairs(given, MINUTE, 2).to_pylist()
    assert pair["first"] == START
    assert pair["last"] == START + timedelta(seconds=930)


def test_meetings_name_the_closest_posts_of_both() -> None:
    given = shares(
        ("ana", "p", 0, "a1"),
        ("ana", "p", 50, "a2"),
        ("ben", "p", 55, "b1"),
        ("cem", "p", 900, "c1"),
    )
    (met,) = meetings(given, MINUTE, 1).to_pylist()
    assert (met["a"], met["b"], met["object"]) == ("ana", "ben", "p")
    assert (met["content_a"], met["content_b"], met["accounts"]) == ("a2", "b1", 3)


def test_coortweet_counts_pair_rows_so_that_repeats_multiply() -> None:
    given = shares(("ana", "p", 0), ("ana", "p", 10), ("ben", "p", 20), ("ben", "p", 30))
    assert weights(coortweet_pairs(given, MINUTE, 1)) == [("ana", "ben", 4)]


def test_coortweet_leaves_out_the_same_content_and_who_shares_the_post_itself() -> None:
    same = shares(("ana", "p", 0, "c"), ("ben", "p", 1, "c"))
    itself = shares(("ana", "p", 0, "p"), ("ben", "p", 1, "d"))
    assert weights(coortweet_pairs(same, MINUTE, 1)) == []
    assert weights(coortweet_pairs(itself, MINUTE, 1)) == []


def test_coortweet_keeps_a_row_if_either_side_takes_part_often_enough() -> None:
    given = shares(
        ("ana", "p", 0), ("ben", "p", 1), ("ana", "q", 500), ("cem", "q", 501),
        ("ben", "r", 900), ("cem", "s", 900),
    )  # fmt: skip
    assert weights(coortweet_pairs(given, MINUTE, 2)) == [("ana", "ben", 1), ("ana", "cem", 1)]


def test_the_toolkit_counts_the_posts_of_each_side_for_itself() -> None:
    given = shares(("ana", "p", 0), ("ana", "p", 10), ("ben", "p", 20))
    assert weights(toolkit_pairs(given, MINUTE, 1)) == [("ana", "ben", 2), ("ben", "ana", 1)]
    assert weights(toolkit_pairs(given, MINUTE, 2)) == [("ana", "ben", 2)]


@pytest.mark.parametrize("rule", [own_pairs, coortweet_pairs, toolkit_pairs])
def test_no_shares_make_no_pairs_but_all_columns(rule: object) -> None:
    found = rule(shares(), MINUTE, 1)  # type: ignore[operator]
    assert found.num_rows == 0
    assert found.column_names == ["a", "b", "weight", "objects", "first", "last"]


def test_the_order_of_the_shares_does_not_matter() -> None:
    given = shares(*((name, thing, 7 * place) for place, (name, thing) in enumerate(
        (name, thing) for thing in "pqr" for name in ("cem", "ana", "ben")
    )))  # fmt: skip
    turned = given.take(pa.array(range(given.num_rows - 1, -1, -1)))
    assert own_pairs(given, MINUTE, 2).equals(own_pairs(turned, MINUTE, 2))

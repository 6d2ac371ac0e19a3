"""Stretches of time: what is read, what is not, and what lies between."""

from datetime import UTC, datetime

import pytest

from monitor.sources.bluesky.stretches import Stretch, between, overlaps, unread


def hour(number: int) -> datetime:
    return datetime(2026, 11, 16, number, tzinfo=UTC)


def stretch(start: int, end: int) -> Stretch:
    return Stretch(hour(start), hour(end))


@pytest.mark.parametrize(
    ("read", "again", "expected"),
    [
        ([], 8, [(0, 10)]),
        ([(0, 10)], 8, [(8, 10)]),
        ([(0, 6)], 8, [(6, 10)]),
        ([(2, 9)], 8, [(0, 2), (8, 10)]),
        ([(1, 2), (4, 9)], 8, [(0, 1), (2, 4), (8, 10)]),
        ([(1, 2), (8, 9)], 5, [(0, 1), (2, 5), (5, 10)]),
        ([(0, 9)], 0, [(0, 10)]),
    ],
)
def test_what_is_not_read_and_what_is_to_be_read_again(
    read: list[tuple[int, int]], again: int, expected: list[tuple[int, int]]
) -> None:
    found = unread(stretch(0, 10), [stretch(*each) for each in read], hour(again))
    assert found == [stretch(*each) for each in expected]


def test_gaps_lie_between_what_is_read() -> None:
    assert between([stretch(0, 2), stretch(3, 4), stretch(4, 6)]) == [stretch(2, 3)]


def test_what_lies_in_another_stretch() -> None:
    gaps = [stretch(0, 2), stretch(3, 5), stretch(7, 9)]
    assert overlaps(gaps, stretch(1, 7)) == [stretch(1, 2), stretch(3, 5)]

from datetime import timedelta
from itertools import combinations, pairwise

from monitor.detect.groups import _part, groups
from monitor.detect.meetings import Meeting
from tests.make import NOW


def _met(a: str, b: str, times: int, gap: timedelta) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(a, b, f"link:{n}", f"{a}{n}", f"{b}{n}", NOW, NOW + gap, 4) for n in range(times)
    )


def _ring(names: str, times: int, gap: timedelta) -> dict[tuple[str, str], tuple[Meeting, ...]]:
    return {(a, b): _met(a, b, times, gap) for a, b in combinations(names, 2)}


def test_those_who_meet_far_more_often_are_a_group_of_their_own() -> None:
    script = _ring("abcde", 8, timedelta(seconds=20))
    crowd = _ring("klmnopqr", 2, timedelta(hours=5))
    between = {(a, k): _met(a, k, 2, timedelta(hours=5)) for a in "abcde" for k in "klmnopqr"}
    found = groups({**script, **crowd, **between}, seed=7)
    assert frozenset("abcde") in found


def test_a_group_of_equal_ties_stays_whole() -> None:
    found = groups(_ring("abcdefgh", 3, timedelta(minutes=5)), seed=7)
    assert found == [frozenset("abcdefgh")]


def test_three_are_no_group() -> None:
    assert groups(_ring("abc", 5, timedelta(seconds=5)), seed=7) == []


def test_a_part_keeps_the_order_of_the_whole_whatever_the_order_of_a_set() -> None:
    names = [f"konto{number}" for number in range(200)]
    ties = {each: {} for each in names}
    for a, b in pairwise(names):
        ties[a][b] = ties[b][a] = 1.0
    members = set(names[::5]) | set(names[1::5])
    part = _part(ties, members)
    assert list(part) == [each for each in names if each in members]
    assert {each: list(its) for each, its in part.items()} == {
        each: [other for other in ties[each] if other in members] for each in part
    }

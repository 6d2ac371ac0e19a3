from datetime import timedelta
from itertools import combinations, pairwise

import networkx as nx

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


def test_a_part_of_the_graph_keeps_the_graph_s_order_whatever_the_order_of_a_set() -> None:
    names = [f"konto{number}" for number in range(200)]
    graph = nx.Graph(pairwise(names))
    members = set(names[::5]) | set(names[1::5])
    part = _part(graph, members)
    assert list(part) == [each for each in names if each in members]
    assert list(part.edges) == [pair for pair in graph.edges if members.issuperset(pair)]

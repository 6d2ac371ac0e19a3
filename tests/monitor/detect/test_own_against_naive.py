"""The engine's answer is that of two loops over all shares, whatever way it takes."""

from collections import defaultdict
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.detect.engines.duckdb import Duck
from monitor.detect.own import own
from tests.monitor.detect.shares import Share, shares

WINDOW = 10  # seconds

_share = st.tuples(
    st.sampled_from(["ana", "ben", "cem", "dee"]), st.sampled_from("pqrs"), st.integers(0, 60)
)


def naive(rows: list[Share], min_shared: int) -> set[tuple[str, str, int]]:
    met: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in combinations(rows, 2):
        if one[1] == other[1] and one[0] != other[0] and abs(one[2] - other[2]) <= WINDOW:
            a, b = sorted((one[0], other[0]))
            met[a, b].add(one[1])
    return {(a, b, len(objects)) for (a, b), objects in met.items() if len(objects) >= min_shared}


def engine(rows: list[Share], min_shared: int, light: int, most: int = 10_000) -> set[Share]:
    with Duck() as duck:
        duck.load(shares(*rows))
        own(duck, WINDOW * 1_000_000, min_shared, light, most)
        return set(duck.connection.execute("SELECT a, b, weight FROM pairs").fetchall())


@given(st.lists(_share, max_size=40), st.integers(1, 3))
@settings(max_examples=30)
def test_all_objects_light(rows: list[Share], min_shared: int) -> None:
    assert engine(rows, min_shared, light=10_000) == naive(rows, min_shared)


@given(st.lists(_share, max_size=40), st.integers(1, 3), st.integers(0, 30))
@settings(max_examples=60)
def test_some_or_all_objects_heavy(rows: list[Share], min_shared: int, light: int) -> None:
    assert engine(rows, min_shared, light) == naive(rows, min_shared)


@given(st.lists(_share, min_size=10, max_size=40), st.integers(1, 3), st.integers(1, 40))
@settings(max_examples=60)
def test_a_tight_limit_leaves_pairs_out_but_invents_none(
    rows: list[Share], min_shared: int, most: int
) -> None:
    all_of_them = {(a, b): weight for a, b, weight in naive(rows, min_shared)}
    for a, b, weight in engine(rows, min_shared, light=5, most=most):
        assert min_shared <= weight <= all_of_them[a, b]


def test_pairs_that_met_on_heavy_objects_only_are_found() -> None:
    crowd = [(f"n{place}", thing, place % 9) for thing in "pq" for place in range(20)]
    rows = [*crowd, ("ana", "p", 100), ("ben", "p", 101), ("ana", "q", 200), ("ben", "q", 201)]
    found = engine(rows, 2, light=0)
    assert ("ana", "ben", 2) in found
    assert found == naive(rows, 2)

"""Objects too popular for all their pairs: neighbours in time are paired, nothing is refused."""

import random
from collections import defaultdict
from datetime import timedelta
from itertools import combinations, groupby
from operator import itemgetter
from pathlib import Path

import pytest

from monitor.detect.clusters import find_clusters
from monitor.detect.engines.duckdb import Duck
from monitor.detect.exact import toolkit
from monitor.detect.heavy import TooManyPairsError
from monitor.detect.own import own
from monitor.detect.posts import post_table
from monitor.detect.thinned import AN_ACT, thin
from tests.monitor.detect import worlds
from tests.monitor.detect.shares import MINUTE, Share, own_pairs, shares, weights

WINDOW, MOST = 5, 60  # seconds, rows
DAY = timedelta(days=1)


def neighbours(rows: list[Share], accounts: set[str], ahead: int) -> dict[tuple[str, str], int]:
    """Count by pair on how many objects they were neighbours, as two loops see it."""
    met: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in {row[1] for row in rows}:
        line = sorted(
            (second, who) for who, thing, second in rows if (who in accounts) & (thing == name)
        )
        places = [(who, [act[0] for act in its]) for who, its in groupby(line, itemgetter(1))]
        for (one, (who, times)), (two, (other, later)) in combinations(enumerate(places), 2):
            if two - one <= ahead and who != other and later[0] - times[-1] <= WINDOW:
                met[min(who, other), max(who, other)].add(name)
    return {pair: len(names) for pair, names in met.items() if len(names) >= 2}


def place_count(rows: list[Share], accounts: set[str]) -> int:
    line = sorted((thing, second, who) for who, thing, second in rows if who in accounts)
    return sum(1 for _ in groupby(line, itemgetter(0, 2)))


@pytest.mark.parametrize("seed", range(12))
def test_the_neighbours_are_those_that_two_loops_find(seed: int) -> None:
    dice = random.Random(seed)
    everybody = [f"n{number:02}" for number in range(12)]
    rows = [(who, thing, dice.randrange(10)) for who in everybody for thing in "pqrs"]
    rows += [(who, thing, second) for who, thing, second in rows[::9] for second in (3, 4)]
    seen = set(everybody)
    found = neighbours(rows, seen, max(1, MOST // place_count(rows, seen)))
    pairs = {name for pair in found for name in pair}
    found = {
        pair: many
        for pair, many in neighbours(rows, pairs, max(1, MOST // place_count(rows, pairs))).items()
        if pair in found
    }
    with Duck() as duck:
        duck.load(shares(*rows))
        own(duck, WINDOW * 1_000_000, 2, light_rows=0, most=MOST)
        given = duck.connection.execute("SELECT a, b, weight FROM pairs").fetchall()
    assert given
    assert {(a, b): weight for a, b, weight in given} == found


def test_who_repeats_itself_does_not_come_between_others() -> None:
    spam = [("spam", thing, second / 100) for thing in "pq" for second in range(500)]
    ends = [(who, thing, second) for thing in "pq" for who, second in (("ana", -1), ("ben", 5))]
    crowd = [(f"n{number}", thing, 100 + number / 9) for thing in "pq" for number in range(40)]
    with Duck() as duck:
        duck.load(shares(*spam, *ends, *crowd))
        own(duck, 20_000_000, 2, light_rows=0, most=800)
        given = duck.connection.execute("SELECT a, b FROM pairs").fetchall()
    assert ("ana", "ben") in given


def two_popular_links(strangers: int = 5_000) -> list[Share]:
    """Two links that the same strangers share within half a day each, and eight at one minute."""
    dice = random.Random(7)
    rows: list[Share] = [
        (f"s{number:04}", thing, start + dice.randrange(43_200))
        for thing, start in (("p", 0), ("q", 100_000))
        for number in range(strangers)
    ]
    return rows + [
        (f"x{number}", thing, start + 5 * number)
        for thing, start in (("p", 20_000), ("q", 120_000))
        for number in range(8)
    ]


def test_a_campaign_inside_two_objects_that_thousands_share_is_found() -> None:
    found = weights(own_pairs(shares(*two_popular_links()), DAY, 2))
    campaign = {(f"x{a}", f"x{b}", 2) for a, b in combinations(range(8), 2)}
    assert campaign <= set(found)
    assert len(found) < 20_000


def test_one_object_per_pair_is_enough_to_ask_for_whatever_its_popularity() -> None:
    crowd = [(f"s{number:04}", "p", number) for number in range(6_000)]
    found = {(a, b) for a, b, _ in weights(own_pairs(shares(*crowd), DAY, 1))}
    assert ("s0000", "s0064") in found
    assert ("s0000", "s0065") not in found


def test_the_whole_detection_copes_with_links_that_thousands_share() -> None:
    posts = [
        worlds.write(
            who, number, worlds.START + timedelta(seconds=second), "",
            links=(f"https://example.org/{thing}",),
        )
        for number, (who, thing, second) in enumerate(two_popular_links(4_000))
    ]  # fmt: skip
    posts += [*worlds.town(), *worlds.campaign()]
    found = find_clusters(post_table(posts), {"hhhilft"}, (), min_shared=2, seed=7)
    alerts = [each.accounts for each in found.clusters if each.level == "alert"]
    assert alerts == [tuple(f"mastodon:c{number}" for number in range(8))]
    inside = {f"mastodon:x{number}" for number in range(8)}
    (group,) = (set(each.accounts) for each in found.clusters if inside <= set(each.accounts))
    assert len(group) < 16


def test_far_more_meetings_than_acts_are_thinned_to_neighbours_and_a_campaign_stays() -> None:
    with Duck() as duck:
        duck.load(shares(*two_popular_links(800)))
        own(duck, 86_400_000_000, 2)
        before = set(duck.connection.execute("SELECT a, b, weight FROM pairs").fetchall())
        thin(duck, 86_400_000_000, 2)
        assert set(duck.connection.execute("SELECT a, b, weight FROM pairs").fetchall()) == before
        thin(duck, 86_400_000_000, 2, fewest=0)
        after = set(duck.connection.execute("SELECT a, b, weight FROM pairs").fetchall())
    assert len(before) == 808 * 807 / 2
    assert len(after) < 2 * AN_ACT * 808
    assert {(f"x{a}", f"x{b}", 2) for a, b in combinations(range(8), 2)} <= after <= before


def test_an_exact_mode_refuses_and_names_the_object_and_what_to_do() -> None:
    rows = [(f"n{place}", "overrun", 0) for place in range(100)]
    with Duck() as duck:
        duck.load(shares(*rows))
        with pytest.raises(TooManyPairsError, match=r"overrun.*--window") as refused:
            toolkit(duck, MINUTE // timedelta(microseconds=1), 1, most=1_000)
    assert "--mode own" in refused.value.en


def test_what_does_not_fit_into_memory_goes_to_a_temporary_folder_that_is_removed() -> None:
    with Duck() as duck:
        (folder,) = duck.row("SELECT current_setting('temp_directory')")
        assert Path(folder).is_absolute()
        assert Path(folder) != Path.cwd() / ".tmp"
        duck.run("SET memory_limit = '20MB'")
        duck.run("CREATE TEMP TABLE numbers AS SELECT range AS n FROM range(5_000_000)")
        duck.run("CREATE TEMP TABLE ordered AS SELECT hash(n) AS h FROM numbers ORDER BY h")
        assert any(Path(folder).iterdir())
    assert not Path(folder).exists()

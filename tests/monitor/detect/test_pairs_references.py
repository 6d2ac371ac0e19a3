"""The exact modes give what CooRTweet and coordination-network-toolkit gave, edge by edge."""

import csv
import gzip
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from monitor.detect.engines.duckdb import Duck
from monitor.detect.exact import coortweet, toolkit
from tests.monitor.detect.shares import shares

SHARED = Path(os.environ.get("HHHILFT_SHARED") or Path(__file__).parents[4] / "shared")
REFERENCE = SHARED / "reference"
SETS = {"russian": "russian_coord_tweets", "german": "german_url"}
SECOND = 1_000_000

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason=f"the tools' outputs are not beside the project: {REFERENCE}"
)
coortweet_files = sorted(REFERENCE.glob("coortweet/*edges_q0.50.csv.gz"))  # not the fast_net one
toolkit_files = sorted(
    path for path in REFERENCE.glob("cnt/cnt_co_*.csv.gz") if "edgecases" not in path.name
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def loaded(name: str) -> Duck:
    duck = Duck()
    path = REFERENCE / "data" / f"{SETS.get(name, name)}.csv.gz"
    assert duck.load_coortweet(path, "x", contents=True)
    return duck


def edges(duck: Duck) -> dict[tuple[str, str], int]:
    found = duck.connection.execute("SELECT a, b, weight FROM pairs").fetchall()
    return {(a.removeprefix("x:"), b.removeprefix("x:")): weight for a, b, weight in found}


@cache
def pair_rows() -> dict[tuple[str, str, str], int]:
    with (REFERENCE / "coortweet" / "rowcounts.csv").open(encoding="utf-8") as lines:
        return {
            (row["set"], row["window"], row["min_part"]): int(row["pair_rows"])
            for row in csv.DictReader(lines)
        }


@pytest.mark.parametrize("path", coortweet_files, ids=lambda path: path.name[10:-18])
def test_coortweet_mode_gives_its_edges_and_weights(path: Path) -> None:
    name, window, participation = re.findall(r"coortweet_(\w+)_w(\d+)_p(\d+)_", path.name)[0]
    with loaded(name) as duck:
        coortweet(duck, int(window) * SECOND, int(participation))
        found, (kept,) = edges(duck), duck.row("SELECT count(*) FROM kept")
    wanted = {tuple(sorted((row["from"], row["to"]))): int(row["weight"]) for row in rows(path)}
    assert found == wanted
    assert kept == pair_rows()[name, window, participation]


@pytest.mark.parametrize(
    "path", sorted(REFERENCE.glob("coortweet/*groups.csv.gz")), ids=lambda path: path.name[10:-14]
)
def test_coortweet_mode_gives_its_pair_rows(path: Path) -> None:
    name, window, participation = re.findall(r"coortweet_(\w+)_w(\d+)_p(\d+)_", path.name)[0]
    with loaded(name) as duck:
        coortweet(duck, int(window) * SECOND, int(participation))
        kept = duck.connection.execute(
            "SELECT object, older_content, newer_content, (newer_us - older_us) // 1000000 "
            "FROM kept"
        ).fetchall()
    found = sorted((thing, *sorted((one, two)), str(gap)) for thing, one, two, gap in kept)
    wanted = sorted(
        (row["object_id"], *sorted((row["content_id"], row["content_id_y"])), row["time_delta"])
        for row in rows(path)
    )
    assert found == wanted


@pytest.mark.parametrize("path", toolkit_files, ids=lambda path: path.name[4:-7])
def test_toolkit_mode_gives_its_edges_and_weights(path: Path) -> None:
    name, window, weight = re.findall(r"co_(?:link|retweet)_(\w+)_w(\d+)_m(\d+)", path.name)[0]
    with loaded(name) as duck:
        toolkit(duck, int(window) * SECOND, int(weight))
        found = edges(duck)
    wanted = {
        (row["user_1"], row["user_2"]): int(row["weight"])
        for row in rows(path)
        if row["user_1"] != row["user_2"]
    }
    assert found == wanted


def test_posts_without_a_link_are_not_linked_as_the_toolkit_links_them() -> None:
    """Its file for these posts links everyone with everyone: an empty cell counts as an object."""
    with (REFERENCE / "data" / "cnt_text_edgecases.csv").open(encoding="utf-8") as lines:
        posts = list(csv.DictReader(lines))
    given = [(row["user_id"], row["urls"] or "", 0, row["message_id"]) for row in posts]
    with Duck() as duck:
        duck.load(pa.concat_tables([shares(*given)]))
        toolkit(duck, 60 * SECOND, 1)
        assert edges(duck) == {}

"""The worker writes while people decide and pages read: nobody gets an error."""

import multiprocessing

import pytest
from sqlalchemy import func, select

from data.decisions import decide
from data.engine import open_store
from data.tables import decisions, posts
from data.writes import upsert_posts
from tests import make
from tests.make import NOW

ROUNDS = 15


def _collect(url: str) -> int:
    opened = open_store(url)
    new = 0
    for start in range(ROUNDS):  # both collectors bring overlapping posts, in other orders
        seen = [make.post(str(start * 50 + number), str(number % 7)) for number in range(100)]
        with opened.begin() as connection:
            new += upsert_posts(connection, seen[:: 1 if start % 2 else -1], "mastodon", NOW).new
    opened.dispose()
    return new


def _decide(url: str) -> int:
    opened = open_store(url)
    for number in range(ROUNDS):
        with opened.connect() as connection:
            connection.execute(select(func.count()).select_from(posts)).scalar_one()
        with opened.begin() as connection:
            decide(connection, "ana", "cluster", str(number), "confirm", "Weil.", None, NOW)
    opened.dispose()
    return 0


def test_two_collectors_and_a_person_write_at_once_and_nothing_is_lost_or_doubled(
    store_url: str,
) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        work = [pool.apply_async(task, (store_url,)) for task in (_collect, _collect, _decide)]
        new = sum(each.get() for each in work)
    opened = open_store(store_url)
    with opened.connect() as connection:
        stored = connection.execute(select(func.count()).select_from(posts)).scalar_one()
        decided = connection.execute(select(func.count()).select_from(decisions)).scalar_one()
    opened.dispose()
    assert (stored, decided) == (ROUNDS * 50 + 50, ROUNDS)
    assert new == stored


@pytest.mark.parametrize("database", ["sqlite"], indirect=False)
def test_a_reader_does_not_wait_for_a_writer(store_url: str) -> None:
    opened = open_store(store_url)
    with opened.begin() as writing:
        upsert_posts(writing, [make.post()], "mastodon", NOW)
        with opened.connect() as reading:
            assert reading.execute(select(func.count()).select_from(posts)).scalar_one() == 0
    opened.dispose()

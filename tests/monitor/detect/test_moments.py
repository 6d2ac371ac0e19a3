from datetime import datetime, timedelta

import pyarrow as pa

from monitor.detect.moments import FEWEST_MOMENTS, moments
from monitor.detect.posts import post_table
from tests.make import NOW, account, post

DAY = timedelta(days=1)


def _world(times: dict[str, list[datetime]]) -> pa.Table:
    return post_table(
        post(id=f"{who}-{n}", by=account(who), created_at=at, text=f"{who} sagt {n}")
        for who, all_times in times.items()
        for n, at in enumerate(all_times)
    )


def _everyday(many: int) -> dict[str, list[datetime]]:
    """Accounts that post at odd times of their own, each once an hour and a half or so."""
    return {
        f"person{n}": [NOW + timedelta(minutes=7 * n + 97 * turn) for turn in range(60)]
        for n in range(many)
    }


def _script(days: int) -> dict[str, list[datetime]]:
    """Four accounts of one script: each day within a minute, whatever they say."""
    return {
        f"script{n}": [NOW + day * DAY + timedelta(seconds=9 * n + 3) for day in range(days)]
        for n in range(4)
    }


def test_accounts_that_keep_posting_at_once_meet_though_they_share_nothing() -> None:
    found = moments(_world(_everyday(8) | _script(FEWEST_MOMENTS + 1)))
    script = {f"mastodon:script{n}" for n in range(4)}
    assert script <= set(found["account"].to_pylist())
    by_moment: dict[str, set[str]] = {}
    for row in found.to_pylist():
        by_moment.setdefault(row["object"], set()).add(row["account"])
    assert sum(script <= who for who in by_moment.values()) == FEWEST_MOMENTS + 1


def test_twice_at_once_is_chance() -> None:
    assert moments(_world(_everyday(8) | _script(FEWEST_MOMENTS - 1))).num_rows == 0


def test_an_evening_on_which_everybody_posts_at_once_is_one_moment() -> None:
    evening = {
        f"guest{n}": [NOW + timedelta(seconds=11 * n + 80 * turn) for turn in range(20)]
        for n in range(8)
    }
    assert moments(_world(_everyday(4) | evening)).num_rows == 0


def test_reposts_and_answers_are_no_moments() -> None:
    rows = [
        post(
            id=f"{n}-{day}", by=account(f"fan{n}"), repost_of="star-1",
            created_at=NOW + day * DAY + timedelta(seconds=n),
        )
        for n in range(5)
        for day in range(6)
    ]  # fmt: skip
    assert moments(post_table(rows)).num_rows == 0


def test_no_posts_no_moments() -> None:
    assert moments(post_table([])).num_rows == 0

"""What a month's budget leaves, and how it is spread over the days."""

from datetime import UTC, datetime, timedelta

import pytest

from data.budgets import Budget, month_of, x_budget
from data.config import XConfig

DAY = timedelta(days=1)
FIRST = datetime(2026, 11, 1, tzinfo=UTC)  # of 30 days


def budget(at: datetime, posts: int = 0, checks: int = 0) -> Budget:
    settings = XConfig(monthly_posts=6000, check_percent=50)  # 100 a day of each
    return x_budget(settings, {"posts": posts, "checks": checks}, at)


def test_the_first_day_may_use_three_shares_and_each_further_day_one_more() -> None:
    todays = [budget(FIRST + day * DAY).posts.today for day in (0, 1, 10, 27, 29)]
    assert todays == [300, 400, 1300, 3000, 3000]


def test_what_a_day_does_not_use_is_left_to_the_following_ones_and_what_it_uses_is_not() -> None:
    assert budget(FIRST + 10 * DAY, posts=200).posts.today == 1100
    assert budget(FIRST + DAY, posts=300).posts.today == 100
    assert budget(FIRST, posts=350).posts.today == 0


def test_the_pots_for_posts_and_checks_are_together_never_more_than_the_month_has() -> None:
    for percent in (10, 33, 69):
        found = x_budget(XConfig(monthly_posts=997, check_percent=percent), {}, FIRST)
        assert found.posts.total + found.checks.total == 997


def test_a_spent_share_comes_back_at_the_next_midnight_that_releases_enough() -> None:
    spent = budget(FIRST + timedelta(hours=9), posts=300)
    assert spent.next_release(spent.posts, 30) == FIRST + DAY
    assert spent.next_release(spent.posts, 150) == FIRST + 2 * DAY
    gone = budget(FIRST, posts=3000)
    assert gone.next_release(gone.posts, 30) == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "billing_day", "first", "next_first"),
    [
        ((2026, 11, 1), 1, (2026, 11, 1), (2026, 12, 1)),
        ((2026, 12, 31), 1, (2026, 12, 1), (2027, 1, 1)),
        ((2026, 3, 27), 28, (2026, 2, 28), (2026, 3, 28)),
        ((2026, 1, 5), 20, (2025, 12, 20), (2026, 1, 20)),
    ],
)
def test_a_billing_month_lasts_to_the_same_day_of_the_next_one(
    now: tuple[int, int, int],
    billing_day: int,
    first: tuple[int, int, int],
    next_first: tuple[int, int, int],
) -> None:
    found = month_of(datetime(*now, tzinfo=UTC), billing_day)
    assert found == (datetime(*first, tzinfo=UTC), datetime(*next_first, tzinfo=UTC))


def test_the_sentence_says_what_is_left_of_the_month_and_today() -> None:
    found = budget(FIRST + DAY, posts=250, checks=1)
    assert found.sentence("de") == (
        "Budget bis 30. November 2026: noch 2.750 von 3.000 neuen Beiträgen (davon heute 150), "
        "noch 2.999 von 3.000 Nachfragen, ob Beiträge noch da sind."
    )
    assert "2,750 of 3,000 new posts left (150 of them today)" in found.sentence("en")

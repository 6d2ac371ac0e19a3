"""The sample of `hhhilft demo`."""

import gzip
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data.formats import BERLIN
from data.sample import FOLDER, POSTS, TRUTH, make, sample_posts, sample_truth

MOMENTS = [
    datetime(2026, 11, 24, 19, 36, 49, tzinfo=UTC),
    datetime(2026, 3, 30, 1, 5, tzinfo=UTC),  # the night after the clock went forward
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # the hour that comes twice
    datetime(2027, 1, 4, 0, 0, 30, tzinfo=UTC),  # a Monday just after midnight
]


@pytest.mark.parametrize("now", MOMENTS)
def test_the_newest_post_is_a_few_minutes_old_and_the_oldest_five_weeks_at_most(
    now: datetime,
) -> None:
    times = [post.created_at for post in sample_posts(now)]
    assert timedelta(minutes=2) < now - times[-1] < timedelta(minutes=8)
    assert times == sorted(times)
    assert now - times[0] < timedelta(weeks=5)


@pytest.mark.parametrize("now", MOMENTS)
def test_nobody_answers_or_shares_before_there_is_something_to_answer(now: datetime) -> None:
    posts = {(post.network, post.id): post for post in sample_posts(now)}
    for post in posts.values():
        earlier = post.reply_to or post.repost_of
        if earlier:
            assert posts[post.network, earlier].created_at < post.created_at


def test_ids_do_not_depend_on_the_moment_of_loading() -> None:
    first, second = ({post.key for post in sample_posts(now)} for now in MOMENTS[:2])
    assert first == second


def test_few_post_at_night_whenever_it_is_loaded() -> None:
    for now in MOMENTS:
        hours = [post.created_at.astimezone(BERLIN).hour for post in sample_posts(now)]
        assert sum(1 for hour in hours if hour < 6) < len(hours) / 50


def test_the_seconds_between_the_campaigns_posts_stay_as_written() -> None:
    campaign = set(sample_truth()["campaigns"][0]["accounts"])

    def gaps(now: datetime) -> list[timedelta]:
        times = [post.created_at for post in sample_posts(now) if post.account.key in campaign]
        apart = [later - earlier for earlier, later in pairwise(times)]
        return [gap for gap in apart if gap < timedelta(minutes=5)]

    assert sorted(gaps(MOMENTS[0])) == sorted(gaps(MOMENTS[1]))


def test_everything_says_that_it_is_invented() -> None:
    for post in sample_posts(MOMENTS[0]):
        assert (post.account.bio or "").startswith("Erfundenes Beispielkonto")
        for link in (post.url, *post.links, *(each.url for each in post.media)):
            assert link is not None
            assert (urlsplit(link).hostname or "").endswith(".example")


def test_the_file_is_what_its_maker_makes(tmp_path: Path) -> None:
    make.write(tmp_path)
    for name in (POSTS, TRUTH):
        opened = gzip.open if name.endswith(".gz") else open
        with opened(tmp_path / name) as made, opened(FOLDER / name) as shipped:
            assert made.read() == shipped.read()


def test_a_community_acts_together_and_one_campaign_hides_in_it() -> None:
    truth = sample_truth()
    [campaign] = truth["campaigns"]
    genuine = {account for group in truth["organic_groups"] for account in group["accounts"]}
    assert len(campaign["accounts"]) == 12
    assert not genuine & set(campaign["accounts"])
    assert {group["kind"] for group in truth["organic_groups"]} == {
        "urgent_reshare",
        "same_announcement",
        "press_release",
        "newsbots",
        "chain_copy",
        "newcomers",
        "busy_volunteer",
    }
    networks = {post.network for post in sample_posts(MOMENTS[0])}
    assert networks == {"mastodon", "bluesky", "telegram", "x"}

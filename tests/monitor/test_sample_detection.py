"""What the demo's detection finds in the sample."""

from datetime import UTC, datetime

import pytest

from data.places import read_places
from data.sample import sample_posts, sample_truth
from monitor.detect.clusters import Found, find_clusters
from monitor.detect.posts import post_table

NOW = datetime(2026, 11, 24, 19, 36, tzinfo=UTC)


@pytest.fixture(scope="module")
def found() -> Found:
    places = {place.name.lower() for place in read_places()}
    return find_clusters(post_table(sample_posts(NOW)), {"hhhilft"}, places, 2, 7)


def test_the_planted_campaign_is_the_only_alert(found: Found) -> None:
    [campaign] = sample_truth()["campaigns"]
    alerts = [each.accounts for each in found.clusters if each.level == "alert"]
    assert alerts == [tuple(campaign["accounts"])]


def test_no_group_that_acts_as_communities_do_is_a_warning(found: Found) -> None:
    genuine = {
        account for group in sample_truth()["organic_groups"] for account in group["accounts"]
    }
    warned = {
        account
        for each in found.clusters
        if each.level in ("alert", "watch")
        for account in each.accounts
    }
    assert not genuine & warned

"""Who comes between the members of a group, and who comes after them."""

import random
from datetime import timedelta

from data.records import Post
from monitor.detect.actions import actions
from monitor.detect.clusters import find_clusters
from monitor.detect.marks import Marks, marks
from monitor.detect.posts import post_table
from monitor.detect.scene import episodes, scene
from tests.monitor.detect import worlds

READERS = 16
MINUTE, EVENING, DAY = timedelta(minutes=1), timedelta(hours=5), timedelta(hours=20)


def _links(within: timedelta, members: int = 6, pages: int = 6) -> list[Post]:
    """Write posts of accounts that spread one link after the other, each within some time."""
    dice = random.Random(2)
    return [
        worlds.write(
            f"l{member}", page, worlds.START + timedelta(days=2 * page) + within * dice.random(),
            " ".join(f"w{dice.randrange(900)}" for _ in range(9)),
            links=(f"https://example.org/page/{page}",),
        )
        for page in range(pages)
        for member in range(members)
    ]  # fmt: skip


def _readers(posts: list[Post], first: timedelta, last: timedelta) -> list[Post]:
    """Let READERS others share each link of the posts, some time after its first one."""
    dice = random.Random(3)
    seen: dict[str, Post] = {}
    for post in sorted(posts, key=lambda each: each.created_at):
        seen.setdefault(post.links[0], post)
    return [
        worlds.write(
            f"r{dice.randrange(400)}", 1000 * page + reader,
            post.created_at + first + (last - first) * dice.random(),
            " ".join(f"w{dice.randrange(900)}" for _ in range(9)), links=post.links,
        )
        for page, post in enumerate(seen.values())
        for reader in range(READERS)
    ]  # fmt: skip


def _measured(crew: list[Post], others: list[Post]) -> Marks:
    table = post_table(crew + others)
    here = scene(table, actions(table, ()))
    group = frozenset(post.account.key for post in crew)
    return marks(group, episodes(group, here), (), here)


def test_who_comes_after_a_group_breaks_none_of_its_steps() -> None:
    crew = _links(MINUTE)
    found = _measured(crew, _readers(crew, EVENING, DAY))
    assert found.unbroken == found.unbroken_quick == 1.0
    assert found.crowd > 0.6


def test_who_comes_between_the_members_breaks_their_steps() -> None:
    crew = _links(MINUTE)
    found = _measured(crew, _readers(crew, timedelta(0), MINUTE))
    assert found.unbroken < 0.5
    assert found.unbroken_quick <= found.unbroken


def _levels(posts: list[Post], some: str) -> set[str]:
    found = find_clusters(post_table(posts + worlds.town(60, 8)), (), (), 2, 7).clusters
    return {each.level for each in found if any(f":{some}" in account for account in each.accounts)}


def test_links_that_many_others_find_later_hide_no_script() -> None:
    crew = _links(MINUTE)
    assert "alert" in _levels(crew + _readers(crew, EVENING, DAY), "l")


def test_readers_who_share_the_same_news_as_others_do_are_no_alert() -> None:
    regulars = _links(DAY)
    assert "alert" not in _levels(regulars + _readers(regulars, timedelta(0), DAY), "l")

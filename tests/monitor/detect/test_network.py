from monitor.detect.actions import actions
from monitor.detect.meetings import WINDOW, strong_pairs
from monitor.detect.network import MOST_ACCOUNTS, Picture, draw
from monitor.detect.pairs import meetings
from monitor.detect.posts import post_table
from tests.monitor.detect import worlds


def picture(posts: list[worlds.Post]) -> Picture:
    table = post_table(posts)
    found = strong_pairs(meetings(actions(table, {"hhhilft"}), WINDOW, 2), 2)
    return draw(table, found, 7)


def test_no_posts_make_an_empty_picture() -> None:
    assert picture([]).nodes == ()


def test_talk_and_acting_together_are_edges_of_their_own_kind() -> None:
    drawn = picture([*worlds.volunteers(people=6), *worlds.campaign(members=4)])
    kinds = {(edge.a, edge.b): edge.kind for edge in drawn.edges if edge.b.startswith("mastodon:c")}
    assert kinds["mastodon:c0", "mastodon:c1"] == "together"
    assert any(edge.kind == "talk" and edge.a == "mastodon:v0" for edge in drawn.edges)


def test_places_lie_between_minus_one_and_one_and_are_the_same_in_every_run() -> None:
    drawn = picture([*worlds.town(), *worlds.volunteers()])
    assert all(-1 <= value <= 1 for node in drawn.nodes for value in (node.x, node.y))
    assert drawn == picture([*worlds.town(), *worlds.volunteers()])


def test_groups_that_do_not_touch_are_communities_of_their_own() -> None:
    drawn = picture([*worlds.volunteers(people=6), *worlds.campaign(members=4)])
    community = {node.account: node.community for node in drawn.nodes}
    assert community["mastodon:c0"] == community["mastodon:c3"] != community["mastodon:v0"]


def test_only_the_strongest_accounts_are_drawn() -> None:
    crowd = [
        worlds.write(f"u{number}", 0, worlds.START, "", mentions=("u0", "u1"))
        for number in range(MOST_ACCOUNTS + 50)
    ]
    drawn = picture(crowd)
    assert len(drawn.nodes) == MOST_ACCOUNTS
    assert {"mastodon:u0", "mastodon:u1"} <= {node.account for node in drawn.nodes}

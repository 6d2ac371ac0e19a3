"""What items tell is written in their order: posts, what is gone, what is back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from data.tables import accounts, posts
from monitor.sources.source import Back, Gone, Told
from monitor.stored_posts import StoredPosts
from monitor.taking_in import take_in
from tests.data.stored import rows
from tests.make import MINUTE, NOW, account, post

LATER, LAST = NOW + MINUTE, NOW + 2 * MINUTE


def take(engine: Engine, told: Sequence[Told], seen_at: datetime = LAST) -> dict[str, int]:
    with engine.begin() as connection:
        return take_in(connection, "mastodon", told, seen_at)


def stored(engine: Engine) -> list[tuple[str, str, datetime | None]]:
    return rows(engine, posts, "native_id", "text", "deleted_at")


def test_a_post_that_is_made_and_deleted_in_one_reply_is_gone(engine: Engine) -> None:
    counts = take(engine, [post("p1", text="Bett"), post("p2", text="Tisch"), Gone("p1", LATER)])
    assert (counts["new"], counts["deleted"]) == (2, 1)
    assert stored(engine) == [("p1", "", LATER), ("p2", "Tisch", None)]


def test_what_was_deleted_comes_back_only_where_its_network_says_so_afterwards(
    engine: Engine,
) -> None:
    take(engine, [post("p1", text="Bett"), Gone("p1", LATER)])
    take(engine, [post("p1", text="Bett")])
    take(engine, [Back("p1", NOW), post("p1", text="Bett")])  # told late, of before the deletion
    assert stored(engine) == [("p1", "", LATER)]
    take(engine, [Back("p1", LAST), post("p1", text="Bett, noch da")])
    assert stored(engine) == [("p1", "Bett, noch da", None)]


def test_a_post_that_comes_back_has_its_text_also_where_it_had_been_edited(engine: Engine) -> None:
    take(engine, [post("p1", text="Bett", edited_at=NOW), Gone("p1", LATER)])
    take(engine, [Back("p1", LAST), post("p1", text="Bett")])
    assert stored(engine) == [("p1", "Bett", None)]


def test_made_deleted_and_made_anew_in_one_reply_is_there(engine: Engine) -> None:
    take(
        engine,
        [post("p1", text="alt"), Gone("p1", LATER), Back("p1", LAST), post("p1", text="neu")],
    )
    assert stored(engine) == [("p1", "neu", None)]


def test_an_account_that_leaves_takes_its_posts_and_nobody_elses(engine: Engine) -> None:
    take(engine, [post("p1", "ana"), post("p2", "ben", text="Bett")])
    take(engine, [post("p3", "ana"), Gone("ana", LATER, account=True)])
    assert stored(engine) == [("p1", "", LATER), ("p2", "Bett", None), ("p3", "", LATER)]


def test_an_account_alone_changes_what_is_known_of_it(engine: Engine) -> None:
    take(engine, [post("p1", account("ana", handle="ana.example"))], NOW)
    take(engine, [account("ana", handle="anna.example")])
    assert rows(engine, accounts, "native_id", "handle") == [("ana", "anna.example")]


def test_a_source_asks_only_for_what_is_stored_and_not_deleted(engine: Engine) -> None:
    take(engine, [post("p1", account("ana", handle="ana.example")), post("p2"), Gone("p2", LATER)])
    known = StoredPosts(engine, "mastodon")
    assert known.posts({"p1", "p2", "p3"}) == {"p1"}
    assert known.accounts(["ana", "ben"]) == {"ana": "ana.example"}
    assert known.deleted_of("ana", LATER) == ["p2"]
    assert known.deleted_of("ana", LAST) == []

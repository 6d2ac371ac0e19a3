"""Posts and accounts: written once, merged from every sighting."""

import random
from datetime import datetime

import hypothesis
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from data.records import Media, Post
from data.tables import accounts, labels, observations, posts, tags
from data.writes import (
    LabelRow,
    Stored,
    TagRow,
    delete_posts,
    upsert_posts,
    write_tags,
)
from tests import make
from tests.data.stored import rows
from tests.make import MINUTE, NOW


def write(engine: Engine, *seen: Post, at: datetime = NOW) -> Stored:
    with engine.begin() as connection:
        return upsert_posts(connection, seen, "mastodon", at)


def test_a_post_is_stored_with_all_that_is_known(engine: Engine) -> None:
    ana = make.account("ana", handle="ana@norden.social", name="Ana 🌊", bot=False, followers=7)
    post = make.post(
        "p1",
        ana,
        text="Wer hat Decken? 🙏\nIn Altona",
        url="https://norden.social/@ana/1",
        lang="de",
        reply_to="p0",
        links=("https://example.org/ä",),
        hashtags=("hhhilft",),
        mentions=("ben@norden.social",),
        media=(Media("https://norden.social/bild.png", "Decken"), Media("https://x.org/b")),
        likes=0,
        edited_at=NOW,
        visibility="public",
    )
    assert write(engine, post) == Stored(new=1, updated=0, known=0)
    names = ("text", "url", "lang", "reply_to", "links", "hashtags", "mentions", "likes")
    assert rows(engine, posts, *names) == [
        (
            "Wer hat Decken? 🙏\nIn Altona",
            "https://norden.social/@ana/1",
            "de",
            "p0",
            ["https://example.org/ä"],
            ["hhhilft"],
            ["ben@norden.social"],
            0,
        )
    ]
    assert rows(engine, posts, "media", "reposts", "edited_at", "visibility", "source") == [
        (
            [
                {"url": "https://norden.social/bild.png", "alt": "Decken"},
                {"url": "https://x.org/b", "alt": None},
            ],
            None,
            NOW,
            "public",
            "mastodon",
        )
    ]
    assert rows(engine, accounts, "handle", "name", "bot", "followers", "bio") == [
        ("ana@norden.social", "Ana 🌊", False, 7, None)
    ]


def test_the_same_post_twice_is_one_in_one_batch_and_in_two(engine: Engine) -> None:
    assert write(engine, make.post(), make.post()) == Stored(new=1, updated=0, known=1)
    assert write(engine, make.post()) == Stored(new=0, updated=0, known=1)
    assert len(rows(engine, posts)) == len(rows(engine, accounts)) == 1


def test_the_same_id_in_two_networks_is_two_posts(engine: Engine) -> None:
    write(engine, make.post("1", network="mastodon"), make.post("1", network="bluesky"))
    assert rows(engine, posts, "network") == [("mastodon",), ("bluesky",)]


def test_within_one_batch_the_later_of_two_sightings_wins(engine: Engine) -> None:
    seen = [make.post(likes=1, lang="de"), make.post(likes=2), make.post(likes=3, text="Danke!")]
    assert write(engine, *seen) == Stored(new=1, updated=2, known=0)
    assert rows(engine, posts, "likes", "lang", "text") == [(3, "de", "Danke!")]
    assert rows(engine, observations, "likes") == [(3,)]


def test_first_seen_is_kept_and_the_source_that_saw_it_first_too(engine: Engine) -> None:
    write(engine, make.post())
    with engine.begin() as connection:
        upsert_posts(connection, [make.post(likes=2)], "file", NOW + MINUTE)
    assert rows(engine, posts, "first_seen", "seen_at", "source") == [
        (NOW, NOW + MINUTE, "mastodon")
    ]


def test_what_is_unknown_never_overwrites_what_is_known(engine: Engine) -> None:
    ana = make.account(name="Ana", followers=7, bot=True)
    write(engine, make.post(by=ana, likes=3, url="https://x.org/1", links=("https://y.org",)))
    write(engine, make.post(text=""), at=NOW + MINUTE)
    assert rows(engine, posts, "likes", "url", "links", "text") == [
        (3, "https://x.org/1", ["https://y.org"], "Wir brauchen Decken.")
    ]
    assert rows(engine, accounts, "name", "followers", "bot") == [("Ana", 7, True)]


def test_an_older_sighting_fills_gaps_and_overwrites_nothing(engine: Engine) -> None:
    write(engine, make.post(by=make.account(name="Ana"), likes=3), at=NOW + MINUTE)
    older = make.post(by=make.account(name="Anna", bio="Hilft."), likes=1, lang="de", text="Alt")
    write(engine, older, at=NOW)
    assert rows(engine, posts, "likes", "lang", "text") == [(3, "de", "Wir brauchen Decken.")]
    assert rows(engine, accounts, "name", "bio", "first_seen", "updated_at") == [
        ("Ana", "Hilft.", NOW, NOW + MINUTE)
    ]


def test_a_changed_text_loses_its_tags_and_labels_and_another_keeps_them(engine: Engine) -> None:
    write(engine, make.post("p1"), make.post("p2"))
    ids = [number for (number,) in rows(engine, posts, "id")]
    with engine.begin() as connection:
        found = [
            TagRow(number, "de", urgent=False, urgent_score=0.1, labels=[LabelRow("topic", "x", 1)])
            for number in ids
        ]
        write_tags(connection, found, "1", NOW)
    edited = make.post("p1", text="Hat sich erledigt.", edited_at=NOW)
    assert write(engine, edited, make.post("p2"), at=NOW + MINUTE).updated == 1
    assert rows(engine, tags, "post") == rows(engine, labels, "post") == [(ids[1],)]


def test_a_server_that_has_not_heard_of_an_edit_does_not_undo_it(engine: Engine) -> None:
    write(engine, make.post(text="Neu", links=(), edited_at=NOW + MINUTE), at=NOW + MINUTE)
    write(engine, make.post(text="Alt", links=("https://x.org",)), at=NOW + 5 * MINUTE)
    assert rows(engine, posts, "text", "links") == [("Neu", [])]


def test_an_edit_may_remove_the_text(engine: Engine) -> None:
    write(engine, make.post(text="Alt"))
    write(engine, make.post(text="", edited_at=NOW), at=NOW + MINUTE)
    assert rows(engine, posts, "text") == [("",)]


def test_counters_are_observed_where_they_change_with_what_was_there_before(
    engine: Engine,
) -> None:
    for minutes, likes in enumerate([1, 1, 4, 4, 2]):
        write(engine, make.post(likes=likes), at=NOW + minutes * MINUTE)
    assert rows(engine, observations, "at", "likes") == [
        (NOW, 1),
        (NOW + 2 * MINUTE, 4),
        (NOW + 4 * MINUTE, 2),
    ]


def test_a_known_time_goes_before_a_guessed_one_whichever_comes_first(engine: Engine) -> None:
    guess = make.post("a", created_at=NOW + MINUTE, time_known=False)
    known = make.post("a", created_at=NOW)
    write(engine, guess)
    write(engine, known, at=NOW + MINUTE)
    write(engine, guess, at=NOW + 2 * MINUTE)
    assert rows(engine, posts, "created_at", "time_known") == [(NOW, True)]


def test_a_deleted_post_stays_deleted(engine: Engine) -> None:
    write(engine, make.post())
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", ["p1"], NOW)
    again = make.post(text="Wieder da", edited_at=NOW + MINUTE, likes=9)
    assert write(engine, again, at=NOW + MINUTE) == Stored(new=0, updated=0, known=1)
    assert rows(engine, posts, "text", "likes", "deleted_at") == [("", None, NOW)]


def test_more_posts_than_one_statement_holds_are_all_written(engine: Engine) -> None:
    many = [make.post(str(number), str(number % 6_000)) for number in range(12_001)]
    random.Random(7).shuffle(many)
    assert write(engine, *many) == Stored(new=12_001, updated=0, known=0)
    assert write(engine, *many, at=NOW + MINUTE) == Stored(new=0, updated=0, known=12_001)
    assert len(rows(engine, accounts)) == 6_000


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    try:
        with engine.begin() as connection:
            upsert_posts(connection, [make.post()], "mastodon", NOW)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert rows(engine, posts) == rows(engine, accounts) == []


_EDITS = st.sampled_from([None, NOW + MINUTE, NOW + 2 * MINUTE])


@st.composite
def _sightings(draw: st.DrawFn) -> list[tuple[datetime, Post]]:
    """Sightings at different times.

    Servers agree on the time of a post and on the text of an edited version, as networks do.
    """
    moments = draw(st.lists(st.integers(0, 50), min_size=1, max_size=6, unique=True))
    seen = []
    for minutes in moments:
        edited, time_known = draw(_EDITS), draw(st.booleans())
        number = draw(st.integers(0, 3))
        text = f"Fassung {edited}" if edited else f"Text {draw(st.integers(0, 2))}"
        who = make.account(draw(st.sampled_from("ab")), name=f"Name {number}", followers=number)
        seen.append(
            (
                NOW + minutes * MINUTE,
                make.post(
                    draw(st.sampled_from(["p1", "p2"])),
                    who,
                    text=text,
                    likes=number,
                    lang="de",
                    hashtags=(text,),
                    edited_at=edited,
                    time_known=time_known,
                    created_at=NOW if time_known else NOW + minutes * MINUTE,
                ),
            )
        )
    return seen


@hypothesis.settings(
    max_examples=30, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(data=st.data(), sightings=_sightings())
def test_any_order_and_repetition_of_sightings_gives_the_same_store(
    engine: Engine, data: st.DataObject, sightings: list[tuple[datetime, Post]]
) -> None:
    again = data.draw(st.lists(st.sampled_from(sightings), max_size=3))
    shuffled = data.draw(st.permutations(sightings + again))
    with engine.connect() as connection:
        in_order = _state_after(connection, sorted(sightings, key=lambda each: each[0]))
        assert _state_after(connection, shuffled) == in_order


def _state_after(connection: Connection, sightings: list[tuple[datetime, Post]]) -> object:
    """Write to an empty store, look, and take it back."""
    for at, post in sightings:
        upsert_posts(connection, [post], "mastodon", at)
    unlike = ("id", "account", "check_at")  # the last counts from the first arrival here
    names = [name for name in posts.c.keys() if name not in unlike]  # noqa: SIM118
    query = (
        select(*(posts.c[name] for name in names), accounts.c.native_id)
        .join(accounts, accounts.c.id == posts.c.account)
        .order_by(posts.c.native_id)
    )
    who = select(*list(accounts.c)[1:]).order_by(accounts.c.native_id)
    state = (
        [tuple(row) for row in connection.execute(query)],
        [tuple(row) for row in connection.execute(who)],
    )
    connection.rollback()
    return state

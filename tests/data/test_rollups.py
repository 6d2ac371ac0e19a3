"""Roll-ups: whatever is written, in whatever order, the pages count what the posts say."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, insert, select, update

from data.decisions import correct, mark_of
from data.labelling import Labelling
from data.page_reads import balance, newcomers, volume
from data.page_reads import calls as reads
from data.page_reads.changed import mark
from data.page_reads.narrowed import Narrowing
from data.places import read_places
from data.rollups.check import counted_hours, wrong_accounts, wrong_hours
from data.rollups.counts import count, counts
from data.rollups.truth import HOUR
from data.rows import microseconds
from data.tables import (
    accounts,
    calls,
    labels,
    posts,
    recounts,
    stale_accounts,
    stale_hours,
    tags,
    tallies,
)
from data.topics import UNSOUGHT
from data.writes import (
    LabelRow,
    TagRow,
    delete_posts,
    restore_posts,
    upsert_posts,
    write_tags,
)
from data.writes.rollups import keep_rollups, keep_some_rollups, recount_all
from tests import make
from tests.dashboard import world

START = datetime(2026, 11, 10, 21, 40, tzinfo=UTC)  # hours on both sides of a day's end in UTC
MINUTE, LONGEST, DAYS = timedelta(minutes=1), 6 * 60, 3 * 24 * 60
BEZIRKE = {each.name: each.bezirk for each in read_places()}
IDS = [f"p{each}" for each in range(6)]
SAID = [
    Labelling("de", ("unterkunft",), ("gesuch",), True, ("Altona", "Ottensen")),
    Labelling("de", ("unterkunft", "essen"), ("angebot", "gesuch"), False, ()),
    Labelling("en", ("recht",), ("frage",), False, ("Wandsbek", "Altona")),
    Labelling("de", ("politik",), ("gesuch", "frage"), True, ("Harburg",)),
    Labelling("de", (), ("dank",), False, ()),
]

Change = Callable[[Connection, datetime], object]


@st.composite
def _changes(draw: st.DrawFn) -> tuple[str, Change]:
    """One thing that happens to the store, and what it is called."""
    which = draw(st.sampled_from(IDS))
    said = draw(st.sampled_from(SAID))
    kind = draw(
        st.sampled_from(
            ("post", "post", "post", "tag", "tag", "correct", "delete", "back", "count")
        )
    )
    post = make.post(
        which,
        draw(st.sampled_from(("ana", "ben", "cem"))),
        text=which + draw(st.sampled_from((" sucht ein Bett.", " hat in HAMBURG Decken."))),
        created_at=START + draw(st.integers(0, LONGEST)) * MINUTE,
        reply_to=draw(st.sampled_from((None, None, *IDS))),
        repost_of=draw(st.sampled_from((None, None, None, *IDS))),
        same_as=draw(st.sampled_from((None, None, None, *(f"https://e.example/{i}" for i in IDS)))),
        url=f"https://e.example/{which}",
    )
    source = draw(st.sampled_from(("mastodon", "file")))
    happens: dict[str, Change] = {
        "post": lambda connection, at: upsert_posts(connection, [post], source, at),
        "tag": lambda connection, at: _tag(connection, which, said, at),
        "correct": lambda connection, at: _correct(connection, which, said, at),
        "delete": lambda connection, at: delete_posts(connection, "mastodon", [which], at),
        "back": lambda connection, at: restore_posts(connection, "mastodon", [which], at),
        "count": lambda connection, _at: keep_some_rollups(connection),
    }
    return kind, happens[kind]


@hypothesis.settings(
    max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(
    changes=st.lists(_changes(), min_size=3, max_size=25),
    window=st.tuples(*[st.integers(-60, LONGEST + 60) | st.integers(-DAYS, DAYS)] * 2),
)
def test_after_any_writes_the_pages_count_what_the_posts_say(
    engine: Engine, changes: list[tuple[str, Change]], window: tuple[int, int]
) -> None:
    first, last = (START + each * MINUTE for each in sorted(window))
    with engine.connect() as connection:
        keep_some_rollups(connection)  # from here on what was counted is made use of
        for number, (_, happen) in enumerate(changes):
            happen(connection, START + timedelta(days=2, hours=number))
        assert _read(connection, first, last) == _counted_by_hand(connection, first, last)
        while keep_some_rollups(connection):
            pass
        assert _read(connection, first, last) == _counted_by_hand(connection, first, last)
        assert wrong_hours(connection, counted_hours(connection)) == []
        assert wrong_accounts(connection) == []
        connection.rollback()


def _tag(connection: Connection, which: str, said: Labelling, at: datetime) -> None:
    number = _number(connection, which)
    if number is not None:
        rows = [
            LabelRow(kind, label, 0.9)
            for kind, names in (
                ("topic", said.topics),
                ("intent", said.intents),
                ("place", said.places),
            )
            for label in names
        ]
        write_tags(connection, [TagRow(number, said.lang, said.urgent, 0.5, [], rows)], "v", at)


def _correct(connection: Connection, which: str, said: Labelling, at: datetime) -> None:
    number = _number(connection, which)
    if number is not None:
        text = connection.scalar(select(posts.c.text).where(posts.c.id == number))
        newest = connection.exec_driver_sql(
            f"SELECT MAX(id) FROM decisions WHERE subject = 'mastodon:{which}'"
        ).scalar()
        correct(connection, "ana", f"mastodon:{which}", said, "", mark_of(text), newest, at)


def _number(connection: Connection, which: str) -> int | None:
    there = (posts.c.native_id == which, posts.c.deleted_at.is_(None))
    return connection.scalar(select(posts.c.id).where(*there))


def _read(connection: Connection, start: datetime, end: datetime) -> dict[str, Any]:
    """Ask as the pages do."""
    matrix = balance.by_topic_and_bezirk(connection, Narrowing(start, end))
    return {
        "posts": volume.posts_between(connection, start, end),
        "accounts": volume.accounts_between(connection, start, end),
        "newcomers": newcomers.newcomers(connection, [(start, end)])[0],
        "sources": _posts_of(counts(connection, "source", start, end)),
        "topics": _posts_of(counts(connection, "topic", start, end)),
        "places": _posts_of(counts(connection, "place", start, end)),
        "bezirke": _posts_of(counts(connection, "bezirk", start, end)),
        "named": _posts_of(counts(connection, "named", start, end)),
        "topic balance": count(connection, balance.balance(start, end)),
        "matrix": {key: each for key, each in matrix.items() if each.needs or each.offers},
        "waiting": count(connection, reads.waiting([(start, end)])),
        "newest": {each.id for each in reads.newest_calls(connection, start, end, 50)},
        "open needs": set(reads.open_in_turn(connection, Narrowing(start, end)).posts),
    }


def _posts_of(found: dict[str, Any]) -> dict[str, int]:
    return {label: each.posts for label, each in found.items() if each.posts}


def _counted_by_hand(connection: Connection, start: datetime, end: datetime) -> dict[str, Any]:
    """Count post by post, in Python."""
    every = connection.execute(select(posts)).all()
    said: dict[int, dict[str, set[str]]] = {
        row.id: {"topic": set(), "intent": set(), "place": set()} for row in every
    }
    for row in connection.execute(select(labels)):
        said[row.post][row.kind].add(row.label)
    urgent = dict(connection.execute(select(tags.c.post, tags.c.urgent)).all())  # type: ignore[arg-type]
    here = [row for row in every if start <= row.created_at < end]
    alive = [row for row in here if row.deleted_at is None]
    counted = [row for row in alive if row.copy_of is None]
    own = [row for row in counted if row.repost_of is None]
    answered = {
        row.id
        for row in own
        for reply in every
        if reply.reply_to == row.native_id
        and reply.account != row.account
        and reply.deleted_at is None
    }
    needs = [row for row in own if "gesuch" in said[row.id]["intent"]]
    asked = [row for row in own if "frage" in said[row.id]["intent"] and row.reply_to is None]
    matrix: dict[tuple[str, str], Counter[str]] = {}
    for row in own:
        bezirke = {BEZIRKE[each] for each in said[row.id]["place"]} or {""}
        for topic in said[row.id]["topic"] - set(UNSOUGHT):
            for bezirk in bezirke:
                matrix.setdefault((topic, bezirk), Counter()).update(said[row.id]["intent"])
    topics = {
        topic: Counter(i for row in own if topic in said[row.id]["topic"]
                       for i in said[row.id]["intent"])
        for topic in {each for row in own for each in said[row.id]["topic"]}
    }  # fmt: skip
    return {
        "posts": len(counted),
        "accounts": len({row.account for row in counted}),
        "newcomers": len(
            {row.account for row in counted}
            - {row.account for row in every if row.created_at < start}
        ),
        "sources": dict(Counter(row.source for row in alive)),
        "topics": dict(Counter(each for row in own for each in said[row.id]["topic"])),
        "places": dict(Counter(each for row in own for each in said[row.id]["place"])),
        "bezirke": dict(
            Counter(b for row in own for b in {BEZIRKE[each] for each in said[row.id]["place"]})
        ),
        "named": dict(Counter(_named(row.text, said[row.id]["place"]) for row in own)),
        "topic balance": _balances(topics),
        "matrix": _balances(matrix),
        "waiting": [
            reads.Waiting(
                urgent=_answered([row for row in needs if urgent[row.id]], answered),
                questions=_answered(asked, answered),
            )
        ],
        "newest": {row.id for row in needs},
        "open needs": {row.id for row in needs if row.id not in answered},
    }


def _named(text: str, places: set[str]) -> str:
    return "placed" if places else "city" if "hamburg" in text.casefold() else "nowhere"


def _balances(found: dict[Any, Counter[str]]) -> dict[Any, balance.Balance]:
    return {
        key: balance.Balance(each["gesuch"], each["angebot"])
        for key, each in found.items()
        if each["gesuch"] or each["angebot"]
    }


def _answered(found: Sequence[Any], answered: set[int]) -> reads.Answered:
    return reads.Answered(len(found), sum(row.id not in answered for row in found))


@pytest.mark.parametrize(
    "change",
    [
        insert(labels).values(post=1, kind="topic", label="essen", score=1.0, evidence=[]),
        update(labels).where(labels.c.post == 1).values(label="essen"),
        delete(labels).where(labels.c.post == 1),
        update(tags).where(tags.c.post == 1).values(urgent=False),
        update(posts).where(posts.c.id == 1).values(repost_of="x"),
        update(posts).where(posts.c.id == 1).values(text="Hamburg"),
        update(posts).where(posts.c.id == 1).values(created_at=world.NOW - timedelta(days=3)),
        update(posts).where(posts.c.id == 2).values(reply_to="sleep"),
    ],
    ids=str,
)
def test_the_store_itself_notes_what_changes_whoever_writes_it(engine: Engine, change: Any) -> None:
    world.fill(engine)
    keep_rollups(engine)
    with engine.begin() as connection:
        assert connection.execute(select(stale_hours)).all() == []
        connection.execute(change)
        assert connection.execute(select(stale_hours)).all() != []


def test_new_posts_make_their_hours_and_accounts_stale_and_the_hours_of_those_they_answer(
    engine: Engine,
) -> None:
    hour = timedelta(hours=1)
    with engine.begin() as connection:
        upsert_posts(connection, [make.post("p1"), make.post("p2", "ben")], "file", make.NOW)
    keep_rollups(engine)
    new = [
        make.post("p3", "cem", reply_to="p1", created_at=make.NOW + 30 * hour),
        make.post("p4", "cem", reply_to="p5", created_at=make.NOW + 31 * hour),
        make.post("p5", "dan", network="bluesky", created_at=make.NOW + 32 * hour),
        make.post("p2", "ben"),
    ]
    with engine.begin() as connection:
        upsert_posts(connection, new, "file", make.NOW)
        answered = microseconds(make.NOW) // HOUR
        hours = set(connection.scalars(select(stale_hours.c.hour)))
        assert hours == {answered, answered + 30, answered + 31, answered + 32}
        who = select(accounts.c.native_id).where(accounts.c.id.in_(select(stale_accounts)))
        assert set(connection.scalars(who)) == {"cem", "dan"}


def test_what_says_nothing_new_is_not_counted_again(engine: Engine) -> None:
    seen = [make.post("p1"), make.post("p2")]
    with engine.begin() as connection:
        upsert_posts(connection, seen, "mastodon", START)
    keep_rollups(engine)
    with engine.begin() as connection:
        upsert_posts(connection, seen, "mastodon", START + timedelta(hours=1))
        assert connection.execute(select(stale_hours)).all() == []
        assert connection.execute(select(stale_accounts)).all() == []
    assert keep_rollups(engine) == 0


@pytest.mark.parametrize(
    "change",
    [
        update(tallies).where(tallies.c.kind == "place", tallies.c.hours == 1).values(posts=7),
        update(calls).values(words=7),
    ],
    ids=str,
)
def test_a_count_that_is_wrong_is_found_and_counted_anew(engine: Engine, change: Any) -> None:
    world.fill(engine)
    keep_rollups(engine)
    with engine.begin() as connection:
        connection.execute(change)
        assert wrong_hours(connection, counted_hours(connection)) != []
    recount_all(engine)
    with engine.connect() as connection:
        assert wrong_hours(connection, counted_hours(connection)) == []
        assert wrong_accounts(connection) == []


def test_counts_by_other_rules_are_never_shown(engine: Engine) -> None:
    world.fill(engine)
    keep_rollups(engine)
    with engine.begin() as connection:
        before = volume.posts_between(connection, START, world.NOW)
        connection.execute(update(recounts).values(rules="of before"))
        connection.execute(update(tallies).values(posts=tallies.c.posts + 1))
        assert volume.posts_between(connection, START, world.NOW) == before
    keep_rollups(engine)
    with engine.connect() as connection:
        assert counted_hours(connection) != []
        assert wrong_hours(connection, counted_hours(connection)) == []


def test_the_mark_of_the_store_changes_with_what_pages_show_and_only_then(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        assert mark(connection) is None  # something is not counted yet
    keep_rollups(engine)
    with engine.begin() as connection:
        before = mark(connection)
        assert before is not None
        assert mark(connection) == before
        upsert_posts(connection, [make.post("new", created_at=world.NOW)], "mastodon", world.NOW)
    keep_rollups(engine)
    with engine.connect() as connection:
        assert mark(connection) not in (None, before)

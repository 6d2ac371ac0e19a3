"""Searching the words of posts, in both databases."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, text

from data.engine import open_store
from data.page_reads import rare_labels
from data.page_reads import search as pages_of_search
from data.page_reads.narrowed import Narrowing
from data.page_reads.search import MOST_COUNTED, PAGE, count, newest, search
from data.search_query import Query, Term, read_query, words_in
from data.tables import posts
from data.word_index import SQLITE_KEY, SQLITE_WORDS
from data.writes import (
    LabelRow,
    TagRow,
    delete_posts,
    restore_posts,
    sweep_words,
    upsert_posts,
    write_tags,
)
from monitor import steps
from tests import make
from tests.make import MINUTE, NOW

ALL = Narrowing()
TEXTS = {
    "coats": "Suchen Winterjacken in Altona, am liebsten abends/nachts. #HHhilft",
    "street": "Die WG in der STRASSE hinter der Müllverbrennung",
    "straße": "Straßenfest! Zwei Zimmer frei",
    "rooms": "Zimmer frei, zwei Betten",
    "ukrainian": "Її кімната вільна, дякую",
    "arabic": "نبحث عن غرفة في هامبورغ",
    "address": "Mehr dazu: https://hilfe.example/betten-jetzt?x=1&y=2 von ana@norden.example",
    "number": "Größe 42,5 oder 3/4, um 18:30 Uhr; 1e5",
    "emoji": "🚲🚲 Fahrrad gesucht ❤️",
}


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        wanted = [
            make.post(name, text=said, created_at=NOW - number * MINUTE, hashtags=("hhhilft",))
            for number, (name, said) in enumerate(TEXTS.items())
        ]
        upsert_posts(connection, wanted, "file", NOW)


def _found(engine: Engine, said: str, to: Narrowing = ALL) -> set[str]:
    with engine.connect() as connection:
        ids = newest(connection, read_query(said), to, 100)
        return set(connection.scalars(select(posts.c.native_id).where(posts.c.id.in_(ids))))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("winterjacken", {"coats"}),
        ("WINTERJACKEN altona", {"coats"}),
        ("winterjacken harburg", set()),
        ("winterjacke", set()),
        ("winterjacke*", {"coats"}),
        ("nachts", {"coats"}),
        ('"zwei zimmer"', {"straße"}),
        ("„zwei Zimmer“", {"straße"}),
        ("zwei zimmer", {"straße", "rooms"}),
        ("zwei -straßenfest", {"rooms"}),
        ('zwei -"zimmer frei"', set()),
        ("zwei –betten", {"straße"}),
        ("straße", {"street"}),
        ("Strasse*", {"street", "straße"}),
        ("mullverbrennung", {"street"}),
        ("MÜLLVERBRENNUNG", {"street"}),
        ("mu\u0308llverbrennung", {"street"}),
        ("#hhhilft winterjacken", {"coats"}),
        ("#altona", set()),
        ("кімната", {"ukrainian"}),
        ("ЇЇ", {"ukrainian"}),
        ("іі", set()),
        ("غرفة", {"arabic"}),
        ("betten-jetzt", {"address"}),
        ("hilfe.example", {"address"}),
        ("@ana@norden.example", {"address"}),
        ("42,5", {"number"}),
        ("3/4", {"number"}),
        ("18:30", {"number"}),
        ("1e5", {"number"}),
        ("🚲", set()),
        ("-zimmer", set(TEXTS)),
    ],
)
def test_people_find_what_they_mean(engine: Engine, said: str, found: set[str]) -> None:
    _fill(engine)
    assert _found(engine, said) == (found if read_query(said) else set(TEXTS))


LETTERS = st.text(alphabet="abBäßẞéŁй7م-*\"'„#@.:()&|!<>\\\u0308 \u202e\x01", max_size=12)


@given(
    texts=st.lists(st.text("aäAßbé7й-.# ", max_size=10), max_size=6, unique=True),
    said=st.one_of(st.text('aäAßbé7й-*"# ', max_size=9), LETTERS, st.text(max_size=30)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_whatever_is_typed_both_databases_find_what_reading_each_post_would_find(
    engine: Engine, texts: list[str], said: str
) -> None:
    query = read_query(said)
    with engine.connect() as connection, connection.begin() as trial:
        wanted = [make.post(each, text=each) for each in texts if each]
        upsert_posts(connection, wanted, "file", NOW)
        ids = newest(connection, query, ALL, 100)
        found = set(connection.scalars(select(posts.c.text).where(posts.c.id.in_(ids))))
        trial.rollback()
    assert found == {each.text for each in wanted if not query or _says(each.text, query)}


def _says(said: str, query: Query) -> bool:
    words = [word for word, _, _ in words_in(said)]
    return all(_has(words, each) and not each.hashtag for each in query.terms) and not (
        any(_has(words, each) for each in query.without)
    )


def _has(words: list[str], term: Term) -> bool:
    *first, last = term.words
    rows = (words[at : at + len(term.words)] for at in range(len(words)))
    return any(
        row[:-1] == first and (row[-1] == last or (term.begins and row[-1].startswith(last)))
        for row in rows
    )


def test_a_changed_text_is_found_by_its_new_words_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post("p", text="Decken")], "file", NOW)
        edited = make.post("p", text="Kissen", edited_at=NOW + MINUTE)
        upsert_posts(connection, [edited], "file", NOW + 2 * MINUTE)
    assert (_found(engine, "decken"), _found(engine, "kissen")) == (set(), {"p"})


def test_a_post_that_comes_twice_in_a_batch_is_found_once_by_its_last_words(engine: Engine) -> None:
    twice = [
        make.post("p", text="Decken", edited_at=NOW),
        make.post("p", text="Kissen", edited_at=NOW + MINUTE),
        make.post("q", text="Decken"),
    ]
    with engine.begin() as connection:
        upsert_posts(connection, twice, "file", NOW + MINUTE)
        assert len(newest(connection, read_query("kissen"), ALL, 9)) == 1
    assert _found(engine, "decken") == {"q"}
    _check(engine)


def test_a_deleted_post_is_not_found_and_is_again_when_it_comes_back(engine: Engine) -> None:
    _fill(engine)
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", ["coats"], NOW)
    assert _found(engine, "winterjacken") == set()
    with engine.begin() as connection:
        restore_posts(connection, "mastodon", ["coats"], NOW + MINUTE)
        again = make.post("coats", text="Winterjacken")
        upsert_posts(connection, [again], "mastodon", NOW + MINUTE)
    assert _found(engine, "winterjacken") == {"coats"}
    _check(engine)


def test_a_post_whose_row_goes_leaves_the_index(engine: Engine) -> None:
    _fill(engine)
    with engine.begin() as connection:
        connection.execute(delete(posts).where(posts.c.native_id == "coats"))
        assert count(connection, read_query("winterjacken"), ALL) == 0
    _check(engine)


def test_bridged_copies_are_found_once(engine: Engine) -> None:
    url = "https://elbe.example/1"
    copy = make.post("copy", network="bluesky", text="Decken gesucht", same_as=url)
    with engine.begin() as connection:
        original = make.post("p", text="Decken gesucht", url=url)
        upsert_posts(connection, [original, copy], "file", NOW)
    assert _found(engine, "decken") == {"p"}


@pytest.mark.parametrize(
    "at",
    [
        datetime(1901, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
        datetime(2250, 1, 1, tzinfo=UTC),
        datetime(9999, 1, 1, tzinfo=UTC),
    ],
)
def test_a_post_of_an_impossible_time_is_found_too(engine: Engine, at: datetime) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [make.post("p", text="Decken", created_at=at)], "file", NOW)
    assert _found(engine, "decken") == {"p"}
    around = Narrowing(start=at - timedelta(days=1) if at.year > 1 else None)
    assert _found(engine, "decken", around) == {"p"}


def test_words_are_searched_within_a_stretch_of_time(engine: Engine) -> None:
    half = timedelta(microseconds=500_000)
    with engine.begin() as connection:
        wanted = [
            make.post(str(number), text="Decken", created_at=NOW + number * half)
            for number in range(-2, 3)
        ]
        upsert_posts(connection, wanted, "file", NOW)
    assert _found(engine, "decken", Narrowing(start=NOW)) == {"0", "1", "2"}
    assert _found(engine, "decken", Narrowing(end=NOW)) == {"-2", "-1"}
    assert _found(engine, "decken", Narrowing(NOW, NOW + half)) == {"0"}


@pytest.mark.parametrize("said", ["decken", ""])
def test_pages_follow_each_other_without_a_gap_in_both_directions(
    engine: Engine, said: str
) -> None:
    total = 2 * PAGE + 5
    with engine.begin() as connection:
        wanted = [
            make.post(f"p{n}", text="Decken", created_at=NOW - n // 3 * MINUTE)  # three at a time
            for n in range(total)
        ]
        upsert_posts(connection, wanted, "file", NOW)
        query = read_query(said)
        whole = newest(connection, query, ALL, 1_000)
        assert len(whole) == total
        first = search(connection, query, ALL)
        second = search(connection, query, ALL, before=first.hits[-1].id)
        third = search(connection, query, ALL, before=second.hits[-1].id)
        pages = [each.id for page in (first, second, third) for each in page.hits]
        assert pages == whole
        assert [(each.newer, each.older) for each in (first, second, third)] == [
            (False, True), (True, True), (True, False),
        ]  # fmt: skip
        back = search(connection, query, ALL, after=third.hits[0].id)
        assert back == second
        assert search(connection, query, ALL, after=second.hits[0].id) == first
        assert search(connection, query, ALL, before=10**9) == first
        assert {each.count for each in (first, second, third, back)} == {total}


LABELLED = (
    ("decken", Narrowing(topic="sachspenden", places=("Altona", "Ottensen"), intent="gesuch")),
    ("decken", Narrowing(topic="sachspenden", start=NOW - 40 * MINUTE)),
    ("", Narrowing(topic="sachspenden", intent="gesuch", end=NOW - 20 * MINUTE)),
    ("#hhhilft decken", Narrowing(intent="gesuch")),
    ("decken -rote", Narrowing(urgent=True, lang="de", network="mastodon")),
)


@pytest.mark.parametrize("rare", [0, 10_000])
@pytest.mark.parametrize(("said", "to"), LABELLED)
def test_words_and_labels_together_find_the_same_wherever_one_begins(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, said: str, to: Narrowing, rare: int
) -> None:
    monkeypatch.setattr(rare_labels, "RARE", rare)
    places = ("Altona", "Ottensen", "Harburg")
    with engine.begin() as connection:
        wanted = [
            make.post(
                str(n),
                text=("Decken", "Rote Decken", "Kissen")[n % 3] + " #HHhilft",
                created_at=NOW - n * MINUTE,
                hashtags=("hhhilft",) if n % 2 else (),
            )
            for n in range(60)
        ]
        upsert_posts(connection, wanted, "file", NOW)
        numbers = dict(connection.execute(select(posts.c.native_id, posts.c.id)).all())
        rows = [
            TagRow(
                numbers[str(n)], "de", n % 5 == 0, 0.5, [],
                [
                    LabelRow("topic", ("sachspenden", "recht")[n % 4 == 0], 0.9),
                    LabelRow("intent", ("gesuch", "angebot")[n % 7 == 0], 0.9),
                    *(LabelRow("place", each, 0.9) for each in places[: n % 4]),
                ],
            )
            for n in range(60)
        ]  # fmt: skip
        write_tags(connection, rows, "test", NOW)
        found = newest(connection, read_query(said), to, 100)
        tagged = read_query(said).terms[:1] and said.startswith("#")
        assert found == [
            numbers[str(n)]
            for n in range(60)
            if (not said or _says(wanted[n].text, read_query(said.replace("#hhhilft ", ""))))
            and (not tagged or n % 2)
            and (to.topic is None or n % 4)
            and (to.intent is None or n % 7)
            and (not to.places or n % 4)
            and (not to.urgent or n % 5 == 0)
            and (to.start is None or n <= 40)
            and (to.end is None or n > 20)
        ]


def test_where_labels_are_frequent_and_matches_seldom_the_newest_are_looked_at(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rare_labels, "RARE", 0)
    monkeypatch.setattr(pages_of_search, "EXAMINED", 5)
    with engine.begin() as connection:
        wanted = [
            make.post(f"p{n}", text="Decken", created_at=NOW - n * MINUTE, network="mastodon")
            for n in range(9)
        ]
        upsert_posts(connection, wanted, "file", NOW)
        some = search(connection, read_query("decken"), Narrowing(network="mastodon"))
        whole = search(connection, read_query("decken"), ALL)
        none = search(connection, read_query("kissen"), Narrowing(network="mastodon"))
    limited = engine.dialect.name == "sqlite"  # PostgreSQL knows how often a label is
    assert (some.count, some.whole) == ((5, False) if limited else (9, True))
    assert (whole.count, whole.whole) == (9, True)
    assert (none.count, none.whole) == (0, True)


def test_more_than_a_thousand_are_not_counted(engine: Engine) -> None:
    with engine.begin() as connection:
        wanted = [make.post(f"p{number}", text="Decken") for number in range(MOST_COUNTED + 5)]
        upsert_posts(connection, wanted, "file", NOW)
        assert count(connection, read_query("decken"), ALL) == MOST_COUNTED + 1
        assert count(connection, read_query(""), ALL) == MOST_COUNTED + 1


@pytest.mark.parametrize("many", [1, 3_000])
def test_words_of_a_deleted_post_are_in_no_page_of_the_index_once_it_was_swept(
    sqlite_template: Path, tmp_path: Path, many: int
) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(sqlite_template.read_bytes())
    opened = open_store(f"sqlite:///{path}")
    with opened.begin() as connection:
        others = [make.post(f"o{n}", text=f"Decken{n} gesucht") for n in range(many)]
        upsert_posts(connection, others, "file", NOW)
    with opened.begin() as connection:
        upsert_posts(connection, [make.post("p", text="Zyxwvutsrq Qrstuvwxyz")], "file", NOW)
    assert _in_pages(path, b"yxwvutsrq")
    with opened.begin() as connection:
        delete_posts(connection, "mastodon", ["p"], NOW)
    sweep_words(opened)
    assert not _in_pages(path, b"yxwvutsrq")
    assert not _in_pages(path, b"rstuvwxyz")
    sweep_words(opened)
    assert _found(opened, "decken0") == {"o0"}
    _check(opened)
    opened.dispose()


def test_words_are_swept_each_time_the_step_runs(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(sqlite_template.read_bytes())
    opened = open_store(f"sqlite:///{path}")
    for word in ("Zyxwvutsrq", "Vutsrqponm"):
        with opened.begin() as connection:
            upsert_posts(connection, [make.post(word, text=word)], "file", NOW)
        with opened.begin() as connection:
            delete_posts(connection, "mastodon", [word], NOW)
        steps.sweep(opened)
        assert not _in_pages(path, word[2:].encode())
    opened.dispose()


def _in_pages(path: Path, word: bytes) -> bool:
    """Say whether a page of the index holds the end of a word (its beginning may be shared)."""
    with sqlite3.connect(path) as connection:
        return any(
            word in block for (block,) in connection.execute("SELECT block FROM post_words_data")
        )


def _check(engine: Engine) -> None:
    """Compare the index of SQLite with one that is made anew from the posts."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        for statement in (
            "CREATE VIRTUAL TABLE temp.anew USING fts5(text, content='', "
            "tokenize='unicode61 remove_diacritics 2')",
            f"INSERT INTO anew(rowid, text) SELECT {SQLITE_KEY}, {SQLITE_WORDS} FROM posts "
            "WHERE text <> ''",
            "CREATE VIRTUAL TABLE temp.a USING fts5vocab('main', 'post_words', 'instance')",
            "CREATE VIRTUAL TABLE temp.b USING fts5vocab('temp', 'anew', 'instance')",
        ):
            connection.execute(text(statement))
        kept, anew = (
            sorted(
                map(tuple, connection.execute(text(f"SELECT term, doc, offset FROM temp.{name}")))
            )
            for name in ("a", "b")
        )
        assert kept == anew
        connection.rollback()

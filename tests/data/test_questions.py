"""Questions to the authority: who takes one, what becomes of it, and the queue of them."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from data.decisions import (
    ANSWERED,
    NOT_OURS,
    OPEN,
    TAKEN,
    DecisionConflict,
    DecisionError,
    Standing,
    correct,
    decide,
    handle_question,
    history,
    mark_of,
    possible,
    standings,
)
from data.decisions.questions import KIND
from data.labelling import Labelling
from data.page_reads import questions
from data.page_reads.narrowed import Narrowing
from data.page_reads.questions import ON_NETWORK, Question
from data.page_reads.replies import replies
from data.records import Post
from data.tables import decisions, posts
from data.writes import LabelRow, TagRow, delete_posts, upsert_posts, write_tags
from data.writes.rollups import keep_rollups
from tests import make
from tests.make import MINUTE, NOW

DAY = timedelta(days=1)
KEY, TEXT = "mastodon:form", "Wo gebe ich das Formular ab?"
LONG = "Weiß jemand, wo man den Antrag für den Kitagutschein abgibt?"


def test_who_takes_a_question_holds_it_and_can_give_it_back(engine: Engine) -> None:
    _ask(engine, _question("form"))
    taken = _handle(engine, "ana", "take")
    assert (taken.state, taken.decision.who if taken.decision else None) == (TAKEN, "ana")
    assert possible(taken, "ana") == ("give_back", "answered", "not_ours")
    assert possible(taken, "ben") == ("take", "answered", "not_ours")
    back = _handle(engine, "ana", "give_back", seen=taken.seen)
    assert back.state == OPEN
    assert _states(engine) == {KEY: OPEN}


def test_only_who_holds_a_question_gives_it_back_and_others_take_it_over(engine: Engine) -> None:
    _ask(engine, _question("form"))
    taken = _handle(engine, "ana", "take")
    with pytest.raises(DecisionError, match="Das geht bei dieser Frage gerade nicht"):
        _handle(engine, "ben", "give_back", seen=taken.seen)
    over = _handle(engine, "ben", "take", seen=taken.seen)
    assert over.decision is not None
    assert over.decision.who == "ben"


def test_an_answer_says_how_and_what_is_set_aside_says_why(engine: Engine) -> None:
    _ask(engine, _question("form"))
    for verdict in ("answered", "not_ours"):
        with pytest.raises(DecisionError, match="Begründung fehlt"):
            _handle(engine, "ana", verdict, reason="  ")
    answered = _handle(engine, "ana", "answered", reason="https://elbe.example/antwort")
    assert answered.state == ANSWERED
    assert possible(answered, "ben") == ("reopen",)
    opened = _handle(engine, "ben", "reopen", seen=answered.seen)
    aside = _handle(engine, "ben", "not_ours", reason="Werbung.", seen=opened.seen)
    assert aside.state == NOT_OURS
    with engine.connect() as connection:
        made = [(each.who, each.verdict, each.reason) for each in history(connection, KIND, KEY)]
    assert made == [
        ("ana", "answered", "https://elbe.example/antwort"),
        ("ben", "reopen", ""),
        ("ben", "not_ours", "Werbung."),
    ]


def test_who_takes_a_question_that_another_took_meanwhile_is_told_so(engine: Engine) -> None:
    _ask(engine, _question("form"))
    _handle(engine, "ana", "take")
    with pytest.raises(DecisionConflict, match="ana") as caught:
        _handle(engine, "ben", "take")
    assert caught.value.newest.verdict == "take"
    assert _states(engine) == {KEY: TAKEN}


def test_of_two_who_press_in_the_same_moment_one_gets_the_question(engine: Engine) -> None:
    _ask(engine, _question("form"))
    start, told = threading.Barrier(2), []

    def press(who: str) -> None:
        start.wait()
        try:
            _handle(engine, who, "take")
            told.append("taken")
        except DecisionConflict:
            told.append("conflict")

    people = [threading.Thread(target=press, args=(who,)) for who in ("ana", "ben")]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert sorted(told) == ["conflict", "taken"]


def test_correcting_the_post_and_answering_the_question_do_not_conflict(engine: Engine) -> None:
    _ask(engine, _question("form"))
    _handle(engine, "ana", "take")
    said = Labelling("de", ("recht",), ("frage",), urgent=True, places=())
    with engine.begin() as connection:
        correct(connection, "ben", KEY, said, "", mark_of(TEXT), None, NOW)
    with engine.connect() as connection:
        seen = history(connection, KIND, KEY)[-1].id
    assert _handle(engine, "ana", "answered", reason="Am Telefon.", seen=seen).state == ANSWERED


@pytest.mark.parametrize("post", ["mastodon:nix", "mastodon:opinion", "", ":", "x" * 700])
def test_only_a_question_that_is_stored_can_be_taken(engine: Engine, post: str) -> None:
    opinion = make.post("opinion", text="Schade.")
    _ask(engine, (opinion, "intent:meinung"))
    with pytest.raises(DecisionError, match="gibt es nicht mehr"), engine.begin() as connection:
        handle_question(connection, "ana", post, "take", "", None, NOW)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(decisions)) == 0


@pytest.mark.parametrize("verdict", ["confirm", "dismiss", "note", "correct"])
def test_what_is_said_of_other_things_is_not_said_of_questions(
    engine: Engine, verdict: str
) -> None:
    _ask(engine, _question("form"))
    with pytest.raises(ValueError, match=verdict):
        _handle(engine, "ana", verdict, reason="x")
    with pytest.raises(ValueError, match=verdict), engine.begin() as connection:
        decide(connection, "ana", KIND, KEY, verdict, "x", None, NOW)
    with pytest.raises(ValueError, match="take"), engine.begin() as connection:
        decide(connection, "ana", "cluster", "c1", "take", "", None, NOW)


def test_a_deleted_post_leaves_what_people_decided_and_none_of_its_words(engine: Engine) -> None:
    _ask(engine, _question("form"))
    taken = _handle(engine, "ana", "take")
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", ["form"], NOW)
    assert _queue(engine) == []
    with engine.connect() as connection:
        assert [each.verdict for each in history(connection, KIND, KEY)] == ["take"]
        assert connection.scalar(select(func.count()).where(posts.c.text.contains("Formular"))) == 0
    with pytest.raises(DecisionError, match="gibt es nicht mehr"):
        _handle(engine, "ana", "answered", reason="Am Telefon.", seen=taken.seen)


def test_urgent_questions_and_those_about_violence_come_before_the_longest_waiting(
    engine: Engine,
) -> None:
    _ask(
        engine,
        _question("old", NOW - 5 * DAY),
        _question("new", NOW - MINUTE, labels=("topic:opferschutz",)),
        _question("newer", NOW - MINUTE / 2, urgent=True),
        _question("young", NOW - DAY),
    )
    assert [each.call.key.removeprefix("mastodon:") for each in _queue(engine)] == [
        *("new", "newer", "old", "young"),
    ]


def test_a_question_that_others_answered_is_no_open_one_until_somebody_here_says_so(
    engine: Engine,
) -> None:
    reply = make.post("reply", "ben", text="Im Bezirksamt.", reply_to="form")
    _ask(engine, _question("form"), (reply, "intent:hinweis"))
    (found,) = _queue(engine)
    assert found.state == ON_NETWORK
    with engine.connect() as connection:
        said = replies(connection, found.call.id)
    assert [each.text for each in said] == ["Im Bezirksamt."]
    taken = _handle(engine, "ana", "take")
    assert [each.state for each in _queue(engine)] == [TAKEN]
    back = _handle(engine, "ana", "give_back", seen=taken.seen)
    assert [each.state for each in _queue(engine)] == [ON_NETWORK]
    answered = _handle(engine, "ana", "answered", reason="x", seen=back.seen)
    _handle(engine, "ana", "reopen", seen=answered.seen)  # the others' answer was wrong
    assert [each.state for each in _queue(engine)] == [OPEN]


def test_posts_with_the_same_words_are_one_question_and_one_decision_holds_for_all(
    engine: Engine,
) -> None:
    _ask(
        engine,
        _question("one", NOW - DAY, text=LONG),
        _question("two", NOW - 2 * DAY, text=LONG.upper(), by="ben"),
        _question("short", NOW - DAY, text="Wo?"),
        _question("shorter", NOW - 2 * DAY, text="Wo?", by="ben"),
    )
    first, *others = _queue(engine)
    assert (first.call.key, first.same) == ("mastodon:two", 1)
    assert len(others) == 2  # words so short are the same by chance
    _handle(engine, "ana", "take", post="mastodon:one")
    held = next(each for each in _queue(engine) if each.same)
    assert (held.call.key, held.state) == ("mastodon:one", TAKEN)


def test_questions_that_are_counted_and_such_that_are_not_yet_ask_the_same(engine: Engine) -> None:
    _ask(engine, _question("one", NOW - 3 * DAY, text=LONG), _question("w", NOW, text="Wo?"))
    keep_rollups(engine)
    _ask(
        engine,
        _question("two", NOW - DAY, text=LONG.upper(), by="ben"),
        _question("short", NOW - DAY, text="Wo?", by="ben"),
    )
    before = [(each.call.key, each.same) for each in _queue(engine)]
    assert before == [("mastodon:one", 1), ("mastodon:short", 0), ("mastodon:w", 0)]
    keep_rollups(engine)
    assert [(each.call.key, each.same) for each in _queue(engine)] == before


def test_the_overview_counts_only_what_nobody_answered_or_took(engine: Engine) -> None:
    reply = make.post("reply", "ben", text="Ja.", reply_to="b")
    _ask(engine, *(_question(each) for each in "abcd"), (reply, "intent:hinweis"))
    _handle(engine, "ana", "take", post="mastodon:a")
    _handle(engine, "ana", "not_ours", post="mastodon:c", reason="Werbung.")
    with engine.connect() as connection:
        (line,) = questions.lines(connection, Narrowing(), [(NOW - DAY, NOW + DAY)])
        found = questions.unhandled(line)
    assert (found.all, found.open) == (4, 1)


def test_a_queue_is_narrowed_by_network_topic_place_language_and_urgency(engine: Engine) -> None:
    _ask(
        engine,
        _question("a", labels=("topic:recht", "place:Ottensen"), urgent=True),
        _question("b", labels=("topic:kinder",)),
    )
    for to, keys in (
        (Narrowing(), ["a", "b"]),
        (Narrowing(topic="recht"), ["a"]),
        (Narrowing(places=("Altona", "Ottensen")), ["a"]),
        (Narrowing(urgent=True), ["a"]),
        (Narrowing(lang="de"), ["a", "b"]),
        (Narrowing(lang="en"), []),
        (Narrowing(network="bluesky"), []),
    ):
        found = _queue(engine, to)
        assert [each.call.key.removeprefix("mastodon:") for each in found] == keys, to


def test_a_question_decided_about_on_one_network_is_not_open_on_the_other(engine: Engine) -> None:
    there = make.post("there", network="bluesky", text=LONG, created_at=NOW)
    _ask(engine, _question("here", NOW - DAY, text=LONG), (there, "intent:frage"))
    assert [each.same for each in _queue(engine, Narrowing(network="mastodon"))] == [1]
    _handle(engine, "ana", "take", post="bluesky:there")
    assert _queue(engine, Narrowing(network="mastodon")) == []
    assert [each.state for each in _queue(engine, Narrowing(network="bluesky"))] == [TAKEN]


def test_rows_that_came_in_another_order_than_their_times_are_all_read(engine: Engine) -> None:
    _ask(engine, _question("new", NOW))
    _ask(engine, _question("old", NOW - 20 * DAY), _question("older", NOW - 40 * DAY))
    _ask(engine, _question("newest", NOW + MINUTE))
    keys = [each.call.key for each in _queue(engine)]
    assert keys == ["mastodon:old", "mastodon:new", "mastodon:newest"]


def test_decisions_of_before_a_time_are_left_out_of_what_is_read(engine: Engine) -> None:
    _ask(engine, _question("form"))
    _handle(engine, "ana", "take")
    with engine.connect() as connection:
        assert list(standings(connection, None)) == [KEY]
        assert list(standings(connection, NOW)) == [KEY]
        assert list(standings(connection, NOW + MINUTE)) == []


def _question(
    name: str,
    at: datetime = NOW,
    text: str | None = None,
    by: str = "ana",
    *,
    urgent: bool = False,
    labels: tuple[str, ...] = (),
) -> tuple[Post, str, bool, tuple[str, ...]]:
    post = make.post(name, by, created_at=at, text=text or (TEXT if name == "form" else name))
    return post, "intent:frage", urgent, labels


def _ask(
    engine: Engine, *asked: tuple[Post, str] | tuple[Post, str, bool, tuple[str, ...]]
) -> None:
    with engine.begin() as connection:
        upsert_posts(connection, [each[0] for each in asked], "file", NOW)
        numbers = dict(connection.execute(select(posts.c.native_id, posts.c.id)).all())  # type: ignore[arg-type]
        rows = []
        for post, intent, *more in asked:
            urgent, labels = more or (False, ())  # type: ignore[misc]
            signs = [LabelRow(*each.split(":"), score=0.9) for each in (intent, *labels)]  # type: ignore[misc]
            rows.append(TagRow(numbers[post.id], "de", urgent, 0.9, [], signs))
        write_tags(connection, rows, "test", NOW)


def _handle(
    engine: Engine,
    who: str,
    verdict: str,
    seen: int | None = None,
    reason: str = "",
    post: str = KEY,
) -> Standing:
    with engine.begin() as connection:
        return handle_question(connection, who, post, verdict, reason, seen, NOW)


def _queue(engine: Engine, to: Narrowing | None = None) -> list[Question]:
    whole = to or Narrowing(NOW - 28 * DAY, NOW + DAY)
    with engine.connect() as connection:
        return questions.read(connection, questions.queue(connection, whole))


def _states(engine: Engine) -> dict[str, str]:
    return {each.call.key: each.state for each in _queue(engine)}

"""The block list: four eyes, appeals, and what the entries add up to."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.decisions import (
    Block,
    DecisionConflict,
    DecisionError,
    block_of,
    came_on,
    count_blocks,
    decide,
    decide_block,
    enter_appeal,
    history,
    list_blocks,
    named_accounts,
    propose,
    steps_for,
    way_of,
)
from data.writes import ClusterRow, upsert_posts, write_clusters
from tests import make
from tests.make import NOW

ANA, BEN = "mastodon:ana", "mastodon:ben"
DAY = date(2026, 11, 14)


@pytest.fixture
def store(engine: Engine) -> Engine:
    """A store with two accounts, one of them in a warning."""
    warning = ClusterRow(
        "w1", "alert", 0.9, None, ["text"], NOW, NOW, [], {ANA: {"shared_objects": 3}}, []
    )
    with engine.begin() as connection:
        upsert_posts(connection, [make.post(), make.post("p2", "ben")], "mastodon", NOW)
        write_clusters(connection, [warning], NOW)
    return engine


def _block(engine: Engine, account: str = ANA) -> Block | None:
    with engine.connect() as connection:
        return block_of(connection, account)


def _seen(engine: Engine, account: str = ANA) -> int | None:
    with engine.connect() as connection:
        made = history(connection, "account", account)
    return made[-1].id if made else None


def _propose(engine: Engine, who: str, account: str = ANA) -> int:
    seen = _seen(engine, account)
    with engine.begin() as connection:
        return propose(connection, who, account, "Dieselben Texte.", seen, NOW)


def _do(engine: Engine, who: str, verdict: str, account: str = ANA) -> int:
    seen = _seen(engine, account)
    with engine.begin() as connection:
        return decide_block(connection, who, account, verdict, "Geprüft.", seen, NOW)


def _object(engine: Engine, who: str = "eva", came: date = DAY) -> int:
    seen = _seen(engine)
    with engine.begin() as connection:
        return enter_appeal(connection, who, ANA, "Ist ein Verein.", came, "letter", seen, NOW)


def _blocked(engine: Engine) -> None:
    _propose(engine, "eva")
    _do(engine, "ina", "block_confirm")


def test_a_proposal_says_who_why_when_and_in_which_warnings_the_account_stood(
    store: Engine,
) -> None:
    with store.begin() as connection:
        decide(connection, "ina", "cluster", "w1", "confirm", "Absprache", None, NOW)
    _propose(store, "eva")
    block = _block(store)
    assert block is not None
    assert (block.state, block.listed) == ("proposed", False)
    made = block.proposal
    assert (made.who, made.reason, made.at) == ("eva", "Dieselben Texte.", NOW)
    assert made.basis == {
        "warnings": [
            {
                "id": "w1", "level": "alert", "score": 0.9, "verdict": "confirm",
                "marks": {"shared_objects": 3},
            }
        ]
    }  # fmt: skip


def test_only_a_second_person_confirms(store: Engine) -> None:
    _propose(store, "eva")
    for same in ("eva", "EVA ", "ｅｖａ"):
        with pytest.raises(DecisionError, match="zweite Person"):
            _do(store, same, "block_confirm")
    _do(store, "ina", "block_confirm")
    block = _block(store)
    assert block is not None
    assert block.listed
    assert block.confirmation is not None
    assert (block.proposal.who, block.confirmation.who) == ("eva", "ina")


def test_who_proposed_withdraws_and_others_reject(store: Engine) -> None:
    _propose(store, "eva")
    with pytest.raises(DecisionError, match="zieht man zurück"):
        _do(store, "eva", "block_reject")
    with pytest.raises(DecisionError, match="eva"):
        _do(store, "ina", "block_withdraw")
    _do(store, "eva", "block_withdraw")
    assert _block(store).state == "withdrawn"  # type: ignore[union-attr]
    _propose(store, "eva")
    _do(store, "ina", "block_reject")
    assert _block(store).state == "rejected"  # type: ignore[union-attr]


def test_a_block_is_lifted_by_one_person_at_any_time_also_while_an_appeal_waits(
    store: Engine,
) -> None:
    _blocked(store)
    _do(store, "eva", "unblock")
    assert _block(store).state == "lifted"  # type: ignore[union-attr]
    _blocked(store)
    _object(store)
    _do(store, "ina", "unblock")
    block = _block(store)
    assert block is not None
    assert (block.state, block.appeal) == ("lifted", None)


def test_an_appeal_is_decided_by_another_than_who_confirmed(store: Engine) -> None:
    _blocked(store)
    _object(store)
    for verdict in ("appeal_deny", "appeal_grant"):
        with pytest.raises(DecisionError, match="jemand anderes"):
            _do(store, "ina", verdict)
    _do(store, "eva", "appeal_deny")
    assert _block(store).state == "blocked"  # type: ignore[union-attr]
    _object(store)
    _do(store, "eva", "appeal_grant")
    assert _block(store).state == "lifted"  # type: ignore[union-attr]


def test_an_appeal_keeps_when_and_how_it_came_and_only_one_is_open(store: Engine) -> None:
    _blocked(store)
    with pytest.raises(DecisionError, match="Zukunft"):
        _object(store, came=NOW.date() + timedelta(days=2))
    _object(store)
    block = _block(store)
    assert block is not None
    assert block.appeal is not None
    assert (came_on(block.appeal), way_of(block.appeal)) == (DAY, "letter")
    assert block.listed
    with pytest.raises(DecisionError, match="schon ein Einspruch"):
        _object(store)


@pytest.mark.parametrize(
    "verdict", ["block_confirm", "block_reject", "unblock", "appeal_grant", "appeal_deny"]
)
def test_what_does_not_fit_the_state_is_refused_in_words(store: Engine, verdict: str) -> None:
    with pytest.raises(DecisionError, match="Konto"):
        _do(store, "ina", verdict)
    assert _seen(store) is None


def test_an_appeal_needs_a_block_and_a_second_proposal_is_refused(store: Engine) -> None:
    with pytest.raises(DecisionError, match="nicht auf der Sperrliste"):
        _object(store)
    _propose(store, "eva")
    with pytest.raises(DecisionError, match="schon vorgeschlagen"):
        _propose(store, "ina")


def test_every_step_needs_a_reason(store: Engine) -> None:
    with store.begin() as connection, pytest.raises(DecisionError, match="Begründung"):
        propose(connection, "eva", ANA, " ", None, NOW)
    _propose(store, "eva")
    seen = _seen(store)
    with store.begin() as connection, pytest.raises(DecisionError, match="Begründung"):
        decide_block(connection, "ina", ANA, "block_confirm", "\n", seen, NOW)


@pytest.mark.parametrize("account", ["mastodon:nobody", "mastodon:?", "x:ana", "ana"])
def test_an_account_that_is_not_there_cannot_be_proposed(store: Engine, account: str) -> None:
    with pytest.raises(DecisionError, match="kennt der Bestand nicht"):
        _propose(store, "eva", account)


def test_who_has_not_seen_what_happened_meanwhile_is_shown_it(store: Engine) -> None:
    first = _propose(store, "eva")
    with store.begin() as connection:
        decide(connection, "eva", "account", ANA, "note", "Bitte ansehen.", first, NOW)
    with store.begin() as connection, pytest.raises(DecisionConflict, match="Bitte ansehen"):
        decide_block(connection, "ina", ANA, "block_confirm", "Ja.", first, NOW)


def test_a_listed_account_is_not_named_and_a_named_one_not_listed(store: Engine) -> None:
    _propose(store, "eva")
    for verdict in ("institution", "automated", "reopen"):
        with store.begin() as connection, pytest.raises(DecisionError, match="Sperrliste"):
            decide(connection, "ina", "account", ANA, verdict, "Amt", _seen(store), NOW)
    _do(store, "ina", "block_reject")
    with store.begin() as connection:
        decide(connection, "ina", "account", ANA, "institution", "Amt", _seen(store), NOW)
    with pytest.raises(DecisionError, match="als bekannt benannt"):
        _propose(store, "eva")
    with store.begin() as connection:
        assert [each.subject for each in named_accounts(connection)] == [ANA]
        decide(connection, "ina", "account", ANA, "reopen", "", _seen(store), NOW)
        assert named_accounts(connection) == []
    _propose(store, "eva")


def test_what_is_entered_by_rules_cannot_be_entered_past_them(store: Engine) -> None:
    with store.begin() as connection, pytest.raises(ValueError, match="block_confirm"):
        decide(connection, "eva", "account", ANA, "block_confirm", "Ja.", None, NOW)


def test_of_two_people_who_confirm_or_reject_in_the_same_moment_one_succeeds(
    store: Engine,
) -> None:
    first = _propose(store, "eva")
    ready = threading.Barrier(2)
    outcome: dict[str, str] = {}

    def press(who: str, verdict: str) -> None:
        ready.wait()
        try:
            with store.begin() as connection:
                decide_block(connection, who, ANA, verdict, "Geprüft.", first, NOW)
            outcome[who] = "done"
        except DecisionConflict as conflict:
            outcome[who] = f"after {conflict.newest.who}"

    people = [
        threading.Thread(target=press, args=each)
        for each in (("ina", "block_confirm"), ("ben", "block_reject"))
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert outcome in (
        {"ina": "done", "ben": "after ina"},
        {"ina": "after ben", "ben": "done"},
    )
    with store.connect() as connection:
        assert len(history(connection, "account", ANA)) == 2


def test_of_two_people_who_propose_in_the_same_moment_one_succeeds(store: Engine) -> None:
    ready = threading.Barrier(2)
    refused: list[str] = []

    def press(who: str) -> None:
        ready.wait()
        try:
            with store.begin() as connection:
                propose(connection, who, ANA, "Dieselben Texte.", None, NOW)
        except DecisionConflict:
            refused.append(who)

    people = [threading.Thread(target=press, args=(who,)) for who in ("eva", "ina")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(refused) == 1
    assert _block(store).proposal.who not in refused  # type: ignore[union-attr]


def test_the_list_counts_by_state_and_gives_the_newest_first(store: Engine) -> None:
    with store.connect() as connection:
        assert (count_blocks(connection), list_blocks(connection, ["blocked"], 10)) == ({}, [])
    _blocked(store)
    _propose(store, "eva", BEN)
    with store.connect() as connection:
        assert count_blocks(connection) == {"blocked": 1, "proposed": 1}
        both = list_blocks(connection, ["blocked", "proposed"], 10)
        assert [each.account for each in both] == [BEN, ANA]
        assert [each.account for each in list_blocks(connection, ["blocked"], 10)] == [ANA]
        assert [
            each.account for each in list_blocks(connection, ["blocked", "proposed"], 1, 1)
        ] == [ANA]
    _do(store, "eva", "unblock")
    with store.connect() as connection:
        assert count_blocks(connection) == {"lifted": 1, "proposed": 1}


def test_a_note_is_read_before_deciding_but_changes_no_state(store: Engine) -> None:
    _blocked(store)
    with store.begin() as connection:
        note = decide(connection, "eva", "account", ANA, "note", "Rückfrage läuft.", None, NOW)
    block = _block(store)
    assert block is not None
    assert (block.state, block.newest) == ("blocked", note)


def test_everybody_is_offered_only_what_they_can_do(store: Engine) -> None:
    def steps(who: str) -> tuple[str, ...]:
        return steps_for(_block(store), who)

    assert steps("eva") == ()
    _propose(store, "eva")
    assert steps("eva") == ("block_withdraw",)
    assert steps("ina") == ("block_confirm", "block_reject")
    _do(store, "ina", "block_confirm")
    assert steps("eva") == steps("ina") == ("unblock",)
    _object(store)
    assert steps("ina") == ("unblock",)
    assert steps("eva") == ("unblock", "appeal_grant", "appeal_deny")

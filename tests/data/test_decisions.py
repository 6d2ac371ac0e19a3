"""Decisions, users, wishes."""

import threading
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine

from data.decisions import (
    By,
    DecisionConflict,
    DecisionError,
    UserError,
    add_user,
    check_password,
    decide,
    disable_user,
    enable_user,
    find_user,
    fulfil,
    history,
    latest,
    list_users,
    new_password,
    open_wishes,
    set_password,
    set_role,
    users,
    wish,
)
from data.tables import wishes
from tests.data.stored import rows
from tests.make import MINUTE, NOW

CLUSTER = ("cluster", "c1")
SECRET = "eins zwei drei"


def _decide(
    engine: Engine,
    who: str,
    verdict: str,
    seen: int | None = None,
    reason: str = "Gleiche Sekunde, gleicher Text.",
    at: datetime = NOW,
) -> int:
    with engine.begin() as connection:
        return decide(connection, who, *CLUSTER, verdict, reason, seen, at)


def _by(connection: Connection, name: str = "ana") -> By:
    """Somebody who has seen all that stands about this person."""
    made = history(connection, "user", name)
    return By("ina", NOW, seen=made[-1].id if made else None)


def test_a_decision_says_who_decided_what_when_and_why(engine: Engine) -> None:
    _decide(engine, "ana", "confirm")
    with engine.connect() as connection:
        (only,) = history(connection, *CLUSTER)
        assert history(connection, "cluster", "c2") == []
    assert (only.who, only.verdict, only.at, only.seen) == ("ana", "confirm", NOW, None)
    assert only.reason == "Gleiche Sekunde, gleicher Text."


def test_who_has_not_seen_the_newest_decision_is_shown_it_instead(engine: Engine) -> None:
    first = _decide(engine, "ana", "confirm")
    with pytest.raises(DecisionConflict, match="ana") as caught:
        _decide(engine, "ben", "dismiss", seen=None)
    assert caught.value.newest.id == first
    second = _decide(engine, "ben", "dismiss", seen=first)
    with pytest.raises(DecisionConflict, match="ben"):
        _decide(engine, "ana", "reopen", seen=first)
    _decide(engine, "ana", "reopen", seen=second, reason="")


def test_a_note_never_conflicts_and_changes_no_decision_but_must_be_seen(engine: Engine) -> None:
    first = _decide(engine, "ana", "confirm")
    note = _decide(engine, "ben", "note", seen=None)
    with engine.connect() as connection:
        assert latest(connection, "cluster", ["c1", "c2"])["c1"].id == first
        assert set(latest(connection, "cluster", ["c1", "c2"])) == {"c1"}
    with pytest.raises(DecisionConflict):
        _decide(engine, "ana", "dismiss", seen=first)
    _decide(engine, "ana", "dismiss", seen=note)


@pytest.mark.parametrize("verdict", ["confirm", "dismiss", "note"])
def test_a_decision_needs_a_reason(engine: Engine, verdict: str) -> None:
    with pytest.raises(DecisionError, match="Begründung"):
        _decide(engine, "ana", verdict, reason=" \n")


def test_of_two_people_who_decide_in_the_same_moment_one_succeeds(engine: Engine) -> None:
    ready = threading.Barrier(2)
    outcome: dict[str, str] = {}

    def press(who: str) -> None:
        ready.wait()
        try:
            _decide(engine, who, "confirm")
            outcome[who] = "decided"
        except DecisionConflict as conflict:
            outcome[who] = f"after {conflict.newest.who}"

    people = [threading.Thread(target=press, args=(who,)) for who in ("ana", "ben")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert outcome in (
        {"ana": "decided", "ben": "after ana"},
        {"ana": "after ben", "ben": "decided"},
    )


def test_who_decides_while_another_is_not_yet_done_waits_and_then_learns_of_it(
    engine: Engine,
) -> None:
    refused: list[str] = []

    def ben() -> None:
        try:
            _decide(engine, "ben", "dismiss")
        except DecisionConflict as conflict:
            refused.append(conflict.newest.who)

    with engine.begin() as connection:
        decide(connection, "ana", *CLUSTER, "confirm", "Weil.", None, NOW)
        other = threading.Thread(target=ben)
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive()
    other.join()
    assert refused == ["ana"]


def test_a_right_password_lets_in_and_a_wrong_name_or_password_does_not(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "Ana", "press", SECRET, NOW)
        assert check_password(connection, "ana ", SECRET, NOW + MINUTE) is not None
        assert check_password(connection, "ana", SECRET + "!", NOW) is None
        assert check_password(connection, "ben", SECRET, NOW) is None
        found = find_user(connection, "ANA")
    assert found is not None
    assert (found.name, found.role, found.last_login) == ("ana", "press", NOW + MINUTE)


def test_a_password_is_not_stored_and_two_equal_ones_look_different(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "viewer", SECRET, NOW)
        add_user(connection, "ben", "viewer", SECRET, NOW)
        stored = connection.exec_driver_sql("SELECT password_hash FROM users").scalars().all()
    assert len(set(stored)) == 2
    assert all(each.startswith("$argon2id$") and SECRET not in each for each in stored)


def test_an_unknown_name_costs_a_whole_check_of_a_password(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Watching(users.PasswordHasher):
        def verify(self, stored: str, password: str) -> bool:  # type: ignore[override]
            checked.append(stored.rsplit("$", 2)[0])
            return super().verify(stored, password)

    monkeypatch.setattr(users, "PasswordHasher", Watching)
    with engine.begin() as connection:
        add_user(connection, "ana", "viewer", SECRET, NOW)
        check_password(connection, "ana", SECRET, NOW)
        check_password(connection, "nobody", SECRET, NOW)
    assert len(checked) == 2
    assert len(set(checked)) == 1  # the same method with the same cost


def test_a_disabled_person_never_gets_in(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "press", SECRET, NOW)
        disable_user(connection, "ana", _by(connection))
        assert check_password(connection, "ana", SECRET, NOW) is None
        enable_user(connection, "ana", _by(connection))
        assert check_password(connection, "ana", SECRET, NOW) is not None


def test_a_new_password_role_or_disabling_ends_open_sessions(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "viewer", SECRET, NOW)
        set_password(connection, "ana", "vier fünf sechs", _by(connection))
        set_role(connection, "ana", "press", _by(connection))
        disable_user(connection, "ana", _by(connection))
        (ana,) = list_users(connection)
        assert (ana.epoch, ana.role, ana.disabled) == (3, "press", True)
        assert check_password(connection, "ana", SECRET, NOW) is None


def test_each_change_of_a_login_stands_in_the_protocol_and_no_password_does(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        add_user(connection, "Ana", "viewer", SECRET, NOW, "ina", "Neu im Team.")
        set_role(connection, "ana", "press", _by(connection))
        set_password(connection, "ana", SECRET + "!", _by(connection))
        disable_user(connection, "ANA", _by(connection))
        enable_user(connection, "ana", _by(connection))
        made = history(connection, "user", "ana")
    assert [each.verdict for each in made] == ["add", "role", "password", "disable", "enable"]
    assert (made[0].who, made[0].reason) == ("ina", "Neu im Team.")
    assert [each.basis for each in made[1:4:2]] == [
        {"role": "press", "disabled": False},
        {"role": "press", "disabled": True},
    ]
    assert SECRET not in str(made)


def test_the_last_who_may_manage_stays_so(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "admin", SECRET, NOW)
        add_user(connection, "ben", "admin", SECRET, NOW)
        disable_user(connection, "ben", _by(connection, "ben"))
    for change in (
        lambda connection: set_role(connection, "ana", "press", _by(connection)),
        lambda connection: disable_user(connection, "ana", _by(connection)),
    ):
        with pytest.raises(UserError, match="die letzte Person"), engine.begin() as connection:
            change(connection)
    with engine.begin() as connection:
        assert [each.verdict for each in history(connection, "user", "ana")] == ["add"]
        enable_user(connection, "ben", _by(connection, "ben"))
        set_role(connection, "ana", "press", _by(connection))


def test_of_two_admins_who_take_each_other_s_role_at_once_one_stays(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "admin", SECRET, NOW)
        add_user(connection, "ben", "admin", SECRET, NOW)
    ready = threading.Barrier(2)
    refused: list[str] = []

    def demote(name: str) -> None:
        with engine.connect() as connection:
            by = _by(connection, name)
        ready.wait()
        try:
            with engine.begin() as connection:
                set_role(connection, name, "viewer", by)
        except UserError:
            refused.append(name)

    people = [threading.Thread(target=demote, args=(name,)) for name in ("ana", "ben")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with engine.connect() as connection:
        assert [each.name for each in list_users(connection) if each.role == "admin"] == refused


def test_who_changes_a_login_past_another_is_shown_their_change_instead(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "viewer", SECRET, NOW)
        by = _by(connection)
        set_role(connection, "ana", "press", by)
    with pytest.raises(DecisionConflict), engine.begin() as connection:
        set_role(connection, "ana", "coordinator", by)
    with engine.connect() as connection:
        assert [each.role for each in list_users(connection)] == ["press"]


def test_a_made_password_is_long_enough_and_never_the_same() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(each) for each in made} == {19}


def test_a_taken_name_a_short_password_and_a_strange_role_are_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        add_user(connection, "ana", "viewer", SECRET, NOW)
        for name, role, password in (
            ("ANA", "viewer", SECRET),
            ("ben", "viewer", "kurz"),
            ("ben", "boss", SECRET),
            ("", "viewer", SECRET),
        ):
            with pytest.raises(UserError):
                add_user(connection, name, role, password, NOW)
        with pytest.raises(UserError, match="hhhilft user list"):
            set_role(connection, "zoe", "admin", By("ina", NOW))


def test_a_wish_is_open_until_it_is_fulfilled_and_not_asked_twice(engine: Engine) -> None:
    with engine.begin() as connection:
        first = wish(connection, "ana", "load_sample", NOW)
        assert wish(connection, "ben", "load_sample", NOW) == first
        wish(connection, "ben", "collect_now", NOW)
        assert [each.wish for each in open_wishes(connection)] == ["load_sample", "collect_now"]
        fulfil(connection, first, "300 Beiträge", NOW + MINUTE)
        assert [each.who for each in open_wishes(connection)] == ["ben"]
    assert rows(engine, wishes, "outcome") == [("300 Beiträge",), (None,)]

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from data import decisions
from data.decisions import Arrival, By, UserError

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
HERE, THERE = "https://login.amt.example", "https://login.verein.example"


def test_who_comes_again_is_the_same_person_with_the_role_of_today(engine: Engine) -> None:
    with engine.begin() as connection:
        first = decisions.take_in(connection, Arrival(HERE, "4711", " Ina ", "press"), NOW)
        again = decisions.take_in(connection, Arrival(HERE, "4711", "Ina B.", "press"), LATER)
        lower = decisions.take_in(connection, Arrival(HERE, "4711", "ina", "viewer"), LATER)
        everybody = decisions.list_users(connection)
        made = decisions.history(connection, "user", "ina")
    assert [(each.name, each.role, each.epoch) for each in (first, again, lower)] == [
        ("ina", "press", 0),
        ("ina", "press", 0),
        ("ina", "viewer", 1),
    ]
    assert everybody == [lower]
    assert (lower.issuer, lower.created_at, lower.last_login) == (HERE, NOW, LATER)
    assert [(each.who, each.verdict, each.reason) for each in made] == [
        ("hhhilft", "add", f"OIDC: {HERE}"),
        ("hhhilft", "role", f"OIDC: {HERE}"),
    ]


def test_the_same_number_at_another_provider_is_another_person(engine: Engine) -> None:
    with engine.begin() as connection:
        decisions.take_in(connection, Arrival(HERE, "4711", "ina", "admin"), NOW)
        with pytest.raises(UserError, match="schon jemand anderes"):
            decisions.take_in(connection, Arrival(THERE, "4711", "ina", "viewer"), NOW)
        other = decisions.take_in(connection, Arrival(THERE, "4711", "ina v.", "viewer"), NOW)
        assert (other.name, other.role) == ("ina v.", "viewer")


def test_a_closed_login_stays_closed_and_as_it_was(engine: Engine) -> None:
    with engine.begin() as connection:
        decisions.add_user(connection, "eva", "admin", "lange genug 1", NOW)
        decisions.take_in(connection, Arrival(HERE, "4711", "ina", "press"), NOW)
        seen = decisions.history(connection, "user", "ina")[-1].id
        closed = decisions.disable_user(connection, "ina", By("eva", NOW, seen=seen))
        with pytest.raises(UserError, match="ist hier geschlossen"):
            decisions.take_in(connection, Arrival(HERE, "4711", "ina", "admin"), LATER)
        assert decisions.find_user(connection, "ina") == closed


def test_the_groups_may_lower_the_last_admin(engine: Engine) -> None:
    with engine.begin() as connection:
        decisions.take_in(connection, Arrival(HERE, "4711", "ina", "admin"), NOW)
        lower = decisions.take_in(connection, Arrival(HERE, "4711", "ina", "viewer"), NOW)
    assert lower.role == "viewer"


def test_sessions_end_for_the_person_without_a_group_and_nobody_else(engine: Engine) -> None:
    with engine.begin() as connection:
        decisions.take_in(connection, Arrival(HERE, "4711", "ina", "press"), NOW)
        decisions.take_in(connection, Arrival(THERE, "4711", "eva", "press"), NOW)
        decisions.end_sessions(connection, HERE, "4711")
        decisions.end_sessions(connection, HERE, "nobody")
        epochs = [(each.name, each.epoch) for each in decisions.list_users(connection)]
    assert epochs == [("eva", 0), ("ina", 1)]


def test_no_password_opens_the_login_of_who_came_from_a_provider(engine: Engine) -> None:
    with engine.begin() as connection:
        decisions.take_in(connection, Arrival(HERE, "4711", "ina", "press"), NOW)
        for password in ("", " ", "lange genug 1"):
            assert decisions.check_password(connection, "ina", password, NOW) is None
        seen = decisions.history(connection, "user", "ina")[-1].id
        with pytest.raises(UserError, match="dort geändert"):
            decisions.set_password(connection, "ina", "lange genug 1", By("eva", NOW, seen=seen))
        with pytest.raises(UserError, match="dort geändert"):
            decisions.set_role(connection, "ina", "admin", By("eva", NOW, seen=seen))

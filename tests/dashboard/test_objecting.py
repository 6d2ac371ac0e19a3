from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from data import decisions
from data.page_reads.by_name import by_name
from data.tables import accounts
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts

Login = Callable[[str], FlaskClient]


def _name(engine: Engine, native_id: str, handle: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            update(accounts)
            .where(accounts.c.native_id == native_id)
            .values(handle=handle, url=f"https://elbe.example/@{native_id}")
        )


@pytest.mark.parametrize(
    "said", ["one@elbe", "@ONE@elbe.example", " one@elbe.example ", "https://elbe.example/@one/"]
)
def test_who_writes_in_is_found_by_handle_or_address(engine: Engine, said: str) -> None:
    world.fill(engine)
    _name(engine, "one", "one@elbe.example")
    with engine.connect() as connection:
        (found,) = by_name(connection, said, 5)
    assert (found.profile.native_id, found.standing, found.state) == ("one", "open", None)


def test_who_does_not_want_to_be_found_is_found_by_the_whole_handle_alone(engine: Engine) -> None:
    world.fill(engine)
    _name(engine, "hidden", "hidden@elbe.example")
    with engine.connect() as connection:
        assert by_name(connection, "hidden@elb", 5) == []
        (found,) = by_name(connection, "@hidden@elbe.example", 5)
    assert found.profile.native_id == "hidden"


def test_an_account_that_people_decided_about_is_found_without_any_warning(engine: Engine) -> None:
    world.fill(engine)
    _name(engine, "ana", "ana@elbe.example")
    with engine.begin() as connection:
        assert by_name(connection, "ana@elbe.example", 5) == []
        decisions.propose(connection, "eva", "mastodon:ana", "Weil.", None, world.NOW)
        (found,) = by_name(connection, "ana@elbe.example", 5)
    assert (found.standing, found.state) == (None, "proposed")


def test_nobody_is_found_without_a_name(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        assert by_name(connection, " @ ", 5) == []


def test_the_page_says_where_an_account_stands_and_leads_to_its_form(
    as_role: Login, full: Engine
) -> None:
    _name(full, "hidden", "hidden@elbe.example")
    _name(full, "one", "one@elbe.example")
    listed = _search(as_role, "hidden@elbe.example")
    assert "Das Konto steht auf der Sperrliste." in texts(listed)
    assert "#entscheiden" in str(listed)
    assert "steht in einer offenen Warnung" in texts(_search(as_role, "one@elbe"))


def test_the_page_says_so_where_the_program_has_nothing_to_do_with_it(as_role: Login) -> None:
    said = texts(_search(as_role, "niemand@elbe.example"))
    assert "Kein Konto mit „niemand@elbe.example“ steht in einer Warnung" in said


def _search(as_role: Login, name: str) -> object:
    answer = open_page(as_role("press"), "/sperrliste", f"?konto={quote(name)}")
    return answer.get_json()["response"]["_pages_content"]["children"]

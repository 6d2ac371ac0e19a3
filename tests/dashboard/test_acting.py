"""Every action as each role, in a browser: used where it may be, not there where it may not."""

import pytest
from dash import Dash
from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.app import create_app
from data import decisions
from data.config import Config
from data.decisions import ROLES
from monitor import steps
from tests.dashboard import world
from tests.dashboard.acting import (
    ACTIONS,
    ON_AN_EMPTY_STORE,
    STRANGER,
    There,
    buttons,
    controls,
    log_in,
    prepare,
)
from tests.dashboard.browser import reader, served
from tests.dashboard.conftest import PASSWORD
from tests.dashboard.test_access_matrix import FILES, PAGES
from tests.dashboard.test_in_the_browser import WIDE

CLIPBOARD = ("clipboard-read", "clipboard-write")


@pytest.fixture
def pages(app: Dash, config: Config, full: Engine) -> Dash:
    prepare(full)
    steps.digest(full, config, "2026-W47", None, world.NOW)
    return app


def test_every_button_and_file_of_the_program_is_used(app: Dash) -> None:
    assert set(buttons(app)) | {each for each in FILES if "?" not in each} <= {
        *ACTIONS,
        *ON_AN_EMPTY_STORE,
    }


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_each_role_finds_its_controls_and_no_other_and_can_use_them_all(
    chromium: Browser, pages: Dash, full: Engine, role: str
) -> None:
    with served(pages) as base:
        visit = reader(chromium, base, viewport=WIDE, permissions=CLIPBOARD, color_scheme="light")
        there = There(visit, full, role)
        if role != STRANGER:
            log_in(there)
        found: set[str] = set()
        for path in PAGES:
            there.open(path)
            found |= controls(there)
        assert found == {name for name, (roles, _) in ACTIONS.items() if role in roles}
        for roles, use in ACTIONS.values():
            if role in roles:
                use(there)
        assert (visit.refused(), visit.troubles) == ([], [])


def test_who_may_wish_for_the_sample_finds_it_on_an_empty_store(
    chromium: Browser, config: Config, store: Engine
) -> None:
    with store.begin() as connection:
        for role in ROLES:
            decisions.add_user(connection, role, role, PASSWORD, world.NOW)
    with served(create_app(config, store, now=lambda: world.NOW)) as base:
        for role in ROLES:
            there = There(reader(chromium, base, viewport=WIDE), store, role)
            log_in(there)
            there.open("/")
            allowed = role in ON_AN_EMPTY_STORE["empty-load"]
            assert ("empty-load" in controls(there)) is allowed
            if allowed:
                there.find("#empty-load").click()
                there.told("#empty-told", "geladen")
                with store.begin() as connection:
                    wish = decisions.open_wishes(connection)[0]
                    assert (wish.who, wish.wish) == (role, "load_sample")
                    decisions.fulfil(connection, wish.id, "ok", world.NOW)

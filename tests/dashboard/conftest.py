"""What tests of the pages share: apps over a small world, and people who log in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import Engine

from dashboard.app import create_app
from data import decisions
from data.config import Config
from data.engine import open_store
from tests.dashboard import world
from tests.dashboard.browser import browser

PASSWORD = "lange genug 1"


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty store in SQLite."""
    path = tmp_path / "pages.db"
    shutil.copy(sqlite_template, path)
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.dispose()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """The default settings."""
    return Config(folder=tmp_path)


@pytest.fixture(scope="session")
def world_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the small world, and one person of each role; to be copied."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copy(sqlite_template, path)
    opened = open_store(f"sqlite:///{path}")
    world.fill(opened)
    with opened.begin() as connection:
        for role in decisions.ROLES:
            decisions.add_user(connection, role, role, PASSWORD, world.NOW)
    with opened.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.dispose()
    return path


@pytest.fixture
def full(world_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An open store with the small world, and one person of each role."""
    path = tmp_path / "full.db"
    shutil.copy(world_file, path)
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.dispose()


@pytest.fixture
def app(config: Config, full: Engine) -> Dash:
    """The pages over the small world, with login."""
    return create_app(config, full, now=lambda: world.NOW)


@pytest.fixture
def demo(config: Config, full: Engine) -> Dash:
    """The pages over the small world, as the demo."""
    return create_app(config, full, demo=True, now=lambda: world.NOW)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for all tests of one file; its event loop would be in the way of others."""
    with browser() as started:
        yield started


@pytest.fixture
def as_role(app: Dash) -> Callable[[str], FlaskClient]:
    """Log somebody in and hand back their browser."""

    def login(role: str) -> FlaskClient:
        client = app.server.test_client()
        token = token_of(client)
        answer = client.post(
            "/login", data={"name": role, "password": PASSWORD, "csrf_token": token}
        )
        assert answer.status_code == 302
        return client

    return login


def token_of(client: FlaskClient) -> str:
    """Load a page and give the token that goes with its forms and callbacks."""
    client.get("/login", follow_redirects=True)
    cookie = client.get_cookie("_csrf_token")
    assert cookie is not None
    return str(cookie.value)


def open_page(client: FlaskClient, path: str, search: str = "") -> Any:
    """Ask for a page's content as the browser does."""
    client.get(path)
    location = {"id": "_pages_location"}
    return call(
        client,
        ["_pages_content.children", "_pages_store.data"],
        [
            {**location, "property": "pathname", "value": path},
            {**location, "property": "search", "value": search},
        ],
    )


def call(
    client: FlaskClient,
    outputs: list[str],
    inputs: list[dict[str, Any]],
    state: list[dict[str, Any]] | None = None,
    token: str | None = None,
) -> Any:
    """Call a callback over HTTP with the page's token."""
    named = [dict(zip(("id", "property"), each.rsplit(".", 1), strict=True)) for each in outputs]
    triggered = [f"{each['id']}.{each['property']}" for each in inputs if each.get("value")]
    return client.post(
        "/_dash-update-component",
        json={
            "output": f"..{'...'.join(outputs)}..",
            "outputs": named,
            "inputs": inputs,
            "state": state or [],
            "changedPropIds": triggered[:1],
        },
        headers={"X-CSRFToken": token_of(client) if token is None else token},
    )


def texts(component: Any) -> str:
    """Give all words of a component, or of its JSON, in reading order."""
    if component is None or isinstance(component, bool):
        return ""
    if isinstance(component, str | int | float):
        return str(component)
    if isinstance(component, list | tuple):
        return " ".join(filter(None, (texts(each) for each in component)))
    if hasattr(component, "to_plotly_json"):
        component = component.to_plotly_json()
    if isinstance(component, dict):
        props = component.get("props", {})
        return " ".join(filter(None, (texts(props.get("children")), texts(props.get("svg")))))
    raise TypeError(type(component))

"""Pages that are built one after the other."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard import in_turn
from dashboard.in_turn import Turns
from dashboard.pages import contacts
from data.writes.rollups import keep_rollups
from tests.dashboard.conftest import open_page

Login = Callable[[str], FlaskClient]
PAGE = "/fragen/anlaufstellen"
FOR_EVER = 600.0


def test_who_waits_longest_is_next() -> None:
    turns = Turns()
    order: list[int] = []
    assert turns.take(FOR_EVER)

    def work(name: int) -> None:
        turns.take(FOR_EVER)
        order.append(name)
        turns.give()

    threads = []
    for name in range(5):
        threads.append(threading.Thread(target=work, args=(name,)))
        threads[-1].start()
        while len(turns._waiting) <= name:
            time.sleep(0.001)
    turns.give()
    for each in threads:
        each.join()
    assert order == [0, 1, 2, 3, 4]
    assert turns.take(0)  # the last one has given it back


def test_who_waited_too_long_goes_on_and_takes_nobody_s_turn() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0)
    turns.give()
    assert turns.take(0)


def test_while_a_page_is_built_the_next_waits_and_what_is_kept_does_not(
    app: Dash, as_role: Login, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_rollups(full)
    reader, *others = (as_role("press") for _ in range(3))
    reader.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"
    kept = open_page(reader, "/warnungen").data
    monkeypatch.setattr(in_turn, "WAITS", FOR_EVER)
    building, on = threading.Semaphore(0), threading.Event()
    show = contacts.show

    def slow(*asked: Any) -> Any:
        building.release()
        on.wait()
        return show(*asked)

    monkeypatch.setattr(contacts, "show", slow)
    answers: list[int] = []

    def read(client: FlaskClient) -> None:
        answers.append(open_page(client, PAGE).status_code)

    threads = [threading.Thread(target=read, args=(each,)) for each in others]
    for each in threads:
        each.start()
    building.acquire()
    while not app.server.extensions["in_turn"]._waiting:
        time.sleep(0.001)
    assert open_page(reader, "/warnungen").data == kept
    assert not building.acquire(blocking=False)
    on.set()
    for each in threads:
        each.join()
    assert answers == [200, 200]


def test_a_page_that_breaks_gives_its_turn_back(
    app: Dash, as_role: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_role("press")
    with monkeypatch.context() as broken:
        broken.setattr(contacts, "show", lambda *_: 1 / 0)
        assert open_page(client, PAGE).status_code == 500
    assert app.server.extensions["in_turn"].take(0)

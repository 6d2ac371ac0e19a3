"""Which process accepts a connection."""

from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.workers.gthread import ThreadWorker

from dashboard import even_worker
from dashboard.even_worker import Connections, EvenWorker


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What a process waited before it accepted."""
    found: list[float] = []
    monkeypatch.setattr(even_worker.time, "sleep", found.append)
    monkeypatch.setattr(ThreadWorker, "accept", lambda *_: None)
    return found


@pytest.mark.parametrize(("here", "there", "waits"), [(3, 2, True), (2, 2, False), (1, 2, False)])
def test_who_has_more_connections_lets_the_other_go_first(
    waited: list[float], here: int, there: int, waits: bool
) -> None:
    connections = Connections()
    one, other = _started(connections, 2)
    connections.tell(other.place, there)
    one.nr_conns = here
    one.accept(None)
    assert bool(waited) is waits


def test_of_two_with_as_many_the_second_lets_the_first_go_first(waited: list[float]) -> None:
    connections = Connections()
    one, other = _started(connections, 2)
    connections.tell(one.place, 0)
    other.accept(None)
    assert waited


def test_who_waits_goes_on_once_the_other_has_taken_a_connection(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    connections = Connections()
    one, other = _started(connections, 2)
    connections.tell(other.place, 0)
    one.nr_conns = 1
    monkeypatch.setattr(even_worker, "HEAD_START", 600.0)
    monkeypatch.setattr(even_worker.time, "sleep", lambda _: connections.tell(other.place, 2))
    one.accept(None)
    assert not waited


def test_one_process_alone_never_waits(waited: list[float]) -> None:
    (alone,) = _started(Connections(), 1)
    alone.nr_conns = 7
    alone.accept(None)
    assert not waited


def test_who_ended_is_not_waited_for_and_its_place_is_given_again(waited: list[float]) -> None:
    connections = Connections()
    one, ended = _started(connections, 2)
    connections.tell(ended.place, 0)
    new = _started(connections, 1, living=[one])[0]
    assert new.place == ended.place
    one.nr_conns = 5
    one.accept(None)
    assert not waited


def _started(connections: Connections, count: int, living: list[Any] | None = None) -> list[Any]:
    workers = dict(enumerate(living or []))
    found = []
    for _ in range(count):
        worker = EvenWorker.__new__(EvenWorker)
        worker.app, worker.nr_conns = SimpleNamespace(connections=connections), 0
        connections.take_place(SimpleNamespace(WORKERS=workers), worker)
        workers[len(workers)] = worker
        found.append(worker)
    return found

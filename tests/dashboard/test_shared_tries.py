"""Counting tries to log in for several processes."""

import os
import time

import pytest

from dashboard import shared_tries
from dashboard.shared_tries import SharedTries

MINUTE = 60


@pytest.fixture
def tries() -> SharedTries:
    return SharedTries()


def test_tries_are_counted_by_key_until_their_time_is_over(
    tries: SharedTries, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(shared_tries.time, "time", lambda: now)
    assert [tries.incr("ana", MINUTE) for _ in range(3)] == [1, 2, 3]
    assert tries.incr("ben", MINUTE, 5) == 5
    assert (tries.get("ana"), tries.get("ben"), tries.get("cem")) == (3, 5, 0)
    assert (tries.get_expiry("ana"), tries.get_expiry("cem")) == (now + MINUTE, now)
    now += MINUTE
    assert tries.get("ana") == 0
    assert tries.incr("ana", MINUTE) == 1


def test_what_is_cleared_is_forgotten(tries: SharedTries) -> None:
    for name in ("ana", "ben"):
        tries.incr(name, MINUTE)
    tries.clear("ana")
    assert (tries.get("ana"), tries.get("ben")) == (0, 1)
    tries.reset()
    assert tries.get("ben") == 0
    assert tries.check()


def test_no_try_is_lost_between_processes(tries: SharedTries) -> None:
    started = []
    for _ in range(4):
        child = os.fork()
        if not child:
            for _ in range(100):
                tries.incr("ana", MINUTE)
            os._exit(0)
        started.append(child)
    assert [os.waitpid(each, 0)[1] for each in started] == [0] * 4
    assert tries.get("ana") == 400


def test_a_process_that_is_killed_while_it_counts_stops_nobody(tries: SharedTries) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with tries._alone():
            os.write(writing, b"x")
            time.sleep(600)
    os.read(reading, 1)
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert tries.incr("ana", MINUTE) == 1


def test_of_too_many_addresses_the_count_that_ends_first_is_forgotten(tries: SharedTries) -> None:
    tries.incr("minute", MINUTE)
    tries.incr("hour", 60 * MINUTE)
    for number in range(shared_tries.PLACES - 1):
        tries.incr(str(number), 2 * MINUTE)
    assert tries.get("minute") == 0
    assert tries.get("hour") == 1


def test_nothing_in_memory_names_the_address(tries: SharedTries) -> None:
    tries.incr("LIMITER/192.0.2.7/login", MINUTE)
    assert b"192.0.2.7" not in bytes(tries._counts)

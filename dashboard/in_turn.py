"""Pages are built one after the other, in the order in which they were asked for.

Python runs one thread at a time: of four pages built at once each takes as long as all four, and
some much longer, as chance decides which thread goes on. What is kept, files and what people write
do not wait, and nobody waits long: a slow search does not stop the others.
"""

import threading
from collections import deque

from flask import Flask, current_app, g, request

from dashboard.built_once import address_of

WAITS = 1.0  # seconds; whoever waited longer builds the page beside the others


class Turns:
    """Who is at work, and who waits, the first first."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self, seconds: float) -> bool:
        """Wait for a turn, so long at most; say whether it came."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(seconds):
            return True
        with self._lock:
            if turn.is_set():  # just now
                return True
            self._waiting.remove(turn)
            return False

    def give(self) -> None:
        """End a turn: the next one begins."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


def build_in_turn(server: Flask) -> None:
    """Let who asks for a page that has to be built wait for a turn."""
    server.extensions["in_turn"] = Turns()
    server.before_request(_begin)
    server.teardown_request(_end)


def _begin() -> None:
    if address_of(request) is not None:
        g.has_turn = current_app.extensions["in_turn"].take(WAITS)


def _end(_error: BaseException | None) -> None:
    if g.pop("has_turn", False):
        current_app.extensions["in_turn"].give()

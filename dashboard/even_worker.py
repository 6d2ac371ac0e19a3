"""A process of gunicorn that leaves a new connection to the one that has the fewest.

The system gives a connection to whichever process asks first, of idle ones mostly to the same, and
a browser keeps its connections: of eight readers one process had one to three, the other the rest.
"""

import time
from multiprocessing import RawArray
from socket import socket
from typing import Any

from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

PLACES = 64  # processes that can be told apart
HEAD_START = 0.005  # seconds that a process with more connections gives the others at most
MOMENT = 0.0005  # seconds between two looks whether one of them has taken it


class Connections:
    """How many connections each process has open, in memory that all share."""

    def __init__(self) -> None:
        self._open = RawArray("i", [-1] * PLACES)  # -1: no process

    def take_place(self, arbiter: Arbiter, worker: Any) -> None:
        """Give a process that is about to start the place of none that lives."""
        taken = {each.place for each in arbiter.WORKERS.values()}
        for place in range(PLACES):
            if place not in taken:
                self._open[place] = -1
        worker.place = next(each for each in range(PLACES) if each not in taken)

    def tell(self, place: int, count: int) -> None:
        """Say how many the process at `place` has."""
        self._open[place] = count

    def next_up(self) -> int:
        """Give the place of the process with the fewest; of several, the first."""
        return min((count, place) for place, count in enumerate(self._open) if count >= 0)[1]


class EvenWorker(ThreadWorker):  # type: ignore[misc]
    """Answers with threads, and accepts a connection at once only where no other has fewer."""

    place = 0

    def accept(self, listener: socket) -> None:
        """Accept a connection that no other process took meanwhile."""
        connections, until = self.app.connections, time.monotonic() + HEAD_START
        connections.tell(self.place, self.nr_conns)
        while connections.next_up() != self.place and time.monotonic() < until:
            time.sleep(MOMENT)
        super().accept(listener)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for what happens on the connections, and say how many there are then."""
        super().wait_for_and_dispatch_events(timeout)
        self.app.connections.tell(self.place, self.nr_conns)

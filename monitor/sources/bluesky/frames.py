"""The stream's connection (Jetstream v2, `network.bsky.jetstream.subscribeEvents`).

Events come with a number each (`seq`) that means something to the server that gave it alone; the
time at which it witnessed them means the same everywhere. Where a number is of no use any more
(another server behind the name, a number it keeps no more or does not know) reading goes on by
time, a little earlier than it stopped. What is read twice by that is the same once stored.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any, NamedTuple
from urllib.parse import urlencode

import orjson
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidStatus,
    WebSocketException,
)
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from data.errors import RecordError
from monitor.items.bluesky import POST, PROFILE, REPOST
from monitor.sources.bluesky.mapping import time_of
from monitor.sources.bluesky.refusals import ended, error_name, refused, unreachable
from monitor.sources.http import Patience

PATH = "/xrpc/network.bsky.jetstream.subscribeEvents"
REWIND = timedelta(seconds=10)  # servers witness the same event some seconds apart
BATCH = 1_000  # events that are stored together, or those of
BATCH_SECONDS = 2.0
LARGEST_FRAME = 4_000_000  # bytes; a record is below 1 MB
QUIET_SECONDS = 5.0  # without an event: nothing happens there, or the server is stuck
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ASKED = (
    *(("kinds", kind) for kind in ("commit", "identity", "account")),
    *(("collections", name) for name in (POST, REPOST, PROFILE)),
    ("maxMessageSizeBytes", str(LARGEST_FRAME)),  # a larger one would break the connection
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading goes on: after `seq` of the server that calls itself `boot`, or at `at`."""

    at: datetime
    seq: int | None = None
    boot: str = ""


class Batch(NamedTuple):
    """Events in order, where to go on after them, and whether some before them are lost."""

    events: list[Mapping[str, Any]]
    odd: list[str]  # frames that are no events
    position: Position
    missed: bool


@dataclass
class Stream:
    """Reads events from a position until `until`, for `longest` seconds, or until all is quiet."""

    origin: str
    position: Position
    until: datetime
    seconds: float  # for connecting, and at most without an event
    patience: Patience
    longest: float
    caught_up: bool = False
    _missed: bool = False  # since the last batch
    _by_number: bool = field(init=False)

    def __post_init__(self) -> None:
        self._by_number = self.position.seq is not None

    def batches(self) -> Iterator[Batch]:
        """Yield what comes; a connection that breaks is made anew. Refused where that fails."""
        end = time.monotonic() + self.longest
        failed = 0
        while True:
            before = self.position
            try:
                with contextlib.closing(self._connected()) as connection:
                    yield from self._read(connection, end)
                    return
            except (ConnectionClosed, _ElsewhereError) as error:
                self._by_number = self._by_number and not isinstance(error, _ElsewhereError)
                failed = 1 if self.position != before else failed + 1
                if failed >= self.patience.attempts or time.monotonic() > end:
                    raise unreachable(self.origin, str(error)) from error
                self.patience.sleep(self.patience.first_wait)

    def _connected(self) -> ClientConnection:
        """Connect, by number or by time; a server that cannot go on by number is asked by time."""
        failed = 0
        while True:
            try:
                connection = self._open()
            except InvalidStatus as error:
                if self._by_number and error_name(error) == "CursorTooOld":
                    self._by_number, self._missed = False, True
                    continue
                told = refused(self.origin, error)
            except (OSError, InvalidHandshake, InvalidMessage, WebSocketException) as error:
                told = unreachable(self.origin, str(error) or type(error).__name__)
            else:
                boot = (
                    connection.response.headers.get("Jetstream-Boot-Id", "")
                    if connection.response
                    else ""
                )
                if self._by_number and self.position.boot != boot:
                    connection.close()
                    self._by_number = False
                    continue
                self.position = replace(self.position, boot=boot)
                return connection
            failed += 1
            if told.state not in ("unreachable", "unavailable") or (
                failed >= self.patience.attempts
            ):
                raise told
            self.patience.sleep(self.patience.first_wait)

    def _open(self) -> ClientConnection:
        by_number = self._by_number and self.position.seq is not None
        cursor = self.position.seq if by_number else _microseconds(self.position.at - REWIND)
        return connect(
            f"{self.origin}{PATH}?{urlencode([*_ASKED, ('cursor', str(cursor))])}",
            subprotocols=[Subprotocol("xrpc.v1.json")],
            compression=None,
            open_timeout=self.seconds,
            close_timeout=1,
            max_size=2 * LARGEST_FRAME,
            user_agent_header=f"hhhilft-monitor/{version('hhhilft-monitor')}",
            legacy=True,  # connects now, not in a `with`: the answer decides whether it is kept
        )

    def _read(self, connection: ClientConnection, end: float) -> Iterator[Batch]:
        batch, due = self._empty(), time.monotonic() + BATCH_SECONDS
        try:
            while not self.caught_up and time.monotonic() < end:
                try:
                    frame = connection.recv(timeout=min(self.seconds, QUIET_SECONDS))
                except TimeoutError:
                    break
                self._take(frame, batch)
                if len(batch.events) + len(batch.odd) >= BATCH or time.monotonic() > due:
                    yield self._whole(batch)
                    batch, due = self._empty(), time.monotonic() + BATCH_SECONDS
        except (ConnectionClosed, _ElsewhereError):
            if batch.events or batch.odd:
                yield self._whole(batch)
            raise
        if batch.events or batch.odd:
            yield self._whole(batch)

    def _empty(self) -> Batch:
        return Batch([], [], self.position, missed=False)

    def _whole(self, batch: Batch) -> Batch:
        missed, self._missed = self._missed, False
        return batch._replace(position=self.position, missed=missed)

    def _take(self, frame: str | bytes, batch: Batch) -> None:
        try:
            message = orjson.loads(frame)
            payload = message["payload"] if message["$type"] == "message" else message
            kind = str(payload.get("$type", "")).rpartition("#")[2]
        except (ValueError, KeyError, TypeError, AttributeError):
            batch.odd.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))
            return
        if message["$type"] == "error":
            raise ended(self.origin, message)
        if kind == "info":
            self._hear(str(payload.get("name")))
            return
        try:
            seq, when = int(payload["seq"]), time_of(payload)
        except (KeyError, TypeError, ValueError, RecordError):
            batch.odd.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))
            return
        if self._by_number and self.position.seq is not None and seq <= self.position.seq:
            return  # the server repeats the last one
        self._by_number = True
        self.position = replace(self.position, at=when, seq=seq)
        self.caught_up = when >= self.until
        batch.events.append(payload)

    def _hear(self, notice: str) -> None:
        if notice == "FutureCursor" and self._by_number:
            raise _ElsewhereError(notice)  # a number of another server's
        if notice == "OutdatedCursor":
            self._missed = True


class _ElsewhereError(Exception):
    """The server does not know our number; it is to be asked by time."""


def _microseconds(at: datetime) -> int:
    return max((at - _EPOCH) // timedelta(microseconds=1), 10**15)

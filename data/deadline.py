"""One deadline for a whole reply, so that a server that sends a byte now and then holds nobody.

The timeouts of `requests` are for one read each. Here a watch closes the connection when the time
for the reply, from the end of the request to the last byte, is over.
"""

import contextlib
import io
import socket
import threading
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Overdue(Exception):  # noqa: N818 - a state, as the callers see it
    """The reply was not complete in time."""


class Watch:
    """Closes a socket after `seconds` unless it is cancelled before."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self.overdue = False
        self._socket = connection
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Let the connection live."""
        self._timer.cancel()

    def _cut(self) -> None:
        self.overdue = True
        with contextlib.suppress(OSError):  # closed already
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # past TLS, which would wait


class _Watched:
    """Mixed into urllib3's connections: the reply carries its watch."""

    def getresponse(self) -> Any:
        watch = Watch(self.sock, self.timeout)  # type: ignore[attr-defined]
        try:
            response = super().getresponse()  # type: ignore[misc]
        except Exception as error:
            watch.cancel()
            if watch.overdue:
                raise Overdue from error
            raise
        response.watch = watch
        return response


class _Connection(_Watched, HTTPConnection): ...


class _TlsConnection(_Watched, HTTPSConnection): ...


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {"http": _Pool, "https": _TlsPool}


class DeadlineAdapter(HTTPAdapter):
    """Gives a `requests` session connections whose replies have a deadline: the read timeout."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of the session."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Make the pools for a proxy."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class WholeReplyAdapter(DeadlineAdapter):
    """Reads each reply whole, before its deadline, for libraries that know nothing of deadlines.

    One that comes too late is a `requests.ReadTimeout`, one above `largest` bytes a
    `requests.ConnectionError`.
    """

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = largest

    def send(self, request: requests.PreparedRequest, *args: Any, **how: Any) -> requests.Response:
        """Send a request; what comes back needs the network no more."""
        try:
            response = super().send(request, *args, **how)
        except Overdue as error:
            raise requests.ReadTimeout(request=request) from error
        raw: Any = response.raw  # with the watch that the connection gave it
        try:
            body = raw.read(self._largest + 1, decode_content=True)
        except Exception as error:
            kind = requests.ReadTimeout if raw.watch.overdue else requests.ConnectionError
            raise kind(error, request=request) from error
        finally:
            raw.watch.cancel()
            raw.close()
        if raw.watch.overdue:  # a body without a length ends where it was cut
            raise requests.ReadTimeout(request=request)
        if len(body) > self._largest:
            raise requests.ConnectionError("The reply is too large.", request=request)
        response.raw = io.BytesIO(body)
        return response

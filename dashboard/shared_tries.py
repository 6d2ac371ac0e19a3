"""How often somebody tried to log in, counted for all processes that serve the pages together.

In memory that they share, and gone with them. The address is not in it, only what it comes to
scrambled. A lock of the operating system guards it, which goes with a process that is killed.
"""

import fcntl
import hashlib
import math
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import mmap
from tempfile import TemporaryFile
from threading import Lock

from limits.storage import Storage

SHARED = "shared"
PLACES = 4096  # counts that are kept at once: two for each address, of a minute and of an hour
_COUNT = struct.Struct("=16sdI")  # whose, until when (seconds since 1970), how many


class SharedTries(Storage):
    """Made before the processes part; `storage_uri="shared://"` of flask-limiter is this."""

    STORAGE_SCHEME = [SHARED]  # noqa: RUF012 - how `limits` finds it

    def __init__(self, uri: str | None = None, **options: float | str | bool) -> None:
        super().__init__(uri, **options)  # type: ignore[arg-type]
        self._counts = mmap(-1, PLACES * _COUNT.size)
        self._processes, self._threads = TemporaryFile(), Lock()  # noqa: SIM115 - open to the end

    @property
    def base_exceptions(self) -> type[Exception]:
        """Name what can go wrong."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more for `expiry` seconds from the first on; return how many there are."""
        with self._alone():
            place, until, count = self._find(key)
            until = until or time.time() + expiry
            self._write(place, key, until, count + amount)
            return count + amount

    def get(self, key: str) -> int:
        """Tell how many there are."""
        with self._alone():
            return self._find(key)[2]

    def get_expiry(self, key: str) -> float:
        """Tell until when they count, in seconds since 1970."""
        with self._alone():
            return self._find(key)[1] or time.time()

    def clear(self, key: str) -> None:
        """Forget those of one key."""
        with self._alone():
            self._write(self._find(key)[0], key, 0, 0)

    def reset(self) -> int | None:
        """Forget all."""
        with self._alone():
            self._counts[:] = bytes(len(self._counts))
        return None

    def check(self) -> bool:
        """Say that it can be used."""
        return True

    def _find(self, key: str) -> tuple[int, float, int]:
        """Give the place of a key, until when it counts and how many there are.

        Where it has none, that of the count that ends first, as a rule one that is over: no time
        and none counted.
        """
        now, name = time.time(), _name(key)
        first, ends = 0, math.inf
        for place, (whose, until, count) in enumerate(_COUNT.iter_unpack(self._counts)):
            if whose == name and until > now:
                return place, until, count
            if until < ends:
                first, ends = place, until
        return first, 0, 0

    def _write(self, place: int, key: str, until: float, count: int) -> None:
        _COUNT.pack_into(self._counts, place * _COUNT.size, _name(key), until, count)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._processes, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._processes, fcntl.LOCK_UN)


def _name(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=16).digest()

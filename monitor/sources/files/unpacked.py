"""The bytes of a file or of standard input, unpacked where gzip or Zstandard packed them."""

import io
import os
import stat
import sys
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from data.errors import SourceError
from data.system_words import why_de

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
STANDARD_INPUT = "-"
_CHUNK = {"gzip": 65_536, "zstd": 4_096}  # packed bytes a turn; bounds what a bomb unpacks to
_PLAIN_CHUNK = 262_144


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """A readable stream; ends where a damaged or cut-off file can be read no further.

    `damage` then says what was met; it is None for a whole file.
    """

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self.damage: str | None = None
        self._packed = packed
        self._size = _size(packed)
        self._ready = b""
        self._at = 0
        self._decompressor: _Decompressor | None = None
        start = packed.read(4)
        self._kind = "gzip" if start[:2] == GZIP else "zstd" if start == ZSTD else None
        self._rest = start

    def share(self) -> float | None:
        """Say how much of the file is read, 0 to 1; None of standard input, whose end is open."""
        if self._size is None:
            return None
        return min(1.0, self._packed.tell() / self._size) if self._size else 1.0

    def readable(self) -> bool:
        """Say yes, as io asks."""
        return True

    def start(self, size: int) -> bytes:
        """Return the first bytes (fewer of a shorter file) without taking them; before any read."""
        while len(self._ready) < size and (more := self._more()) is not None:
            self._ready += more
        return self._ready[:size]

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill `buffer` with unpacked bytes; 0 at the end."""
        while self._at >= len(self._ready):
            more = self._more()
            if more is None:
                return 0
            self._ready, self._at = more, 0
        part = self._ready[self._at : self._at + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file underneath; standard input stays open."""
        if self._packed is not sys.stdin.buffer:
            self._packed.close()
        super().close()

    def _more(self) -> bytes | None:
        size = _CHUNK[self._kind] if self._kind else _PLAIN_CHUNK
        data = self._rest or self._packed.read(size)
        self._rest = b""
        if self._kind is None or self.damage:
            return (data or None) if not self.damage else None
        if not data:
            if self._decompressor is not None and not self._decompressor.eof:
                self.damage = f"{self._kind} ends too early"
            return None
        try:
            return self._unpack(data)
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = f"{self._kind}: {error}"
            return None

    def _unpack(self, data: bytes) -> bytes:
        if self._decompressor is None or self._decompressor.eof:  # a file may hold several streams
            data = data.lstrip(b"\x00") if self._decompressor else data  # padding after a stream
            if not data:
                return b""
            self._decompressor = _decompressor(self._kind)
        unpacked = self._decompressor.decompress(data)
        if self._decompressor.eof:
            self._rest = self._decompressor.unused_data
        return unpacked


def _size(packed: BinaryIO) -> int | None:
    try:
        found = os.fstat(packed.fileno())
    except (OSError, ValueError):  # no file of the system
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def open_unpacked(path: Path | str) -> Unpacked:
    """Open a file, or standard input for `-`; whether it is packed is told by its first bytes.

    Raises SourceError where there is no such file or it may not be read.
    """
    if str(path) == STANDARD_INPUT:
        return Unpacked(sys.stdin.buffer)
    try:
        return Unpacked(Path(path).open("rb"))
    except OSError as error:
        raise SourceError(
            de=f"{path} lässt sich nicht öffnen: {why_de(error)}. Pfad und Rechte prüfen.",
            en=f"{path} cannot be opened: {error.strerror}. Check the path and its permissions.",
        ) from error


def _decompressor(kind: str | None) -> _Decompressor:
    if kind == "gzip":
        return zlib.decompressobj(wbits=31)
    return zstandard.ZstdDecompressor().decompressobj()

"""The lines of an unpacked file as text: bounded, whatever their encoding and line ends."""

import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from data.errors import RecordError
from data.quarantine import LONGEST_BODY
from monitor.sources.files.unpacked import Unpacked

LONGEST_LINE = 4_000_000  # bytes; a post of 100,000 characters, all escaped, is below 1.3 MB
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):
    """One line without its end. `whole`: it has one; the last line of a cut-off file has none."""

    number: int  # from 1
    text: str
    whole: bool
    error: RecordError | None = None  # the line cannot be used, whatever its format
    latin1: bool = False


def lines(stream: Unpacked) -> Iterator[Line]:
    """Yield the lines, also empty ones. What is no UTF-8 is read as Latin-1; NUL bytes vanish."""
    buffered: BinaryIO = io.BufferedReader(stream, 1 << 18)
    number = 0
    while line := buffered.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
            if line.startswith(_UTF16):
                yield Line(1, "", whole=True, error=RecordError("encoding_broken", "UTF-16"))
                return
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            size = len(line) + _skip(buffered)
            error = RecordError("line_too_long", f"{size} bytes")
            start = line[:LONGEST_BODY].decode("utf-8", "replace")
            yield Line(number, start, whole=True, error=error)
            continue
        text, latin1 = _decode(line)
        stripped = text.replace("\x00", "").strip("\r\n")
        yield Line(number, stripped, line.endswith(b"\n"), None, latin1)


def _decode(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode(), False
    except UnicodeDecodeError:
        return line.decode("latin-1"), True


def _skip(buffered: BinaryIO) -> int:
    size = 0
    while part := buffered.readline(1 << 20):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size

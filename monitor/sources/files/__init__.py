"""Posts from files, recognised by content. A new format: its module, and its name in FORMATS."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from data.errors import RecordError
from data.quarantine import Rejected
from data.records import Post, post_from_json
from monitor.sources.files import coortweet, own, parquet
from monitor.sources.files.lines import Line, lines
from monitor.sources.files.unpacked import Unpacked, open_unpacked

MAPPER = "files-1"  # version of the translation, for quarantine
_LOOKED_AT = 20  # unknown lines that are told one by one


class Format(NamedTuple):
    """How a format is recognised by a line, and how lines from there on become posts."""

    looks_like: Callable[[str], bool]
    posts: Callable[[Iterable[Line]], Iterator[tuple[Line, Post | RecordError]]]


FORMATS: Mapping[str, Format] = {
    "coortweet": Format(coortweet.looks_like, coortweet.posts),
    "jsonl": Format(own.looks_like, own.posts),
}


class PostFile:
    """A file of posts; read it once, by iterating. `-` is standard input.

    `format` and `latin1` (lines that are no UTF-8) are known after reading.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self.format: str | None = None
        self.latin1 = 0

    def __iter__(self) -> Iterator[Post | Rejected]:
        """Yield posts, and what is none with line and reason; SourceError if it does not open."""
        with open_unpacked(self.path) as stream:
            if parquet.is_parquet(stream):
                self.format = "parquet"
                yield from _from_rows(stream)
                return
            last = 0
            for line, found in self._translated(self._counted(lines(stream))):
                last = line.number
                yield found if isinstance(found, Post) else Rejected(last, found, line.text)
            if stream.damage:
                error = RecordError("archive_broken", stream.damage)
                yield Rejected(last + 1, error, stream.damage)
            elif last == 0:
                yield Rejected(None, RecordError("file_empty"), "")

    def _translated(self, read: Iterator[Line]) -> Iterator[tuple[Line, Post | RecordError]]:
        """Recognise the format by the first line that tells one, and go on in it.

        Of lines before it each of the first is told; what follows those is told as one.
        """
        first: Line | None = None
        further = 0
        for looked_at, line in enumerate(read, 1):
            chosen = None if line.error else _recognised(line.text)
            if chosen:
                self.format = chosen
                yield from _passed_over(first, further)
                yield from FORMATS[chosen].posts(chain([line], read))
                return
            if looked_at <= _LOOKED_AT:
                yield line, line.error or RecordError("format_unknown", line.text)
            elif first is None:
                first, further = line, 1
            else:
                further += 1
        yield from _passed_over(first, further)

    def _counted(self, read: Iterator[Line]) -> Iterator[Line]:
        for line in read:
            self.latin1 += line.latin1
            yield line


def read_posts(path: Path | str) -> Iterator[Post | Rejected]:
    """Read a file in Parquet or any of FORMATS; plain, gzip or Zstandard; `-` is standard input.

    Yields posts in the file's order, and in their place what is none, with line and reason.
    Memory: one line (Parquet: some rows). Raises SourceError where the file cannot be opened.
    """
    return iter(PostFile(path))


def _recognised(text: str) -> str | None:
    return next((name for name, each in FORMATS.items() if each.looks_like(text)), None)


def _passed_over(first: Line | None, further: int) -> Iterator[tuple[Line, RecordError]]:
    if first is not None:
        yield first, RecordError("format_unknown", f"{further} lines from here")


def _from_rows(stream: Unpacked) -> Iterator[Post | Rejected]:
    for number, row in parquet.rows(stream):
        if isinstance(row, RecordError):
            yield Rejected(number, row, row.detail)
            continue
        try:
            yield post_from_json(row)
        except RecordError as error:
            yield Rejected(number, error, parquet.body(row))
    if stream.damage:
        yield Rejected(None, RecordError("archive_broken", stream.damage), stream.damage)

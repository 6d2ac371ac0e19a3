"""Reads a file in whatever format it is, told by its content."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from data.errors import RecordError
from data.quarantine import Rejected
from data.records import LONGEST_ID, Post
from monitor.sources.files import bluesky_car, bluesky_firehose, feed, json_values, parquet
from monitor.sources.files.csv_rows import header, rows
from monitor.sources.files.formats import Csv
from monitor.sources.files.json_lines import decoded
from monitor.sources.files.known import FORMATS, OWN
from monitor.sources.files.lines import Line, lines
from monitor.sources.files.unpacked import Unpacked, open_unpacked

T = TypeVar("T")

_LOOKED_AT = 20  # items of an unknown form that are told one by one
_UNEXPECTED = (TypeError, AttributeError, ValueError, KeyError, IndexError, RecursionError)

Told = tuple[Line, T | RecordError]


class Reader(Generic[T]):
    """A file of posts; read it once, by iterating. `-` is standard input.

    `of_own` reads an object of the project's own JSON (and a row of Parquet), `of_post` takes what
    the other formats give. `format` and `latin1` (lines that are no UTF-8) are known after reading.
    """

    def __init__(
        self, path: Path | str, of_own: Callable[[Any], T], of_post: Callable[[Post], T]
    ) -> None:
        self.path = path
        self.format: str | None = None
        self.latin1 = 0
        self._stream: Unpacked | None = None
        self._of_own = of_own
        self._of_post = of_post

    def __iter__(self) -> Iterator[T | Rejected]:
        """Yield posts, and what is none with line and reason; SourceError if it does not open."""
        with open_unpacked(self.path) as stream:
            self._stream = stream
            last: int | None = 0
            for line, found in self._items(stream):
                last = line.number or None
                if isinstance(found, RecordError):
                    yield Rejected(last, found, line.text)
                else:
                    yield found
            if stream.damage:
                error = RecordError("archive_broken", stream.damage)
                yield Rejected(last + 1 if last is not None else None, error, stream.damage)
            elif last == 0:
                yield Rejected(None, RecordError("file_empty"), "")

    def share(self) -> float | None:
        """Say how much of the file is read, 0 to 1; None where that is not known."""
        return None if self._stream is None or self._stream.closed else self._stream.share()

    def _items(self, stream: Unpacked) -> Iterator[Told[T]]:
        if parquet.is_parquet(stream):
            self.format = "parquet"
            return self._of_rows(stream)
        if bluesky_car.is_car(stream.start(bluesky_car.LONGEST_START)):
            self.format = "bluesky_car"
            return self._without_lines(bluesky_car.posts(stream))
        if bluesky_firehose.is_firehose(stream.start(bluesky_firehose.LONGEST_START)):
            self.format = "bluesky_firehose"
            return self._without_lines(bluesky_firehose.posts(stream))
        if feed.is_feed(stream.start(feed.LOOKED_AT)):
            self.format = "feed"
            return self._without_lines(feed.posts(stream))
        if json_values.is_document(stream.start(json_values.LOOKED_AT)):
            return self._of_values(json_values.values(stream))
        return self._of_lines(self._counted(lines(stream)))

    def _of_rows(self, stream: Unpacked) -> Iterator[Told[T]]:
        for number, row in parquet.rows(stream):
            if isinstance(row, RecordError):
                yield Line(number, row.detail, whole=True), row
                continue
            found = self._own(row)
            text = parquet.body(row) if isinstance(found, RecordError) else ""
            yield Line(number, text, whole=True), found

    def _without_lines(self, read: Iterable[tuple[str, Post | RecordError]]) -> Iterator[Told[T]]:
        for text, found in read:
            yield Line(0, text, whole=True), self._sound(found)

    def _of_values(self, values: Iterator[json_values.Value]) -> Iterator[Told[T]]:
        """Recognise the format by the first object that tells one, and go on in it."""
        passed = _Passed()
        for line, item in values:
            name = _recognised(item)
            if name:
                self.format = name
                yield from passed.rest()
                yield from self._of_json(name, chain([(line, item)], values))
                return
            yield from passed.told(line, item if isinstance(item, RecordError) else None)
        yield from passed.rest()

    def _of_lines(self, read: Iterator[Line]) -> Iterator[Told[T]]:
        """Recognise the format by the first line that tells one, and go on in it."""
        passed = _Passed()
        for line in read:
            if not line.error and not line.text.strip():
                continue
            name, error = self._recognised_line(line)
            if name:
                self.format = name
                yield from passed.rest()
                known = FORMATS[name]
                if isinstance(known, Csv):
                    yield from self._of_csv(known, header(line.text), read)
                else:
                    yield from self._of_json(name, map(decoded, _full(chain([line], read))))
                return
            yield from passed.told(line, error)
        yield from passed.rest()

    def _recognised_line(self, line: Line) -> tuple[str | None, RecordError | None]:
        if line.error:
            return None, line.error
        if line.text.lstrip(" \t").startswith("{"):
            item = decoded(line)[1]
            return _recognised(item), item if isinstance(item, RecordError) else None
        names = header(line.text)
        csvs = ((name, each) for name, each in FORMATS.items() if isinstance(each, Csv))
        return next((name for name, each in csvs if each.recognises(names)), None), None

    def _of_json(self, name: str, items: Iterable[json_values.Value]) -> Iterator[Told[T]]:
        if name == OWN:
            for line, item in items:
                yield line, item if isinstance(item, RecordError) else self._own(item)
            return
        for line, item in items:
            if isinstance(item, RecordError):
                yield line, item
            elif not isinstance(item, dict):
                yield line, RecordError("not_an_object", type(item).__name__)
            else:
                yield from self._posts(line, FORMATS[name].posts, item)

    def _of_csv(self, known: Csv, names: list[str], read: Iterator[Line]) -> Iterator[Told[T]]:
        for line, row in rows(names, read):
            if isinstance(row, RecordError):
                yield line, row
            else:
                yield from self._posts(line, known.posts, row)

    def _own(self, item: Any) -> T | RecordError:
        try:
            return self._of_own(item)
        except RecordError as error:
            return error

    def _posts(
        self, line: Line, posts: Callable[[Any], Iterable[Any]], item: Any
    ) -> Iterator[Told[T]]:
        try:
            for found in posts(item):
                yield line, self._sound(found)
        except RecordError as error:
            yield line, error if line.whole else RecordError("line_cut_off", str(error))
        except _UNEXPECTED as error:
            yield line, RecordError("field_unreadable", f"{type(error).__name__}: {error}")

    def _sound(self, found: Post | RecordError) -> T | RecordError:
        """Refuse ids that no store holds: some formats put them together from parts."""
        if isinstance(found, RecordError):
            return found
        ids = (found.id, found.account.id, found.reply_to, found.repost_of, found.quote_of)
        longest = max(len(each) for each in ids if each is not None)
        if longest > LONGEST_ID:
            return RecordError("id_too_long", f"{longest} characters")
        return self._of_post(found)

    def _counted(self, read: Iterator[Line]) -> Iterator[Line]:
        for line in read:
            self.latin1 += line.latin1
            yield line


class _Passed:
    """Items before the first of a known format: the first ones are told, what follows as one."""

    def __init__(self) -> None:
        self._told = self._further = 0
        self._first: Line | None = None

    def told(self, line: Line, error: RecordError | None) -> Iterator[tuple[Line, RecordError]]:
        self._told += 1
        if self._told <= _LOOKED_AT:
            yield line, error or RecordError("format_unknown", line.text)
            return
        self._first = self._first or line
        self._further += 1

    def rest(self) -> Iterator[tuple[Line, RecordError]]:
        if self._first is not None:
            yield self._first, RecordError("format_unknown", f"{self._further} lines from here")


def _recognised(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    jsons = ((name, each) for name, each in FORMATS.items() if not isinstance(each, Csv))
    return next((name for name, each in jsons if each.recognises(item)), None)


def _full(read: Iterable[Line]) -> Iterator[Line]:
    return (line for line in read if line.error or line.text.strip())

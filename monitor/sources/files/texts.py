"""Ids and texts from a file, for tagging: of JSON Lines nothing else is asked for."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from data.errors import RecordError
from data.quarantine import LONGEST_BODY, Rejected
from data.records import LONGEST_TEXT, clean, read_id
from monitor.sources.files import FORMATS, parquet
from monitor.sources.files.lines import Line, lines
from monitor.sources.files.unpacked import Unpacked, open_unpacked

_LOOKED_AT = 20  # lines at most in which a format is recognised
_OWN = "jsonl"  # read here, because tagging needs neither network nor account


def read_texts(path: Path | str) -> Iterator[tuple[str, str] | Rejected]:
    """Yield (id, text) of each post, and what is none with its line and the reason.

    Takes every import format; `-` is standard input. Raises SourceError if it cannot be opened.
    """
    with open_unpacked(path) as stream:
        if parquet.is_parquet(stream):
            yield from _rows(stream)
            return
        read = lines(stream)
        before = list(islice(read, _LOOKED_AT))
        if not before:
            yield Rejected(None, RecordError("file_empty"), str(path))
        yield from _texts(chain(before, read), _format(before))
        if stream.damage:
            error = RecordError("archive_broken", stream.damage)
            yield Rejected(None, error, f"{path}: {stream.damage}")


def _format(before: list[Line]) -> str:
    for line in before:
        for name, each in FORMATS.items():
            if name != _OWN and line.error is None and each.looks_like(line.text):
                return name
    return _OWN


def _texts(read: Iterable[Line], name: str) -> Iterator[tuple[str, str] | Rejected]:
    if name == _OWN:
        for line in read:
            try:
                yield _own(line)
            except RecordError as error:
                yield Rejected(line.number, error, line.text[:LONGEST_BODY])
        return
    for line, found in FORMATS[name].posts(read):
        if isinstance(found, RecordError):
            yield Rejected(line.number, found, line.text[:LONGEST_BODY])
        else:
            yield found.id, found.text


def _own(line: Line) -> tuple[str, str]:
    if line.error is not None:
        raise line.error
    try:
        item = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        raise RecordError("json_broken" if line.whole else "line_cut_off", str(error)) from error
    return _from_item(item)


def _rows(stream: Unpacked) -> Iterator[tuple[str, str] | Rejected]:
    for number, row in parquet.rows(stream):
        if isinstance(row, RecordError):
            yield Rejected(number, row, row.detail)
            continue
        try:
            yield _from_item(row)
        except RecordError as error:
            yield Rejected(number, error, parquet.body(row)[:LONGEST_BODY])


def _from_item(item: object) -> tuple[str, str]:
    if not isinstance(item, dict):
        raise RecordError("not_an_object", type(item).__name__)
    post = read_id(item.get("id"), "id")
    text = item.get("text", "")
    if "text" not in item or not (text is None or isinstance(text, str)):
        raise RecordError("field_unreadable", "text")
    text = clean(text or "")
    if len(text) > LONGEST_TEXT:
        raise RecordError("text_too_long", f"{len(text)} characters")
    return post, text

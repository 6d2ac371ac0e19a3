"""The rows of a CSV file: cells with line breaks, quotes and commas, each with its line."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from data.errors import RecordError
from monitor.sources.files.lines import Line

Row = tuple[Line, dict[str, str] | RecordError]


def header(line: str) -> list[str]:
    """Read the names of the columns; none of a line that is no CSV."""
    try:
        return [name.strip() for name in next(csv.reader([line.lstrip("\ufeff")], strict=True), [])]
    except csv.Error:
        return []


def rows(names: Sequence[str], lines: Iterable[Line]) -> Iterator[Row]:
    """Yield each row as its cells by name, with its first line; RecordError where it is none.

    `lines` are those after the header, the empty ones too: they belong to a cell or to nothing.
    """
    source = _Source(lines)
    reader = csv.reader(source, strict=True)
    while True:
        source.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if source.first is None:
                return
            cut_off = not source.last_whole or "unexpected end" in str(error)
            yield (
                source.first,
                RecordError("line_cut_off" if cut_off else "columns_missing", str(error)),
            )
            continue
        line = source.first
        if line is None:
            continue
        if line.error:
            yield line, line.error
        elif len(cells) != len(names):
            code = "columns_missing" if source.last_whole else "line_cut_off"
            yield line, RecordError(code, f"{len(cells)} instead of {len(names)}")
        else:
            yield line._replace(whole=source.last_whole), dict(zip(names, cells, strict=True))


class _Source:
    """Hands lines to the reader and remembers with which a row began."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.first: Line | None = None
        self.last_whole = True
        self._lines = iter(lines)

    def begin(self) -> None:
        self.first = None

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if self.first is None and (line.text.strip() or line.error):
            self.first = line
        self.last_whole = line.whole
        return line.text + "\n" if not line.error else "\n"

"""The objects of a JSON document that spans lines, or is one endless line: one in memory at a time.

Of an array each element is an object of its own, also of one that is a member of the outermost
object under one of the names in LISTS. Several documents may follow each other.
"""

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from data.errors import RecordError
from data.quarantine import LONGEST_BODY
from monitor.sources.files.lines import LONGEST_LINE, Line
from monitor.sources.files.unpacked import Unpacked

LISTS = frozenset(("posts", "feed", "records", "orderedItems"))  # Bluesky's, Mastodon's outbox
LOOKED_AT = 1_000_000  # bytes by which a document is told from lines
_CHUNK = 65_536
_SPACE = re.compile(r"[ \t\r\n\ufeff\x00]*")
_DECODER = json.JSONDecoder()

Value = tuple[Line, Any]  # where it begins, with the start of its text; the value or a RecordError


def is_document(start: bytes) -> bool:
    """Say whether a file with this beginning is a document rather than objects one a line."""
    text = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n\x00")
    if text.startswith("["):
        return text[1:].lstrip()[:1] in ("", "{", "]", "[")
    return text.startswith("{") and not any(map(_is_item, text.split("\n")[:-1] or [text]))


def values(stream: Unpacked) -> Iterator[Value]:
    """Yield the objects in their order, and in the place of what cannot be read the reason."""
    text = _Text(stream)
    while (here := text.next()) is not None:
        if here == "[":
            yield from _elements(text)
        elif here == "{":
            yield from _members(text)
        else:
            yield text.line(), RecordError("json_broken")
            if not text.skip_to_next():
                return


def _elements(text: "_Text") -> Iterator[Value]:
    text.place += 1
    while (here := text.next()) is not None:
        if here in ",]":
            text.place += 1
            if here == "]":
                return
            continue
        yield (found := text.value())
        if isinstance(found[1], RecordError) and not text.skip_to_next():
            return
    yield text.line(), RecordError("line_cut_off")


def _members(text: "_Text") -> Iterator[Value]:
    whole: dict[str, Any] = {}
    begins, listed = text.line(), False
    text.place += 1
    while (here := text.next()) is not None:
        if here in ",}":
            text.place += 1
            if here == "}":
                if not listed:
                    yield begins, whole
                return
            continue
        name = text.value()[1]
        if not isinstance(name, str) or text.next() != ":":
            yield text.line(), RecordError("json_broken")
            text.skip_to_next()
            return
        text.place += 1
        if text.next() == "[" and name in LISTS:
            listed = True
            yield from _elements(text)
            continue
        line, whole[name] = text.value()
        if isinstance(whole[name], RecordError):
            yield line, whole[name]
            text.skip_to_next()
            return
    yield begins, RecordError("line_cut_off")


def _is_item(line: str) -> bool:
    """Say whether a line is an object by itself, and no list of others."""
    try:
        found = json.loads(line) if line.startswith("{") else None
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and not any(isinstance(found.get(each), list) for each in LISTS)


class _Text:
    """A window on the document; `place` is where reading stands in it."""

    def __init__(self, stream: Unpacked) -> None:
        self.place = 0
        self._stream = io.BufferedReader(stream, _CHUNK)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._ended = False
        self._number = 1  # of the line at `_counted`
        self._counted = 0  # up to here the line ends are counted
        self._indent: str | None = None  # what stands before an element on its line

    def line(self) -> Line:
        """Give the number of the line on which reading stands, and the text from there on."""
        self._number += self._text.count("\n", self._counted, self.place)
        self._counted = self.place
        return Line(self._number, self._text[self.place : self.place + LONGEST_BODY], whole=True)

    def next(self) -> str | None:
        """Skip white space; give the next character, None at the end."""
        while True:
            found = _SPACE.match(self._text, self.place)
            self.place = found.end() if found else self.place
            if self.place < len(self._text):
                return self._text[self.place]
            if not self._more():
                return None

    def value(self) -> Value:
        """Take the value that begins here; RecordError where it cannot be read."""
        line = self.line()
        self._forget()
        self._note_indent()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self.place)
            except (ValueError, RecursionError) as error:
                too_long = len(self._text) - self.place > LONGEST_LINE
                if not too_long and isinstance(error, ValueError) and self._more():
                    continue
                code = "line_too_long" if too_long else self._why(error)
                return line, RecordError(code, str(error))
            if end == len(self._text) and self._more():  # a number may go on
                continue
            shown = self._text[self.place : min(end, self.place + LONGEST_BODY)]
            self.place = end
            return line._replace(text=shown), found

    def skip_to_next(self) -> bool:
        """After something broken: go to the next line that begins as the elements do."""
        begins = f"\n{self._indent or ''}{{"
        while True:
            found = self._text.find(begins, self.place)
            if found >= 0:
                self.place = found + 1
                return True
            self.place = max(self.place, len(self._text) - len(begins))
            self._forget()
            if not self._more():
                self.place = len(self._text)
                return False

    def _note_indent(self) -> None:
        before = self._text[self._text.rfind("\n", 0, self.place) + 1 : self.place]
        if self._indent is None and self._text.startswith("{", self.place) and not before.strip():
            self._indent = before

    def _why(self, error: Exception) -> str:
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        cut_off = at >= len(self._text.rstrip()) or "Unterminated" in str(error)
        return "line_cut_off" if cut_off else "json_broken"

    def _forget(self) -> None:
        """Drop what was read long ago, so that memory holds a window and no document."""
        if self.place > 4 * _CHUNK:
            self.line()
            keep = self.place - _CHUNK
            self._text, self.place, self._counted = self._text[keep:], _CHUNK, _CHUNK

    def _more(self) -> bool:
        if self._ended:
            return False
        data = self._stream.read(max(_CHUNK, len(self._text) - self.place))
        self._ended = not data
        self._text += self._decoder.decode(data, final=self._ended).replace("\x00", "")
        return not self._ended

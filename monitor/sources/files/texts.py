"""Ids and texts from a file, for tagging: of the own JSON nothing else is asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.errors import RecordError
from data.quarantine import Rejected
from data.records import LONGEST_TEXT, Post, clean, read_id
from monitor.sources.files.reader import Reader

Text = tuple[str, str]  # a post's id and text


def read_texts(path: Path | str) -> Iterator[Text | Rejected]:
    """Yield (id, text) of each post, and what is none with its line and the reason.

    Takes every import format; `-` is standard input. Raises SourceError if it cannot be opened.
    """
    return iter(Reader[Text](path, _of_own, _of_post))


def _of_post(post: Post) -> Text:
    return post.id, post.text


def _of_own(item: Any) -> Text:
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

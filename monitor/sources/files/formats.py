"""What an import format is: how it is recognised, and how one of its items becomes posts.

`posts` is pure. It yields posts, and in the place of what is none the reason; a RecordError that it
raises is the reason why the rest of the item is none. One item may hold many posts (a page).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from data.errors import RecordError
from data.records import Post

Found = Post | RecordError


class Json(NamedTuple):
    """Objects, one a line, or in an array of a document."""

    recognises: Callable[[Mapping[str, Any]], bool]
    posts: Callable[[Mapping[str, Any]], Iterable[Found]]


class Csv(NamedTuple):
    """Rows under a header; a row is its cells by the header's names, as they are written."""

    recognises: Callable[[Sequence[str]], bool]
    posts: Callable[[Mapping[str, str]], Iterable[Found]]

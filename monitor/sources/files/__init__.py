"""Posts from files, recognised by content. A new format: its module, and its name in FORMATS."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from data.quarantine import Rejected
from data.records import Accounts, Post, post_from_json
from monitor.sources.files.known import FORMATS
from monitor.sources.files.reader import Reader

__all__ = ["FORMATS", "MAPPER", "PostFile", "read_posts"]

MAPPER = "files-2"  # version of the translation, for quarantine


class PostFile(Reader[Post]):
    """A file of posts; read it once, by iterating."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, partial(post_from_json, accounts=Accounts()), _itself)


def read_posts(path: Path | str) -> Iterator[Post | Rejected]:
    """Read a file in Parquet, CAR or any of FORMATS; plain, gzip or Zstandard; `-` is input.

    Yields posts in the file's order, and in their place what is none, with line and reason.
    Memory: one item (Parquet: some rows). Raises SourceError where the file cannot be opened.
    """
    return iter(PostFile(path))


def _itself(post: Post) -> Post:
    return post

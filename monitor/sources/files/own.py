"""The project's own JSON: posts as contract and export have them, one a line or a list."""

from collections.abc import Iterator, Mapping
from typing import Any

from data.records import Post, post_from_json
from monitor.sources.files.formats import Json


def _recognises(item: Mapping[str, Any]) -> bool:
    """Tagging needs only id and text."""
    return "network" in item or "account" in item or ("id" in item and "text" in item)


def _posts(item: Mapping[str, Any]) -> Iterator[Post]:
    yield post_from_json(item)


FORMAT = Json(_recognises, _posts)

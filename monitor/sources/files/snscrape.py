"""snscrape's JSONL, also in its form for parsers that round numbers."""

from collections.abc import Mapping
from typing import Any

from monitor.items.snscrape import KIND, posts
from monitor.sources.files.formats import Json


def _recognises(item: Mapping[str, Any]) -> bool:
    return str(item.get("_type", "")).startswith(KIND)


FORMAT = Json(_recognises, posts)

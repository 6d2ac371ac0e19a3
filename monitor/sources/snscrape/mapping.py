"""Items of snscrape's scrapers as posts. Pure."""

import json
from datetime import datetime

from data.errors import RecordError
from data.records import Post
from monitor.items.snscrape import posts

NETWORK = "snscrape"
MAPPER = "snscrape-1"
ITEM = "item"  # kind of raw items


def to_posts(_kind: str, _origin: str, body: str, _fetched_at: datetime) -> list[Post]:
    """Translate one item, as `--jsonl` writes it; RecordError for one that is not known yet."""
    try:
        return list(posts(json.loads(body)))
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error

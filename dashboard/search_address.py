"""What the address of a search asks for, beside the filters (dashboard/filters.py)."""

from collections.abc import Mapping
from typing import Any

from data.records import clean
from data.search_query import LONGEST

PATH, CSV_PATH = "/suche", "/csv/suche"
WORDS, ORDER, BEST = "worte", "folge", "beste"
BEFORE, AFTER = "vor", "nach"  # the number of the post below or above which a page lies
MOST_ROWS = 5_000  # of the file
_LONGEST_NUMBER = 18  # digits


def asked_words(values: Mapping[str, Any]) -> str:
    """Give the words as typed; "" where the address names none, or several times."""
    said = values.get(WORDS)
    return clean(said[:LONGEST]).strip() if isinstance(said, str) else ""


def post_number(value: object) -> int | None:
    """Give the number of a post, None for what is no number."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value) if len(value) <= _LONGEST_NUMBER else None
    return None

"""What a browser sends, read safely: anybody can send anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from dash import ctx

from data.records import clean

LONGEST_REASON = 2_000  # characters
_LONGEST_KEY = 600
_MANY = 2**31


def pressed(buttons: Mapping[str, str], clicks: Iterable[Any]) -> str | None:
    """Tell what the pressed button means (`buttons`: meaning -> id); None where none was pressed.

    Dash also calls when a button is put into the page: then none has been clicked.
    """
    meant = (what for what, button in buttons.items() if button == ctx.triggered_id)
    return next(meant, None) if any(clicks) else None


def reason_in(value: object) -> str:
    """Read why somebody does something."""
    return str(value or "").strip()[:LONGEST_REASON]


def seen_in(value: object) -> int | None:
    """Read the number of the newest entry that a page had shown."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MANY:
        return value
    return None


def key_in(value: object) -> str:
    """Read the key of a post out of an address; one that names several names none."""
    return clean(value[:_LONGEST_KEY]) if isinstance(value, str) else ""

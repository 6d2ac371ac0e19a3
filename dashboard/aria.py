"""Names and states for screen readers, as Dash's elements take them."""

from typing import Any


def aria(**names: str) -> dict[str, Any]:
    """Turn `label="…"` into the attribute aria-label."""
    return {f"aria-{name}": value for name, value in names.items()}

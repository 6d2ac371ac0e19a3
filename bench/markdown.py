"""Tables as BENCHMARKS.md shows them."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figure(value: float, digits: int = 0) -> str:
    """Write a figure with thin groups: 41100 -> "41,100"."""
    return f"{value:,.{digits}f}"

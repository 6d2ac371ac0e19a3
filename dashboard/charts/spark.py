"""Sparklines: a few numbers as small bars, and moments on a line."""

from collections.abc import Sequence
from datetime import datetime

from dashboard.drawing import Drawing, drawn, picture, written
from data.rows import microseconds

_WIDTH, _HEIGHT = 96.0, 24.0


def spark_bars(values: Sequence[int], label: str | None = None, new_from: int = 0) -> Drawing:
    """Draw values as bars from zero; those before `new_from` in grey (the week before)."""
    svg = picture(_WIDTH, _HEIGHT, label)
    step = _WIDTH / max(len(values), 1)
    most = max(*values, 1) if values else 1
    width = written(step - 1.5)
    bars = []
    for index, value in enumerate(values):  # by hand: a page has a thousand of these bars
        x, height = written(index * step + 0.75), max(value / most * (_HEIGHT - 2), 1.0)
        look = "spark-before" if index < new_from else "spark-now"
        bars.append(
            f'<rect x="{x}" y="{written(_HEIGHT - height)}" width="{width}" '
            f'height="{written(height)}" class="{look}" />'
        )
    svg.drawn = "".join(bars)
    return drawn(svg, "spark")


def spark_moments(
    times: Sequence[int], first: datetime, last: datetime, label: str | None = None
) -> Drawing:
    """Draw how many of `times` (microseconds) fall into each 24th from `first` to `last`."""
    start, seconds = microseconds(first), max((last - first).total_seconds(), 1.0)
    counts = [0] * 24
    for each in times:
        place = int((each - start) / 1_000_000 / seconds * 24)
        counts[min(max(place, 0), 23)] += 1
    return spark_bars(counts, label)

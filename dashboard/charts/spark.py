"""Sparklines: a few numbers as small bars, and moments on a line."""

from collections.abc import Sequence
from datetime import datetime

from dashboard.drawing import Drawing, drawn, part, picture

_WIDTH, _HEIGHT = 96.0, 24.0


def spark_bars(values: Sequence[int], label: str | None = None, new_from: int = 0) -> Drawing:
    """Draw values as bars from zero; those before `new_from` in grey (the week before)."""
    svg = picture(_WIDTH, _HEIGHT, label)
    step = _WIDTH / max(len(values), 1)
    most = max(*values, 1) if values else 1
    for index, value in enumerate(values):
        height = max(value / most * (_HEIGHT - 2), 1.0)
        part(
            svg,
            "rect",
            x=index * step + 0.75,
            y=_HEIGHT - height,
            width=step - 1.5,
            height=height,
            klass="spark-before" if index < new_from else "spark-now",
        )
    return drawn(svg, "spark")


def spark_moments(
    times: Sequence[datetime], first: datetime, last: datetime, label: str | None = None
) -> Drawing:
    """Draw how many posts fall into each 24th of the time from `first` to `last`."""
    seconds = max((last - first).total_seconds(), 1.0)
    counts = [0] * 24
    for each in times:
        place = int((each - first).total_seconds() / seconds * 24)
        counts[min(max(place, 0), 23)] += 1
    return spark_bars(counts, label)

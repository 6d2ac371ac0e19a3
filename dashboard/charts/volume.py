"""Posts a day, this week as bars, the week before as a grey line."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dashboard.drawing import Drawing, drawn, part, picture, words
from dashboard.here import Here
from data import formats

WIDTH, HEIGHT = 420.0, 260.0
_TOP, _BOTTOM = 26.0, 212.0  # of the bars: above stands the highest number, below the days
_SHARE = 0.65  # of a day's width that its bar takes
_LINE = 17.0  # from one line of words to the next


def volume_bars(at: Here, days: Sequence[date], counts: Mapping[date, int], label: str) -> Drawing:
    """Draw `days` (the last of them still running) from `counts` by local day."""
    svg = picture(WIDTH, HEIGHT, label)
    now = [counts.get(each, 0) for each in days]
    before = [counts.get(each - timedelta(days=7), 0) for each in days]
    step = WIDTH / len(days)
    scale = (_BOTTOM - _TOP) / max(*now, *before, 1)
    middles = [step * (place + 0.5) for place in range(len(days))]
    for x, day, count in zip(middles, days, now, strict=True):
        running = " bar-running" if day == days[-1] else ""
        part(
            svg,
            "rect",
            x=x - step * _SHARE / 2,
            y=_BOTTOM - count * scale,
            width=step * _SHARE,
            height=count * scale,
            klass=f"bar-now{running}",
        )
        name = formats.short_day(day, at.lang).split(" ")[0]
        number = f"{day.day}." if at.lang == "de" else str(day.day)
        for line, said in enumerate((name, number), 1):
            words(svg, said, x=x, y=_BOTTOM + line * _LINE, text_anchor="middle", klass="axis")
    points = [(x, _BOTTOM - count * scale) for x, count in zip(middles, before, strict=True)]
    part(
        svg, "polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), klass="line-before"
    )
    for x, y in points:
        part(svg, "circle", cx=x, cy=y, r=3.5, klass="dot-before")
    for x, count in zip(middles, now, strict=True):
        above = _BOTTOM - count * scale - 6
        words(svg, at.number(count), x=x, y=above, text_anchor="middle", klass="value")
    words(
        svg,
        at.say("volume.before_label"),
        x=WIDTH - 4,
        y=max(points[-1][1] - 9, _LINE),
        text_anchor="end",
        klass="axis",
    )
    return drawn(svg, "volume-picture")

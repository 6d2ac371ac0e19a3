"""How long somebody has been waiting: a bar up to a week, with a mark at 24 hours."""

from datetime import timedelta

from dashboard.drawing import Drawing, drawn, part, picture

LATE = timedelta(hours=24)
LONGEST = timedelta(days=7)  # the bar is full from here on
_WIDTH, _HEIGHT = 224.0, 16.0
_TOP, _THICK = 4.0, 8.0


def waiting_bar(waited: timedelta, *, open_still: bool) -> Drawing:
    """Draw the bar; the words beside it say the same, so screen readers skip it.

    It is coloured as something to act on only where the question is open still.
    """
    svg = picture(_WIDTH, _HEIGHT, None)
    share = min(max(waited / LONGEST, 0.015), 1.0)
    mark = LATE / LONGEST * _WIDTH
    part(svg, "rect", x=0, y=_TOP, width=_WIDTH, height=_THICK, rx=2, klass="wait-track")
    part(
        svg,
        "rect",
        x=0,
        y=_TOP,
        width=share * _WIDTH,
        height=_THICK,
        rx=2,
        klass="wait-late" if open_still and waited > LATE else "wait-soon",
    )
    part(svg, "line", x1=mark, x2=mark, y1=0, y2=_HEIGHT, klass="wait-mark")
    return drawn(svg, "waiting")

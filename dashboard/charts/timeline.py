"""When a group posted: one line an account, one mark a post.

Names are text of the page; each line is a picture whose places are shares of its width, so that it
is sharp and readable at any width.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from dash import html

from dashboard.aria import aria
from dashboard.drawing import drawn, part, picture
from dashboard.here import Here
from data import formats
from data.page_reads.warnings import Evidence

MOST_ROWS = 24
_EDGE = 2.0  # per cent kept free left and right, so that no mark is cut


def timeline(at: Here, posts: Sequence[Evidence], names: Mapping[int, str], label: str) -> html.Div:
    """Draw posts (oldest first, at least one) along time; accounts in order of their first post."""
    order = list(dict.fromkeys(each.account for each in posts))[:MOST_ROWS]
    first, last = posts[0].at, posts[-1].at
    lines: list[Any] = [
        html.Div(
            [
                html.Span(names.get(account, ""), className="line-name"),
                _line([each.at for each in posts if each.account == account], first, last),
            ],
            className="line",
        )
        for account in order
    ]
    ticks = [first, first + (last - first) / 2, last]
    axis = html.Div(
        [
            html.Span(className="line-name"),
            html.Div(
                [html.Span(_tick(at, each, last - first)) for each in ticks], className="ticks"
            ),
        ],
        className="line axis",
    )
    return html.Div([*lines, axis], className="timeline", role="img", **aria(label=label))


def _line(times: Sequence[datetime], first: datetime, last: datetime) -> Any:
    svg = picture(0, 0, None)
    svg.drop("viewBox")
    part(svg, "line", x1="0%", x2="100%", y1="50%", y2="50%", klass="rule")
    seconds = max((last - first).total_seconds(), 1.0)
    for each in times:
        share = (each - first).total_seconds() / seconds
        x = _EDGE + share * (100 - 2 * _EDGE)
        part(svg, "circle", cx=f"{x:.2f}%", cy="50%", r=5.0, klass="moment")
    return drawn(svg, "track")


def _tick(at: Here, when: datetime, whole: timedelta) -> str:
    local = formats.local(when, at.zone)
    if whole < timedelta(minutes=10):
        return f"{local:%H:%M:%S}"
    return f"{formats.short_day(local.date(), at.lang)} {local:%H:%M}"

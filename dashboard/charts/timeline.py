"""When a group posted: one line an account, one mark a post."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dashboard.drawing import Drawing, drawn, part, picture, words
from dashboard.here import Here
from data import formats
from data.page_reads.warnings import Evidence

_WIDTH, _ROW, _LEFT, _TOP = 760.0, 20.0, 150.0, 8.0
MOST_ROWS = 24


def timeline(
    at: Here, posts: Sequence[Evidence], names: Mapping[int, str], label: str
) -> Drawing:
    """Draw posts (oldest first, at least one) along time; accounts in the order of their first post."""
    order = list(dict.fromkeys(each.account for each in posts))[:MOST_ROWS]
    first, last = posts[0].at, posts[-1].at
    seconds = max((last - first).total_seconds(), 1.0)
    height = _TOP + len(order) * _ROW + 34
    svg = picture(_WIDTH, height, label)
    base = _TOP + len(order) * _ROW + 6
    wide = _WIDTH - _LEFT - 24
    for index, account in enumerate(order):
        y = _TOP + index * _ROW + _ROW / 2
        part(svg, "line", x1=_LEFT, y1=y, x2=_WIDTH - 12, y2=y, klass="rule")
        words(svg, _short(names.get(account, "")), x=_LEFT - 10, y=y + 4, klass="row-name", text_anchor="end")
        for post in posts:
            if post.account == account:
                x = _LEFT + 6 + (post.at - first).total_seconds() / seconds * wide
                part(svg, "circle", cx=x, cy=y, r=5.0, klass="moment")
    part(svg, "line", x1=_LEFT, y1=base, x2=_WIDTH - 12, y2=base, klass="axis")
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        when = first + (last - first) * share
        words(svg, _tick(at, when, seconds), x=_LEFT + 6 + share * wide, y=base + 20, klass="tick", text_anchor=anchor)
    return drawn(svg, "timeline")


def _tick(at: Here, when: datetime, seconds: float) -> str:
    local = formats.local(when, at.zone)
    if seconds < 600:
        return f"{local:%H:%M:%S}"
    return f"{formats.short_day(local.date(), at.lang)} {local:%H:%M}"


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"

"""Posts a day, this week as bars, the week before as a grey line.

A figure is a plain dict without colours: `assets/app.css` colours the drawn shapes, so that one
figure fits light and dark and follows the switch without being drawn again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.here import Here
from data import formats

_CLEAR = "rgba(0,0,0,0)"


def volume_figure(at: Here, days: Sequence[date], counts: Mapping[date, int]) -> dict[str, Any]:
    """Draw `days` (the last of them still running) from `counts` by local day."""
    ticks = [_tick(at, each) for each in days]
    now = [counts.get(each, 0) for each in days]
    before = [counts.get(each - timedelta(days=7), 0) for each in days]
    top = max(*now, *before, 1) * 1.18
    bars = {
        "type": "bar",
        "hoverinfo": "skip",
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "marker": {"line": {"width": 1.5}},
    }
    return {
        "data": [
            {
                **bars,
                "x": ticks[:-1],
                "y": now[:-1],
                "text": [at.number(each) for each in now[:-1]],
            },
            {**bars, "x": ticks[-1:], "y": now[-1:], "text": [at.number(now[-1])]},
            {
                "type": "scatter",
                "mode": "lines+markers",
                "hoverinfo": "skip",
                "x": ticks,
                "y": before,
                "cliponaxis": False,
                "line": {"width": 2, "dash": "dot"},
                "marker": {"size": 6},
            },
        ],
        "layout": {
            "height": 280,
            "margin": {"l": 0, "r": 8, "t": 20, "b": 40},
            "paper_bgcolor": _CLEAR,
            "plot_bgcolor": _CLEAR,
            "showlegend": False,
            "bargap": 0.35,
            "font": {"family": "system-ui, sans-serif", "size": 13},
            "xaxis": {"type": "category", "fixedrange": True, "showgrid": False, "tickangle": 0},
            "yaxis": {
                "visible": False,
                "fixedrange": True,
                "rangemode": "tozero",
                "range": [0, top],
            },
            "annotations": [
                {
                    "x": ticks[-1],
                    "y": before[-1],
                    "text": at.say("volume.before_label"),
                    "showarrow": False,
                    "xanchor": "right",
                    "yanchor": "bottom",
                    "yshift": 4,
                }
            ],
        },
    }


def _tick(at: Here, day: date) -> str:
    """Name a day in as little width as a phone leaves: "Mi" over "18."."""
    name = formats.short_day(day, at.lang).split(" ")[0]
    return f"{name}<br>{day.day}." if at.lang == "de" else f"{name}<br>{day.day}"

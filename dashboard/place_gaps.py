"""Where needs exceed offers most, and where offers exceed needs: what to begin with."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.place_view import PANEL, View
from dashboard.place_words import gap_sentence
from data.page_reads.balance import Place

_LISTED = 5  # places


def widest_gaps(at: Here, view: View, found: Sequence[Place]) -> list[Any]:
    """List the places with the largest gaps, each a link to its panel."""
    missing = sorted(
        (each for each in found if each.gap > 0), key=lambda each: (-each.gap, each.name)
    )
    spare = sorted((each for each in found if each.gap < 0), key=lambda each: (each.gap, each.name))
    return [
        html.H2(at.say("place.missing_title")),
        _list(at, view, missing) if missing else html.P(at.say("place.missing_none")),
        html.H3(at.say("place.spare_title")) if spare else None,
        _list(at, view, spare) if spare else None,
        html.P(at.say("place.choose"), className="quiet"),
    ]


def _list(at: Here, view: View, places: Sequence[Place]) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    html.A(each.name, href=view.link(PANEL, chosen=each.name)),
                    html.Span(gap_sentence(at, each), className="beside quiet"),
                ]
            )
            for each in places[:_LISTED]
        ],
        className="plain-list spaced-list",
    )

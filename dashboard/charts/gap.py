"""Needs against offers as paired bars: a table whose bars are drawn by the style sheet."""

from collections.abc import Mapping

from dash import html

from dashboard.here import Here
from data.page_reads.balance import Balance


def by_gap(balances: Mapping[str, Balance]) -> list[tuple[str, Balance]]:
    """Sort: where needs exceed offers most comes first."""
    return sorted(balances.items(), key=lambda item: (-item[1].gap, -item[1].needs, item[0]))


def gap_bars(at: Here, balances: Mapping[str, Balance], names: Mapping[str, str]) -> html.Table:
    """Draw a pair of bars a label, needs above offers, from zero, all to one scale."""
    longest = max((max(each.needs, each.offers) for each in balances.values()), default=1) or 1
    rows = [
        html.Tr(
            [
                html.Th(names.get(label, label), scope="row"),
                html.Td(_bar(at, "need", each.needs, longest), className="bar-cell"),
                html.Td(_bar(at, "offer", each.offers, longest), className="bar-cell"),
                html.Td(_gap(at, each.gap), className="gap"),
            ]
        )
        for label, each in by_gap(balances)
    ]
    head = html.Tr(
        [
            html.Th(at.say("gap.topic"), scope="col"),
            html.Th([html.Span(className="key key-need"), at.say("gap.needs")], scope="col"),
            html.Th([html.Span(className="key key-offer"), at.say("gap.offers")], scope="col"),
            html.Th(at.say("gap.gap"), scope="col", className="gap"),
        ]
    )
    return html.Table(
        [
            html.Caption(at.say("gap.caption"), className="heard"),
            html.Thead(head),
            html.Tbody(rows),
        ],
        className="gap-bars",
    )


def _bar(at: Here, kind: str, count: int, longest: int) -> html.Div:
    return html.Div(
        [
            html.Span(
                className=f"bar bar-{kind}", style={"inlineSize": f"{count / longest * 82:.1f}%"}
            ),
            html.Span(at.number(count), className="bar-number"),
        ],
        className="bar-line",
    )


def _gap(at: Here, gap: int) -> str:
    if gap > 0:
        return at.count("gap.missing", gap)
    return at.count("gap.spare", -gap) if gap < 0 else at.say("gap.even")

"""A chart on its page: the finding as its title, the chart, the same as a table, and as a file."""

from typing import Any

from dash import html

from dashboard.aria import aria
from dashboard.here import Here


def figure(
    at: Here,
    finding: str,
    explains: str | None,
    chart: Any,
    numbers: html.Div | None = None,
    csv: str | None = None,
    name: str = "",
) -> html.Section:
    """Frame a chart. `numbers`: its table, where it is none itself; `csv`: the file's address."""
    below: list[Any] = []
    if numbers is not None:
        below.append(html.Details([html.Summary(at.say("figure.table")), numbers]))
    if csv is not None:
        below.append(html.A(at.say("figure.csv"), href=csv, className="quiet-link", download=""))
    return html.Section(
        [
            html.H2(finding, id=f"{name}-title" if name else None),
            html.P(explains, className="quiet") if explains else None,
            html.Div(chart, className="chart"),
            html.Div(below, className="below") if below else None,
        ],
        className="card",
        **(aria(labelledby=f"{name}-title") if name else {}),
    )


def quiet_section(finding: str, sentence: str) -> html.Section:
    """Say in one friendly sentence that there is nothing to show."""
    return html.Section([html.H2(finding), html.P(sentence, className="nothing")], className="card")

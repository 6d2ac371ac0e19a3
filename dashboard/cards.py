"""The cards at the top of a page: one number that may need somebody, in a sentence."""

from typing import Any

from dash import html

from dashboard.here import Here


def card(
    at: Here, number: int, title: str, sentence: str, link: tuple[str, str] | None, acts: bool
) -> html.Li:
    """Build a card. `acts`: a person must act; only then it is coloured, with a sign beside it."""
    shown: list[Any] = [html.Span(at.number(number), className="card-number")]
    if acts:
        shown.append(html.Span(at.say("card.acts"), className="tag tag-urgent"))
    return html.Li(
        [
            html.H2(title),
            html.P(shown, className="card-figure"),
            html.P(sentence, className="quiet"),
            html.P(html.A(link[0], href=link[1])) if link else None,
        ],
        className="card needs-someone" if acts else "card",
    )

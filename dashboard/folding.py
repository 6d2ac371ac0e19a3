"""A section that comes second: its heading folds it, and narrow screens begin with it folded."""

from collections.abc import Sequence
from typing import Any

from dash import html


def foldable(heading: str, content: Sequence[Any]) -> html.Section:
    """Frame a section, open; assets/app.js closes it where the screen is narrow."""
    return html.Section(
        html.Details(
            [html.Summary(html.H2(heading)), *(each for each in content if each is not None)],
            open=True,
            className="fold",
        ),
        className="card",
    )

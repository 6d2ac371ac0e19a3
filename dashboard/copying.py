"""The button that copies a text of the page; `assets/app.js` does it and says whether it worked."""

from typing import Any

from dash import html

from dashboard.here import Here


def copy_button(at: Here, copies: str, what: str) -> html.Div:
    """Build the button for the element of the id `copies`; `what` names it to screen readers."""
    return html.Div(
        [
            html.Button(
                [at.say("copy.button"), html.Span(f": {what}", className="heard")],
                type="button",
                className="copy",
                **_data(copies=copies),
            ),
            html.Span(
                "",
                role="status",
                className="copied",
                **_data(done=at.say("copy.done"), failed=at.say("copy.failed")),
            ),
        ],
        className="copying",
    )


def _data(**names: str) -> dict[str, Any]:
    """Turn `done="…"` into the attribute data-done."""
    return {f"data-{name}": value for name, value in names.items()}

"""Makes a page known to Dash: its address, its title in the reader's language, what builds it."""

from collections.abc import Callable
from typing import Any

import dash

from dashboard.here import here


def add_page(key: str, layout: Callable[..., Any], path: str = "", template: str = "") -> None:
    """Register a page under `path`, or under a `template` with variables; `key` names its words."""
    dash.register_page(  # type: ignore[no-untyped-call]
        key,
        path=path or None,
        path_template=template or None,
        title=lambda **_variables: here().say(
            "frame.page_title", title=here().say(f"{_words_of(key)}.title")
        ),
        layout=layout,
    )


def _words_of(key: str) -> str:
    return "missing" if key == "not_found_404" else key

"""Dash's answers as JSON: the same that Dash writes, in a fraction of the time.

Dash looks at each value of a page several times before orjson may write it, and asks each element
for each attribute that it might have; on pages of some hundred elements that takes longer than
reading the store.
"""

from typing import Any

import dash._callback
import orjson
from dash.development.base_component import Component

WILD = ("data-", "aria-")


def write_quickly() -> None:
    """Let the answers of callbacks be written here."""
    dash._callback.to_json = to_json  # type: ignore[attr-defined]


def to_json(answer: Any) -> str:
    """Write an answer; TypeError where it holds what is neither an element nor plain."""
    return orjson.dumps(answer, default=_plain).decode()


def _plain(value: Any) -> dict[str, Any]:
    if not isinstance(value, Component):
        raise TypeError(f"{type(value).__name__} is nothing that a page can hold")
    props = vars(value)
    if "_prop_names" in props:  # one that Dash itself has made
        names = value._prop_names
        props = {
            name: each for name, each in props.items() if name in names or name.startswith(WILD)
        }
    return {"props": props, "type": value._type, "namespace": value._namespace}

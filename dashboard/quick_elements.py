"""Dash's HTML elements, made in a seventh of the time: a page has some hundreds of them.

Dash makes the lists of what an element of a kind may have anew for each element, and looks at what
it is given as often as it has names to tell of an error, though there is none.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.quick_json import WILD


def make_quickly() -> None:
    """Let all elements of the browser be made here."""
    for kind in vars(html).values():
        if isinstance(kind, type) and issubclass(kind, Component):
            _make_quickly(kind)


def _make_quickly(kind: type[Component]) -> None:
    if kind.__init__ is _begin:
        return
    for name, value in vars(kind()).items():  # what each element has had for itself
        if name != "children":
            setattr(kind, name, value)
    setattr(kind, "__init__", _begin)  # noqa: B010  as Dash does


def _begin(self: Component, children: Any = None, **given: Any) -> None:
    """Make an element; TypeError for what its kind does not have, and for an element elsewhere."""
    for name, value in given.items():
        if name not in self._prop_names and not name.startswith(WILD):
            raise TypeError(f"html.{self._type} has no {name}")
        if type(value) is not str and isinstance(value, Component):  # to ask the latter is slow
            raise TypeError(f"{name} of html.{self._type} is an element; only children can be")
    vars(self).update(children=children, **given)

"""The browser's own boxes, list to choose from and day, put into the page by `assets/app.js`.

Dash's Checklist and RadioItems call themselves list boxes with boxes inside; axe refuses that, and
screen readers stumble over it.
"""

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component


class Boxes(Component):
    """Boxes to tick; `value` lists the keys of the ticked ones."""

    _namespace = "dashboard"
    _type = "Boxes"
    _children_props: list[str] = []  # noqa: RUF012 - as Dash declares them
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = ["id", "options", "value"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, id: str, names: Mapping[str, str], value: list[str]) -> None:  # noqa: A002
        options = _options(names)
        super().__init__(id=id, options=options, value=value)  # type: ignore[no-untyped-call]


class Select(Component):
    """A list of which one is chosen; `value` is its key. The label is the page's own."""

    _namespace = "dashboard"
    _type = "Select"
    _children_props: list[str] = []  # noqa: RUF012
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = ["id", "options", "value"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, id: str, names: Mapping[str, str], value: str) -> None:  # noqa: A002
        options = _options(names)
        super().__init__(id=id, options=options, value=value)  # type: ignore[no-untyped-call]


class Day(Component):
    """A day, as the browser lets people choose one; `value` and `max` are YYYY-MM-DD."""

    _namespace = "dashboard"
    _type = "Day"
    _children_props: list[str] = []  # noqa: RUF012
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = ["id", "max", "value"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, id: str, value: str, max: str) -> None:  # noqa: A002
        super().__init__(id=id, value=value, max=max)  # type: ignore[no-untyped-call]


class Line(Component):
    """A line to write in; `value` is what stands there."""

    _namespace = "dashboard"
    _type = "Line"
    _children_props: list[str] = []  # noqa: RUF012
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = ["id", "longest", "value"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, id: str, longest: int, value: str = "") -> None:  # noqa: A002
        super().__init__(id=id, longest=longest, value=value)  # type: ignore[no-untyped-call]


def _options(names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"value": key, "label": name} for key, name in names.items()]

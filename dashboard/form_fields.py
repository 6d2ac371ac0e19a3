"""The browser's own fields of a form that asks by the address (`assets/app.js` puts them there).

Nobody listens to them: what stands in them goes along when the form is sent.
"""

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component


class Field(Component):
    """A field named `name` that begins with `value`; `kind` is the browser's type of field."""

    _namespace = "dashboard"
    _type = "Field"
    _children_props: list[str] = []  # noqa: RUF012 - as Dash declares them
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = ["id", "name", "kind", "value", "longest"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, id: str, name: str, kind: str, value: str, longest: int = 200) -> None:  # noqa: A002
        super().__init__(id=id, name=name, kind=kind, value=value, longest=longest)  # type: ignore[no-untyped-call]


class Choice(Component):
    """A list named `name` of which one is chosen; groups with a heading, "" for none."""

    _namespace = "dashboard"
    _type = "Choice"
    _children_props: list[str] = []  # noqa: RUF012
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = ["id", "name", "groups", "value"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = _prop_names
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(
        self,
        id: str,  # noqa: A002
        name: str,
        groups: Mapping[str, Mapping[str, str]],
        value: str,
    ) -> None:
        shown: list[dict[str, Any]] = [
            {"heading": heading, "options": [[key, name] for key, name in names.items()]}
            for heading, names in groups.items()
        ]
        super().__init__(id=id, name=name, groups=shown, value=value)  # type: ignore[no-untyped-call]

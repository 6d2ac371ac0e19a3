"""Elements of the browser that Dash does not have; `assets/app.js` puts them into the page."""

from typing import Any

from dash.development.base_component import Component


class Element(Component):
    """What all have in common; one names in `_prop_names` what it hands over."""

    _namespace = "dashboard"  # a package that there is: Dash imports it for each component
    _children_props: list[str] = []  # noqa: RUF012 - as Dash declares them
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names: list[str] = []  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_properties: list[str] = []  # noqa: RUF012
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init_subclass__(cls) -> None:
        cls._type = cls.__name__
        cls.available_properties = cls._prop_names

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)  # type: ignore[no-untyped-call]

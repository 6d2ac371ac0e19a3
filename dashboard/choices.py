"""The browser's own boxes, list to choose from and day, put into the page by `assets/app.js`.

Dash's Checklist and RadioItems call themselves list boxes with boxes inside; axe refuses that, and
screen readers stumble over it.
"""

from collections.abc import Mapping

from dashboard.element import Element


class Boxes(Element):
    """Boxes to tick; `value` lists the keys of the ticked ones."""

    _prop_names = ["id", "options", "value"]  # noqa: RUF012

    def __init__(self, id: str, names: Mapping[str, str], value: list[str]) -> None:  # noqa: A002
        super().__init__(id=id, options=_options(names), value=value)


class Select(Element):
    """A list of which one is chosen; `value` is its key. The label is the page's own."""

    _prop_names = ["id", "options", "value"]  # noqa: RUF012

    def __init__(self, id: str, names: Mapping[str, str], value: str) -> None:  # noqa: A002
        super().__init__(id=id, options=_options(names), value=value)


class Day(Element):
    """A day, as the browser lets people choose one; `value` and `max` are YYYY-MM-DD."""

    _prop_names = ["id", "max", "value"]  # noqa: RUF012

    def __init__(self, id: str, value: str, max: str) -> None:  # noqa: A002
        super().__init__(id=id, value=value, max=max)


class Line(Element):
    """A line to write in; `value` is what stands there."""

    _prop_names = ["id", "longest", "value"]  # noqa: RUF012

    def __init__(self, id: str, longest: int, value: str = "") -> None:  # noqa: A002
        super().__init__(id=id, longest=longest, value=value)


def _options(names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": key, "label": name} for key, name in names.items()]

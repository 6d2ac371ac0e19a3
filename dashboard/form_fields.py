"""The browser's own fields of a form that asks by the address (`assets/app.js` puts them there).

Nobody listens to them: what stands in them goes along when the form is sent.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.element import Element


class Field(Element):
    """A field named `name` that begins with `value`; `kind` is the browser's type of field."""

    _prop_names = ["id", "name", "kind", "value", "longest"]  # noqa: RUF012

    def __init__(self, id: str, name: str, kind: str, value: str, longest: int = 200) -> None:  # noqa: A002
        super().__init__(id=id, name=name, kind=kind, value=value, longest=longest)


class Choice(Element):
    """A list named `name` of which one is chosen; groups with a heading, "" for none."""

    _prop_names = ["id", "name", "groups", "value"]  # noqa: RUF012

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
        super().__init__(id=id, name=name, groups=shown, value=value)

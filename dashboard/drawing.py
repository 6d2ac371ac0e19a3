"""Small pictures drawn as SVG on the server; `assets/app.js` puts them into the page.

Dash has no SVG elements. A picture is built as a tree whose words and attributes are escaped,
whatever a post or a name holds, and written in a fifth of the time that ElementTree takes; it
carries classes instead of colours, so that one picture fits both themes.
"""

from functools import cache, lru_cache
from typing import Any

from dashboard.element import Element

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})


class Drawing(Element):
    """One SVG picture within the page, described by `label` for those who do not see it."""

    _prop_names = ["id", "svg", "className"]  # noqa: RUF012

    def __init__(self, svg: str, className: str = "", **others: Any) -> None:  # noqa: N803
        super().__init__(svg=svg, className=className, **others)


class Part:
    """A part of a picture, with the parts within it."""

    __slots__ = ("_attributes", "_parts", "_tag", "drawn", "text")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a part; its `attributes` are escaped."""
        self._tag, self._attributes = tag, attributes
        self.text = ""
        self.drawn = ""  # parts that are written already, before all others
        self._parts: list[Part] = []

    def add(self, tag: str, attributes: dict[str, str]) -> "Part":
        """Add a part within this one."""
        inside = Part(tag, attributes)
        self._parts.append(inside)
        return inside

    def set(self, name: str, value: str) -> None:
        """Give an attribute, in place of what it was."""
        self._attributes[name] = value.translate(_VALUE)

    def drop(self, name: str) -> None:
        """Take an attribute away."""
        del self._attributes[name]

    def written(self) -> str:
        """Write the part."""
        tag = self._tag
        said = "".join([f' {name}="{value}"' for name, value in self._attributes.items()])
        inside = self.drawn + "".join([each.written() for each in self._parts])
        if not inside and not self.text:
            return f"<{tag}{said} />"
        return f"<{tag}{said}>{self.text.translate(_TEXT)}{inside}</{tag}>"


def picture(width: float, height: float, label: str | None) -> Part:
    """Start a picture; without a `label` it is an ornament that screen readers skip."""
    svg = Part("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    svg.set("viewBox", f"0 0 {width:g} {height:g}")
    svg.set("focusable", "false")
    if label is None:
        svg.set("aria-hidden", "true")
    else:
        svg.set("role", "img")
        svg.set("aria-label", label)
    return svg


def part(parent: Part, tag: str, **attributes: object) -> Part:
    """Add a part; `_` in a name becomes `-`, `klass` is the class, numbers are kept short."""
    return parent.add(tag, {_attribute(name): written(value) for name, value in attributes.items()})


@lru_cache(maxsize=8_192, typed=True)  # the same places and classes again and again
def written(value: object) -> str:
    """Write the value of an attribute: a number short, a text escaped."""
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return str(value).translate(_VALUE)


@cache
def _attribute(name: str) -> str:
    return "class" if name == "klass" else name.replace("_", "-")


def words(parent: Part, text: str, **attributes: object) -> Part:
    """Add a line of text."""
    line = part(parent, "text", **attributes)
    line.text = text
    return line


def drawn(svg: Part, class_name: str = "") -> Drawing:
    """Turn the picture into the component."""
    return Drawing(svg.written(), class_name)

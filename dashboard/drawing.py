"""Small pictures drawn as SVG on the server; `assets/app.js` puts them into the page.

Dash has no SVG elements. A picture is built as an element tree, so that whatever a post or a name
holds is escaped; it carries classes instead of colours, so that one picture fits both themes.
"""

from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from dashboard.element import Element


class Drawing(Element):
    """One SVG picture within the page, described by `label` for those who do not see it."""

    _prop_names = ["id", "svg", "className"]  # noqa: RUF012

    def __init__(self, svg: str, className: str = "", **others: Any) -> None:  # noqa: N803
        super().__init__(svg=svg, className=className, **others)


def picture(width: float, height: float, label: str | None, **attributes: str) -> ET.Element:
    """Start a picture; without a `label` it is an ornament that screen readers skip."""
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "focusable": "false",
            **attributes,
        },
    )
    if label is None:
        svg.set("aria-hidden", "true")
    else:
        svg.set("role", "img")
        svg.set("aria-label", label)
    return svg


def part(parent: ET.Element, tag: str, **attributes: object) -> ET.Element:
    """Add an element; `_` in a name becomes `-`, `klass` is the class, numbers are kept short."""
    named = {
        _attribute(name): (
            f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        )
        for name, value in attributes.items()
    }
    return ET.SubElement(parent, tag, named)


@cache
def _attribute(name: str) -> str:
    return "class" if name == "klass" else name.replace("_", "-")


def words(parent: ET.Element, text: str, **attributes: object) -> ET.Element:
    """Add a line of text."""
    element = part(parent, "text", **attributes)
    element.text = text
    return element


def drawn(svg: ET.Element, class_name: str = "") -> Drawing:
    """Turn the tree into the component."""
    return Drawing(ET.tostring(svg, encoding="unicode"), class_name)

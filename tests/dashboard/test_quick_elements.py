"""Elements and pictures are made past Dash's and the library's own way: they are the same."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from dash import html

from dashboard.drawing import drawn, part, picture, words
from dashboard.quick_elements import make_quickly
from tests.dashboard.world import HOSTILE


@pytest.fixture(autouse=True)
def _quickly() -> None:
    make_quickly()


def test_an_element_has_what_it_was_given_and_nothing_else() -> None:
    made = html.Td("x", className="a", **{"data-label": "b"})  # type: ignore[arg-type]
    assert made.to_plotly_json() == {
        "props": {"children": "x", "className": "a", "data-label": "b"},
        "type": "Td",
        "namespace": "dash_html_components",
    }
    assert made.available_properties == html.Td().available_properties


@pytest.mark.parametrize("given", [{"clasName": "a"}, {"title": html.B("a")}])
def test_what_an_element_cannot_have_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=next(iter(given))):
        html.Td("x", **given)


def test_whatever_a_picture_is_told_stays_words() -> None:
    said = f'{HOSTILE} & "so"\n\t\r'
    svg = picture(10, 5.5, said)
    words(part(svg, "a", href=said, x=1.0, y=2.25), said, klass="name")
    svg.set("role", "group")
    tree = ET.fromstring(drawn(svg).svg)  # noqa: S314 - drawn here
    (link,) = tree
    (text,) = link
    assert (tree.get("aria-label"), tree.get("role"), tree.get("viewBox")) == (
        said,
        "group",
        "0 0 10 5.5",
    )
    assert (link.get("href"), link.get("x"), link.get("y")) == (said, "1", "2.2")
    assert (text.get("class"), text.text) == ("name", said.replace("\r", "\n"))

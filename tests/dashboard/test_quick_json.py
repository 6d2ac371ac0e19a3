"""Answers are written past Dash's own way: they say the same."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from dash import _callback, dcc, html
from dash._utils import to_json as as_dash_writes
from flask.testing import FlaskClient

from dashboard.aria import aria
from dashboard.drawing import Drawing
from dashboard.quick_json import to_json
from tests.dashboard.conftest import open_page

ANSWER = {
    "multi": True,
    "response": {
        "page": {
            "children": html.Div(
                [
                    html.P(["„Grüße“ <b>&", None, 3, 2.5, True], className="lead"),
                    html.Button("x", id={"type": "take", "index": "a:1"}, **aria(label="weg")),
                    html.Span(**{"data-n": "1"}),  # type: ignore[arg-type]
                    dcc.Store(id="kept", data={"seen": None, "of": [1, {"two": float("nan")}]}),
                    Drawing("<svg/>", "city"),
                    html.Ul(()),
                ]
            )
        }
    },
}


def test_an_answer_says_what_dash_would_have_written() -> None:
    assert json.loads(to_json(ANSWER)) == json.loads(as_dash_writes(ANSWER))


def test_what_no_page_can_hold_is_refused_as_dash_refuses_it() -> None:
    with pytest.raises(TypeError, match="not JSON serializable: object"):
        to_json({"children": object()})


@pytest.mark.parametrize("path", ["/", "/bedarf", "/orte", "/netzwerk", "/fragen", "/warnungen/w1"])
def test_each_page_comes_as_dash_would_have_written_it(
    as_role: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    made: list[Any] = []
    written = _callback.to_json  # type: ignore[attr-defined]
    monkeypatch.setattr(_callback, "to_json", lambda answer: made.append(answer) or written(answer))
    page = open_page(as_role("press"), path)
    assert page.json == json.loads(as_dash_writes(made[-1]))

"""Tables as the pages show them: headings that sort, rows that become cards on a small screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dash import html

from dashboard.here import Here


@dataclass(frozen=True, slots=True)
class Column:
    """A heading. `number` aligns right; `sorts` makes the heading a button."""

    title: str
    number: bool = False
    sorts: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and what it sorts by where that is something else."""

    shown: Any
    order: float | str | None = field(default=None)


def table(
    at: Here,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    class_name: str = "",
) -> html.Div:
    """Build a table; a row is one value or Cell a column, the first names the row."""
    head = [
        html.Th(
            html.Button(
                [column.title, html.Span(className="sort-mark")], type="button", className="sort"
            )
            if column.sorts and len(rows) > 1
            else column.title,
            scope="col",
            className="number" if column.number else None,
        )
        for column in columns
    ]
    body = [
        html.Tr(
            [
                _cell(at, *pair, index == 0)
                for index, pair in enumerate(zip(columns, row, strict=True))
            ]
        )
        for row in rows
    ]
    return html.Div(
        html.Table(
            [html.Caption(caption, className="heard"), html.Thead(html.Tr(head)), html.Tbody(body)],
            className=f"table {class_name}".strip(),
        ),
        className="table-frame",
    )


def _cell(at: Here, column: Column, value: Any, names_row: bool) -> html.Th | html.Td:
    cell = value if isinstance(value, Cell) else Cell(value)
    shown, order = cell.shown, cell.order
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        order = shown if order is None else order
        shown = at.number(shown)
    more: dict[str, Any] = {"data-label": column.title}
    if order is not None:
        more["data-order"] = str(order)
    if names_row:
        return html.Th(shown, scope="row", **more)
    return html.Td(shown, className="number" if column.number else None, **more)

"""Lines in a square from 0 to 1, as SVG that needs no script."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

SIDE, LEFT, BELOW = 280, 44, 40  # pixels: the square, and the room for the axes' words
COLOURS = ("#0b5cad", "#00695c", "#b3261e", "#6a4c93")
DASHES = ("", "6 3", "2 3", "8 3 2 3")  # so that lines differ without colour
_TICKS = (0, 0.25, 0.5, 0.75, 1)

Line = Sequence[tuple[float, float]]


def lines(
    title: str,
    across: str,
    up: str,
    series: Mapping[str, Line],
    *,
    mark: Mapping[float, str] | None = None,
    diagonal: bool = False,
) -> Markup:
    """Draw each of `series` (name -> points in 0..1); `mark` names places on the axis across.

    `diagonal` draws the line on which both axes agree.
    """
    width, height = SIDE + LEFT + 12, SIDE + BELOW + 10
    parts = [
        f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape(title)}</title>",
    ]
    parts += [_tick(_x(at), _y(at), f"{at:g}", (mark or {}).get(at)) for at in _TICKS]
    if diagonal:
        parts.append(f'<path class="even" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>')
    for number, points in enumerate(series.values()):
        path = "L".join(f"{_x(x):.1f} {_y(y):.1f}" for x, y in points)
        if path:
            colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
            parts.append(
                f'<path fill="none" stroke="{colour}" stroke-width="2" '
                f'stroke-dasharray="{dash}" d="M{path}"/>'
            )
    parts.append(
        f'<text x="{_x(0.5)}" y="{height - 4}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="12" y="{_y(0.5)}" text-anchor="middle" '
        f'transform="rotate(-90 12 {_y(0.5)})">{escape(up)}</text></svg>'
    )
    return Markup("").join(Markup(each) for each in parts)  # noqa: S704  every word is escaped


def key(names: Sequence[str]) -> Markup:
    """Name the lines in their order, each with a piece of its line."""
    return Markup("").join(
        Markup(
            '<span class="key"><svg aria-hidden="true" width="28" height="8"><path stroke="{}" '
            'stroke-width="2" stroke-dasharray="{}" d="M0 4L28 4"/></svg>{}</span> '
        ).format(COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)], name)
        for number, name in enumerate(names)
    )


def _tick(x: float, y: float, number: str, named: str | None) -> str:
    return (
        f'<path class="grid" d="M{x} {_y(0)}L{x} {_y(1)}M{_x(0)} {y}L{_x(1)} {y}"/>'
        f'<text x="{x}" y="{_y(0) + 16}" text-anchor="middle">{escape(named or number)}</text>'
        f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{number}</text>'
    )


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return 6 + SIDE * (1 - share)

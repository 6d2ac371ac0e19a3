"""The network as a picture: positions from the detection, drawn as SVG.

Not dash-cytoscape: it writes a style element into the page (`__________cytoscape_stylesheet`) that
the content policy forbids, weighs 496 KB on every page, and its canvas can neither be reached by
keyboard nor follow the theme. Each account here is a link that shows why it is connected.
"""

from collections.abc import Callable, Mapping, Sequence

from dashboard.charts.spread import spread
from dashboard.drawing import Drawing, Part, drawn, part, picture, words, written
from data.page_reads.network import Edge, Node

WIDTH, HEIGHT, MARGIN = 760.0, 560.0, 44.0
SHAPES = 6  # communities with a colour and a shape of their own; the others are small grey circles
_LABELS = 12  # accounts with their name beside them
_LINE = 20.0  # height of a name
_TURN = WIDTH * 0.72  # further right, names stand left of their sign


def network_graph(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    groups: Mapping[int, int],
    chosen: int | None,
    name: Callable[[Node], str],
    leads_to: Callable[[Node], str],
    label: str,
) -> Drawing:
    """Draw accounts and links.

    `groups` maps an account to its community's rank (0 the largest); `leads_to` gives the address
    of its panel.
    """
    svg = picture(WIDTH, HEIGHT, None)
    svg.drop("aria-hidden")
    svg.set("role", "group")
    svg.set("aria-label", label)
    places = _places(nodes)
    near = (
        {chosen}
        | {each.b for each in edges if each.a == chosen}
        | {each.a for each in edges if each.b == chosen}
    )
    part(svg, "g", aria_hidden="true").drawn = _lines(edges, places, chosen)
    names = {each.id: name(each) for each in nodes}
    named = _apart(nodes, places, names)
    for node in reversed(nodes):
        x, y = places[node.id]
        dim = " dim" if chosen is not None and node.id not in near else ""
        said = names[node.id]
        link = part(svg, "a", href=leads_to(node), klass=f"node{dim}", aria_label=said)
        if node.id == chosen:
            link.set("aria-current", "true")
        part(link, "title").text = said
        _shape(link, groups.get(node.id, SHAPES), x, y, _size(node))
    above = part(svg, "g", aria_hidden="true", klass="names")
    for node in nodes:
        if node.id == chosen or (node.id in named and (chosen is None or node.id in near)):
            x, y = places[node.id]
            aside = _size(node) + 5
            words(
                above,
                _short(names[node.id]),
                x=x + aside if x < _TURN else x - aside,
                y=y + 4.0,
                klass="node-name",
                text_anchor="start" if x < _TURN else "end",
            )
    return drawn(svg, "graph-picture")


def _lines(
    edges: Sequence[Edge], places: Mapping[int, tuple[float, float]], chosen: int | None
) -> str:
    """Draw the links between accounts that are shown; by hand, as there are thousands."""
    ends = {account: (written(x), written(y)) for account, (x, y) in places.items()}
    lines = []
    for a, b, kind, weight in edges:
        if a in ends and b in ends:
            (x1, y1), (x2, y2) = ends[a], ends[b]
            look = "" if chosen is None else " lit" if chosen in (a, b) else " dim"
            lines.append(
                f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" '
                f'class="{written(f"link link-{kind}{look}")}" '
                f'stroke-width="{written(min(0.8 + weight**0.5 * 0.4, 4.0))}" />'
            )
    return "".join(lines)


def _places(nodes: Sequence[Node]) -> dict[int, tuple[float, float]]:
    spots = spread(
        tuple(each.x for each in nodes),
        tuple(each.y for each in nodes),
        tuple(_size(each) for each in nodes),
        WIDTH - 2 * MARGIN,
        HEIGHT - 2 * MARGIN,
    )
    return {node.id: (MARGIN + x, MARGIN + y) for node, (x, y) in zip(nodes, spots, strict=True)}


def _size(node: Node) -> float:
    """Give half the width of an account's sign."""
    return float(4.0 + min(node.degree, 60) ** 0.5)


def _shape(parent: Part, group: int, x: float, y: float, size: float) -> None:
    shape_class = f"shape shape-{group}"
    if group == 1:
        half = size * 0.9
        part(
            parent,
            "rect",
            x=x - half,
            y=y - half,
            width=half * 2,
            height=half * 2,
            klass=shape_class,
        )
    elif group in _POLYGONS:
        points = " ".join(
            f"{x + size * 1.15 * px:.1f},{y + size * 1.15 * py:.1f}" for px, py in _POLYGONS[group]
        )
        part(parent, "polygon", points=points, klass=shape_class)
    else:
        part(parent, "circle", cx=x, cy=y, r=size, klass=shape_class)


_POLYGONS: Mapping[int, tuple[tuple[float, float], ...]] = {
    2: ((0, -1), (0.95, 0.75), (-0.95, 0.75)),
    3: ((0, -1.05), (1.05, 0), (0, 1.05), (-1.05, 0)),
    4: ((0, 1), (0.95, -0.75), (-0.95, -0.75)),
    5: ((-0.5, -0.9), (0.5, -0.9), (1, 0), (0.5, 0.9), (-0.5, 0.9), (-1, 0)),
}


def _apart(
    nodes: Sequence[Node], places: Mapping[int, tuple[float, float]], names: Mapping[int, str]
) -> set[int]:
    """Choose accounts to name, those with most links first, so that no two names touch."""
    taken: list[tuple[float, float, float]] = []
    chosen: set[int] = set()
    for node in sorted(nodes, key=lambda each: -each.degree):
        x, y = places[node.id]
        wide = 8.0 * len(_short(names[node.id])) + 14
        left = x if x < _TURN else x - wide
        if all(
            abs(y - other_y) > _LINE or left > other_left + other_wide or other_left > left + wide
            for other_left, other_y, other_wide in taken
        ):
            taken.append((left, y, wide))
            chosen.add(node.id)
            if len(chosen) == _LABELS:
                break
    return chosen


def _short(text: str) -> str:
    """Give a name without its instance."""
    short = "@" + text[1:].partition("@")[0] if text.startswith("@") else text
    short = short if len(short) <= 22 else short.partition(".")[0]
    return short if len(short) <= 22 else short[:21] + "…"

"""Who acts with whom in a group: its accounts on a circle, a line for what two of them share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import cos, pi, sin

from dashboard.drawing import Drawing, drawn, part, picture, words
from data.page_reads.warnings import Evidence

_WIDTH, _HEIGHT, _RADIUS = 520.0, 380.0, 140.0
MOST = 24  # accounts drawn; more would be a black disc


def shared_objects(posts: Sequence[Evidence]) -> Counter[tuple[int, int]]:
    """Count the distinct objects that two accounts share, by pair."""
    sharers: dict[tuple[str | None, str], set[int]] = {}
    for post in posts:
        if post.object:
            sharers.setdefault((post.kind, post.object), set()).add(post.account)
    pairs: Counter[tuple[int, int]] = Counter()
    for accounts in sharers.values():
        pairs.update(combinations(sorted(accounts)[:200], 2))
    return pairs


def circle(posts: Sequence[Evidence], names: Mapping[int, str], label: str) -> Drawing:
    """Draw the most active accounts and the pairs among them."""
    active = Counter(each.account for each in posts)
    order = sorted(account for account, _count in active.most_common(MOST))
    svg = picture(_WIDTH, _HEIGHT, label)
    turn = {
        account: index / max(len(order), 1) * 2 * pi - pi / 2 for index, account in enumerate(order)
    }
    middle, high = _WIDTH / 2, _HEIGHT / 2
    place = {
        account: (middle + _RADIUS * cos(angle), high + _RADIUS * sin(angle))
        for account, angle in turn.items()
    }
    pairs = shared_objects(posts)
    most = max(pairs.values(), default=1)
    for (one, other), count in sorted(pairs.items(), key=lambda item: item[1]):
        if one in place and other in place:
            (x1, y1), (x2, y2) = place[one], place[other]
            part(
                svg,
                "line",
                x1=x1,
                y1=y1,
                x2=x2,
                y2=y2,
                klass="shared",
                stroke_width=0.6 + 2.4 * count / most,
                stroke_opacity=0.25 + 0.6 * count / most,
            )
    for account, (x, y) in place.items():
        part(svg, "circle", cx=x, cy=y, r=6.0, klass="shape shape-0")
        angle = turn[account]
        side = "start" if cos(angle) > 0.15 else "end" if cos(angle) < -0.15 else "middle"
        words(
            svg,
            _short(names.get(account, "")),
            x=middle + (_RADIUS + 14) * cos(angle),
            y=high + (_RADIUS + 14) * sin(angle) + 4 + (6 * sin(angle) if side == "middle" else 0),
            klass="node-name",
            text_anchor=side,
        )
    return drawn(svg, "circle")


def _short(text: str) -> str:
    """Give a name without its instance."""
    short = "@" + text[1:].partition("@")[0] if text.startswith("@") else text
    return short if len(short) <= 15 else short[:14] + "…"

"""Two texts side by side with the words marked in which they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.post_view import LONGEST_SHOWN, check_link
from data.formats import span
from data.page_reads.warnings import Evidence
from data.plain import plain

PAIRS = 3  # pairs shown; more do not tell more


@dataclass(frozen=True, slots=True)
class Pair:
    """Two posts of different accounts with nearly the same text."""

    left: Evidence
    right: Evidence


def pairs_of_texts(posts: Sequence[Evidence], limit: int = PAIRS) -> list[Pair]:
    """Choose pairs of different accounts that share an object, the most alike first.

    Posts of one moment say different things; they are no pair.
    """
    by_object: dict[tuple[str | None, str], list[Evidence]] = {}
    for post in posts:
        if post.object and post.kind != "moment" and post.text.strip():
            by_object.setdefault((post.kind, post.object), []).append(post)
    found: list[Pair] = []
    for same in sorted(by_object.values(), key=lambda each: -len(each)):
        left = same[0]
        others = [each for each in same if each.account != left.account]
        if others:
            other = next(
                (each for each in others if each.text.split() != left.text.split()), others[0]
            )
            if not any(_shows(pair, left, other) for pair in found):
                found.append(Pair(left, other))
    return sorted(found, key=lambda pair: -_likeness(pair))[:limit]


def side_by_side(at: Here, pair: Pair, left_name: str, right_name: str) -> html.Div:
    """Show both texts; what only one of them has is marked, also for screen readers."""
    one, other = _words(pair.left.text), _words(pair.right.text)
    match = SequenceMatcher(a=one, b=other, autojunk=False)
    left: list[Any] = []
    right: list[Any] = []
    for change, a, b, c, d in match.get_opcodes():
        for side, words, differs in (
            (left, one[a:b], change != "equal"),
            (right, other[c:d], change != "equal"),
        ):
            if words:
                text = " ".join(words)
                side += [html.Mark(text) if differs else text, " "]
    apart = (pair.right.at - pair.left.at).total_seconds()
    said = at.say("texts.same") if one == other else at.say("texts.differ")
    return html.Div(
        [
            html.P(
                at.say("texts.apart", said=said, span=span(abs(apart), at.lang, dative=True)),
                className="quiet",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.H3(name),
                            html.P(text, className="post-text", dir="auto"),
                            html.P(check_link(at, post.key, post.text), className="quiet"),
                        ]
                    )
                    for name, text, post in (
                        (left_name, left, pair.left),
                        (right_name, right, pair.right),
                    )
                ],
                className="pair",
            ),
        ],
        className="text-pair",
    )


def _words(text: str) -> list[str]:
    return plain(text)[:LONGEST_SHOWN].split()


def _likeness(pair: Pair) -> float:
    return SequenceMatcher(
        a=_words(pair.left.text), b=_words(pair.right.text), autojunk=False
    ).ratio()


def _shows(pair: Pair, left: Evidence, right: Evidence) -> bool:
    return {pair.left.text, pair.right.text} == {left.text, right.text}

"""What the tagger says about a post, as a table: the label, how sure, and by which words."""

from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.label_names import label_name, yes_or_no
from dashboard.tables import Cell, Column, table
from data.labelling import Finding
from data.plain import plain

HOSTILE = "anfeindung"  # a hint for people: nothing follows from it
_VERY, _QUITE = 0.85, 0.65  # scores from which on the words are stronger


def found_table(at: Here, found: Finding, caption: str) -> html.Div:
    """Build the table, and what is to be kept in mind below it."""
    rows = [
        *(_signs(at, found, "topic")),
        *(_signs(at, found, "intent")),
        [
            at.say("field.urgent"),
            yes_or_no(at, found.urgent),
            sure(at, found.urgent_score if found.urgent else 1 - found.urgent_score),
            _words(at, found.urgent_evidence),
        ],
        *(_signs(at, found, "place")),
        [at.say("field.lang"), label_name(at, "lang", found.lang), "–", at.say("check.whole")],
    ]
    columns = [
        Column(at.say(f"check.{each}"), sorts=False)
        for each in ("what", "label", "sure", "evidence")
    ]
    hostile = any(each.label == HOSTILE for each in found.signs)
    name = label_name(at, "topic", HOSTILE)
    return html.Div(
        [
            table(at, caption, columns, rows),
            html.P(at.say("check.hostile", name=name), className="quiet") if hostile else None,
        ]
    )


def sure(at: Here, score: float) -> str:
    """Say in words how sure the tagger is, with its number."""
    key = "very" if score >= _VERY else "quite" if score >= _QUITE else "little"
    return at.say(f"check.{key}", score=at.number(score, 2))


def _signs(at: Here, found: Finding, kind: str) -> list[list[Any]]:
    """Give a row a label. Places are found by rules, which do not say how sure they are."""
    signs = [each for each in found.signs if each.kind == kind]
    name = at.say(f"field.{kind}")
    if not signs:
        return [[name, at.say("field.none"), "–", "–"]]
    return [
        [
            name,
            label_name(at, kind, each.label),
            "–" if kind == "place" else sure(at, each.score),
            _words(at, each.evidence),
        ]
        for each in signs
    ]


def _words(at: Here, evidence: tuple[str, ...]) -> Any:
    """Show the words of the post, each in its own direction of writing."""
    if not evidence:
        return at.say("check.whole")
    shown: list[Any] = []
    for each in evidence:
        shown += [", " if shown else "", html.Bdi(at.say("check.word", word=plain(each)))]
    return Cell(html.Span(shown), None)

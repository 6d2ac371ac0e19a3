"""How the tagger did, as tables for the terminal."""

from collections.abc import Callable, Mapping
from typing import Any

from nlp.corrected import FEWEST, FOLDS, Compared, Right
from nlp.crossval import Report
from nlp.measures import NOTHING
from nlp.score import FieldScore
from nlp.standing import Scores

_TRAINED = ("topics", "intents", "urgent")
_SHOWN = 8  # confusions a field
_TIERS = {
    "encoder": "encoder, linear model and rules",
    "linear": "linear model and rules (--fast)",
    "rules": "rules alone (--rules)",
}
_LEARNED_FROM = ("the tagger had said", "labelled posts alone", "and corrections")


def text(
    report: Report,
    compared: Compared | None = None,
    with_encoder: Mapping[str, Any] | None = None,
) -> str:
    """Give the report as tables for reading; F1 everywhere that nothing else is said.

    `with_encoder` is what `nlp.standing.held_out` returns.
    """
    lines = [
        "F1 on each part by a model trained on the others, the rules alone in brackets",
        f"{'part':10}{'posts':>6} " + "".join(f"{name:>13}" for name in HEADS),
    ]
    for part, scores in report.model.items():
        rules = report.rules[part]
        cells = [f"{two(get(scores))} ({two(get(rules))})".rjust(13) for get in HEADS.values()]
        count = report.posts.get(part, sum(report.posts.values()))
        lines.append(f"{part:10}{count:>6} " + "".join(cells))
    lines += ["", "Each label, all parts: precision, recall, F1 (rules)"]
    for field in _TRAINED:
        for label, each in report.model["all"][field].labels.items():
            rule = report.rules["all"][field].labels.get(label)
            figures = f"{two(each.precision)}  {two(each.recall)}  {two(each.f1)}"
            name = field if label is True else str(label)
            lines.append(f"{name:14}{figures}  ({two(rule.f1) if rule else '-'})")
    lines += ["", "Each language: posts, then F1 of " + ", ".join(_TRAINED)]
    for lang, scores in report.languages.items():
        count = scores["lang"].micro.right + scores["lang"].micro.missed
        lines.append(f"{lang:5}{count:>6}  " + "  ".join(two(scores[f].micro.f1) for f in _TRAINED))
    lines += ["", "Missed → given instead (posts), the most frequent"]
    for field, confused in report.confusion.items():
        lines.append(f"{field:8} " + "  ".join(most_confused(confused)))
    lines += [
        "",
        f"Quoted in order to oppose it: {report.opposed.posts} posts, "
        f"{report.opposed.taken_for_hostile} taken for hostile",
    ]
    lines += ["", "What the probabilities mean: said → true (labels)"]
    for field, bins in report.calibration.items():
        said = "  ".join(f"{two(b.said)}→{two(b.true)} ({b.labels})" for b in bins)
        lines.append(f"{field:8} {said}")
    lines += ["", "With a share of the posts to learn from: " + ", ".join(_TRAINED)]
    for share, found in report.learning.items():
        lines.append(f"{share:>5.0%}  " + "  ".join(two(found[field]) for field in _TRAINED))
    if with_encoder is not None:
        told = "  ".join(f"{field} {two(f1)}" for field, f1 in with_encoder["f1"].items())
        lines += [
            "",
            "All of this is the linear model. With the encoder, on posts held out when that was "
            f"trained (of {with_encoder['posts']}): {told}",
        ]
    if compared is not None:
        lines += ["", *_corrections(compared)]
    return "\n".join(lines)


def standing_text(tiers: Mapping[str, Scores]) -> str:
    """Give the scores of the tagger as it is installed, tier by tier."""
    lines = []
    for tier, scores in tiers.items():
        lines += [f"F1 of the tagger as installed: {_TIERS[tier]}", _head("part")]
        lines += [_line(part, found) for part, found in scores.items()]
        lines.append("")
    labels = next(iter(tiers.values()))["all"]
    lines.append("Each label, all parts, the first of these: precision, recall, F1")
    for field in _TRAINED:
        for label, each in labels[field].labels.items():
            name = field if label is True else str(label)
            lines.append(f"{name:14}{two(each.precision)}  {two(each.recall)}  {two(each.f1)}")
    return "\n".join(lines)


def _head(first: str) -> str:
    return f"{first:10}{'posts':>6} " + "".join(f"{name:>9}" for name in HEADS)


def _line(name: str, scores: Mapping[str, FieldScore]) -> str:
    posts = scores["lang"].micro.right + scores["lang"].micro.missed
    return f"{name:10}{posts:>6} " + "".join(f"{two(get(scores)):>9}" for get in HEADS.values())


def _corrections(compared: Compared) -> list[str]:
    """Say on how many corrected posts each field was right, and its F1."""
    lines = [
        f"Corrected by people: {compared.posts} posts. Right as a whole, of all (F1)",
        "field   " + "".join(f"{head:>22}" for head in _LEARNED_FROM),
    ]
    for field, had in compared.had.items():
        others = (each[field] if each else None for each in (compared.without, compared.learned))
        lines.append(f"{field:8}" + "".join(f"{_right(each):>22}" for each in (had, *others)))
    lines.append(
        f"Learned in {FOLDS} folds, each judged by a model of the others; language and places are "
        "not learned."
        if compared.learned
        else f"What learning from them changes shows from {FEWEST} different posts on."
    )
    return lines


def _right(found: Right | None) -> str:
    return f"{found.right} of {found.posts} ({two(found.f1)})" if found and found.posts else "-"


def most_confused(confused: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Name the labels most often given in place of another, most frequent first."""
    ranked = sorted(
        (-count, missed, given)
        for missed, row in confused.items()
        for given, count in row.items()
        if NOTHING not in (missed, given)
    )
    return [f"{missed}→{given} ({-count})" for count, missed, given in ranked[:_SHOWN]]


def two(value: float) -> str:
    """Give two decimals."""
    return f"{value:.2f}"


HEADS: dict[str, Callable[[Mapping[str, FieldScore]], float]] = {
    "topics": lambda scores: scores["topics"].micro.f1,
    "macro": lambda scores: scores["topics"].macro_f1,
    "intents": lambda scores: scores["intents"].micro.f1,
    "macro ": lambda scores: scores["intents"].macro_f1,
    "urgent": lambda scores: scores["urgent"].micro.f1,
    "places": lambda scores: scores["places"].micro.f1,
    "language": lambda scores: scores["lang"].micro.precision,
}

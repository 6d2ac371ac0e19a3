"""`hhhilft evaluate`: how often the tagger is right on posts of authors it has not seen."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from data.config import Config
from data.corpus import read_corpus
from data.errors import ModelError
from monitor.labelled import with_labelled_posts
from monitor.options import json_option, print_json, with_config

if TYPE_CHECKING:
    from nlp.crossval import Report
    from nlp.score import FieldScore

_TRAINED = ("topics", "intents", "urgent")


@click.command("evaluate")
@with_labelled_posts
@json_option
@with_config
def command(config: Config, corpus: Path, settings: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """Train on all parts of the corpus but one, test on that one, for each; rules beside it."""
    from nlp.crossval import cross_validate
    from nlp.training import TRAINING_FILE, read_plan

    posts = list(read_corpus(corpus))
    if len({post["part"] for post in posts}) < 2:
        raise ModelError(
            de=f"{corpus}: zum Prüfen braucht es zwei Dateien posts*.jsonl oder mehr.",
            en=f"{corpus}: two files posts*.jsonl or more are needed for testing.",
        )
    report = cross_validate(posts, read_plan(settings or TRAINING_FILE))
    if as_json:
        print_json(as_document(report))
    else:
        click.echo(as_text(report))


def as_document(report: "Report") -> dict[str, Any]:
    """Give the report as a JSON object."""
    return {
        "posts": dict(report.posts),
        "model": {part: _fields(scores) for part, scores in report.model.items()},
        "rules": {part: _fields(scores) for part, scores in report.rules.items()},
        "calibration": {
            field: [asdict(each) for each in bins] for field, bins in report.calibration.items()
        },
        "learning": {str(share): dict(found) for share, found in report.learning.items()},
    }


def as_text(report: "Report") -> str:
    """Give the report as tables for reading; F1 everywhere that nothing else is said."""
    lines = [
        "F1 on each part by a model trained on the others, the rules alone in brackets",
        f"{'part':10}{'posts':>6} " + "".join(f"{name:>13}" for name in _HEADS),
    ]
    for part, scores in report.model.items():
        rules = report.rules[part]
        cells = [f"{_two(get(scores))} ({_two(get(rules))})".rjust(13) for get in _HEADS.values()]
        count = report.posts.get(part, sum(report.posts.values()))
        lines.append(f"{part:10}{count:>6} " + "".join(cells))
    lines += ["", "Each label, all parts: precision, recall, F1 (rules)"]
    for field in _TRAINED:
        for label, each in report.model["all"][field].labels.items():
            rule = report.rules["all"][field].labels.get(label)
            figures = f"{_two(each.precision)}  {_two(each.recall)}  {_two(each.f1)}"
            name = field if label is True else str(label)
            lines.append(f"{name:14}{figures}  ({_two(rule.f1) if rule else '-'})")
    lines += ["", "What the probabilities mean: said → true (labels)"]
    for field, bins in report.calibration.items():
        told = "  ".join(f"{_two(b.said)}→{_two(b.true)} ({b.labels})" for b in bins)
        lines.append(f"{field:8} {told}")
    lines += ["", "With a share of the posts to learn from: " + ", ".join(_TRAINED)]
    for share, found in report.learning.items():
        lines.append(f"{share:>5.0%}  " + "  ".join(_two(found[field]) for field in _TRAINED))
    return "\n".join(lines)


def _fields(scores: Mapping[str, "FieldScore"]) -> dict[str, Any]:
    return {
        field: {
            "precision": round(each.micro.precision, 4),
            "recall": round(each.micro.recall, 4),
            "f1": round(each.micro.f1, 4),
            "macro_f1": round(each.macro_f1, 4),
            "labels": {
                str(label): {
                    "precision": round(one.precision, 4),
                    "recall": round(one.recall, 4),
                    "f1": round(one.f1, 4),
                    "posts": one.right + one.missed,
                }
                for label, one in each.labels.items()
            },
        }
        for field, each in scores.items()
    }


_HEADS: dict[str, Callable[[Mapping[str, "FieldScore"]], float]] = {
    "topics": lambda scores: scores["topics"].micro.f1,
    "macro": lambda scores: scores["topics"].macro_f1,
    "intents": lambda scores: scores["intents"].micro.f1,
    "macro ": lambda scores: scores["intents"].macro_f1,
    "urgent": lambda scores: scores["urgent"].micro.f1,
    "places": lambda scores: scores["places"].micro.f1,
    "language": lambda scores: scores["lang"].micro.precision,
}


def _two(value: float) -> str:
    return f"{value:.2f}"

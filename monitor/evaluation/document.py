"""How the tagger did, as one JSON object."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nlp.corrected import Compared
from nlp.crossval import Report
from nlp.score import FieldScore
from nlp.standing import Scores


def document(
    report: Report,
    compared: Compared | None = None,
    with_encoder: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Give the report as a JSON object; `corrections` is null where nobody corrected anything.

    `with_encoder` is what `nlp.standing.held_out` returns.
    """
    return {
        "posts": dict(report.posts),
        "model": {part: _fields(scores) for part, scores in report.model.items()},
        "rules": {part: _fields(scores) for part, scores in report.rules.items()},
        "languages": {lang: _fields(scores) for lang, scores in report.languages.items()},
        "calibration": {
            field: [asdict(each) for each in bins] for field, bins in report.calibration.items()
        },
        "curves": {
            name: [asdict(each) for each in points] for name, points in report.curves.items()
        },
        "confusion": report.confusion,
        "opposed": asdict(report.opposed),
        "learning": {str(share): dict(found) for share, found in report.learning.items()},
        "with_encoder": with_encoder,
        "corrections": None if compared is None else asdict(compared),
    }


def standing_document(tiers: Mapping[str, Scores]) -> dict[str, Any]:
    """Give the scores of the tagger as it is installed: tier -> part -> field."""
    return {
        tier: {part: _fields(found) for part, found in scores.items()}
        for tier, scores in tiers.items()
    }


def _fields(scores: Mapping[str, FieldScore]) -> dict[str, Any]:
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

"""How the learned weights came to a group's score: the last of its reasons."""

from dataclasses import replace

from monitor.detect.marks import Marks
from monitor.detect.verdict import Verdict
from monitor.detect.weights import FIGURES, contributions, figures, probability


def with_weights(verdict: Verdict, marks: Marks) -> Verdict:
    """Add the reason `weighed`: each figure with its value and what it adds to the log odds."""
    values = dict(zip((each.name for each in FIGURES), figures(marks), strict=True))
    parts = [
        [name, round(values[name], 3), round(added, 3)]
        for name, added in sorted(contributions(marks).items(), key=lambda each: -abs(each[1]))
    ]
    said = {
        "code": "weighed", "value": round(probability(marks), 3), "expected": None,
        "against": False, "parts": parts,
    }  # fmt: skip
    return replace(verdict, reasons=(*verdict.reasons, said))

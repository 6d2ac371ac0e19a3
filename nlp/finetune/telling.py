"""How both models together do on posts held out, as tables in Markdown."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nlp.combination import FIELDS
from nlp.examples import LABELS
from nlp.finetune.held_out import HeldOut, Judged, columns, f1, judge
from nlp.measures import bins


def tables(found: HeldOut) -> str:
    """Tell F1 by part, micro (macro); precision, recall and F1 by label; what was said and true."""
    judged = judge(found)
    return "\n".join(
        [*_by_part(found, judged), "", *_by_label(found, judged), "", *_calibration(found, judged)]
    )


def _by_part(found: HeldOut, judged: Judged) -> Iterator[str]:
    yield "| part | posts | topics | intents | urgency |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    whole = np.ones(len(found.parts), dtype=bool)
    for name in (*dict.fromkeys(found.parts), "all"):
        mine = whole if name == "all" else found.parts == name
        cells = (_micro_macro(judged.given[mine], found.truth[mine], field) for field in FIELDS)
        yield f"| {name} | {mine.sum():,} | {' | '.join(cells)} |"


def _micro_macro(given: NDArray[np.bool_], true: NDArray[np.bool_], field: str) -> str:
    at = columns(field)
    micro = f"{f1(given[:, at], true[:, at]):.2f}"
    if len(at) == 1:
        return micro
    return f"{micro} ({np.mean([f1(given[:, each], true[:, each]) for each in at]):.2f})"


def _by_label(found: HeldOut, judged: Judged) -> Iterator[str]:
    yield "| label | precision | recall | F1 |"
    yield "| --- | ---: | ---: | ---: |"
    for at, label in enumerate(LABELS):
        given, true = judged.given[:, at], found.truth[:, at]
        right = (given & true).sum()
        yield (
            f"| {label.partition(':')[2]} | {right / max(1, given.sum()):.2f} "
            f"| {right / max(1, true.sum()):.2f} | {f1(given, true):.2f} |"
        )


def _calibration(found: HeldOut, judged: Judged) -> Iterator[str]:
    for field in FIELDS:
        at = columns(field)
        told = bins(judged.likely[:, at].ravel(), found.truth[:, at].ravel())
        yield f"{field}: " + ", ".join(f"{each.said:.2f}→{each.true:.2f}" for each in told)

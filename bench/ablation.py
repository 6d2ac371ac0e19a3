"""What each step of detection contributes: the same worlds with the step left out.

The weights stay those that were trained with all steps: what is measured is the program with one
step switched off, not the best program without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench.judged import World, measure_worlds
from bench.leave_out import HEAD, always, cells
from bench.markdown import table
from monitor.detect.actions import KINDS
from monitor.detect.settings import ALL_STEPS, Steps
from monitor.detect.weights import WEIGHTS

VARIANTS: Mapping[str, Steps] = {
    "nothing": ALL_STEPS,
    **{f"objects: {kind}": replace(ALL_STEPS, kinds=tuple(each for each in KINDS if each != kind))
       for kind in KINDS},
    "an object counts anew on another day": replace(ALL_STEPS, spans=False),
    "parting of groups": replace(ALL_STEPS, parting=False),
    "floods": replace(ALL_STEPS, floods=False),
    "guards": replace(ALL_STEPS, guards=False),
    "meetings more than 24 hours apart": replace(ALL_STEPS, window=timedelta(hours=24)),
    "meetings more than 10 minutes apart": replace(ALL_STEPS, window=timedelta(minutes=10)),
}  # fmt: skip


def ablation(root: Path, variants: Mapping[str, Steps] = VARIANTS) -> str:
    """Table: the figures of the worlds below `root` with each step left out."""
    known: dict[Steps, Sequence[World]] = {}
    rows = []
    for name, steps in variants.items():
        before = replace(steps, floods=True, guards=True)
        if before not in known:
            known[before] = measure_worlds(root, before)
        rows.append([name, *cells(known[before], always(WEIGHTS), steps)])
    return table(["left out", *HEAD[1:]], rows)

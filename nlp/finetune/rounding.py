"""Rounds matrices to eight bits, after what they are multiplied with has been made even.

All numbers that go into a matrix share one scale of 256 steps. In one or two of a thousand columns
they are ten times as large as elsewhere, which leaves the others few steps: these columns are
divided before, and their rows of the matrix multiplied instead. Source: SmoothQuant (Xiao et al.
2023, arXiv:2211.10438), here for the outliers alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Row = NDArray[np.float32]
WORTH = 100_000  # numbers of a matrix from which on rounding saves time
STEPS = 64  # to either side, of 127: processors without VNNI add pairs of products in sixteen bits
ABOVE = 4.0  # times the median: columns are divided where they go further ...
MOST = 50.0  # ... by no more than that


@dataclass(frozen=True, slots=True)
class Rounded:
    """`numbers` (inputs, outputs) int8 by `scales` (outputs); `factors` (inputs) for what comes in.

    `factors` is None where what comes in is even.
    """

    numbers: NDArray[np.int8]
    scales: Row
    factors: Row | None


def largest_inputs(model: Any, given: Iterable[Row]) -> Mapping[str, Row]:
    """Return, for each large matrix, the largest number of each column that went into it.

    `model` is unrounded and is not changed; `given` are what its `words` shall be.
    """
    sizes = {each.name: int(np.prod(each.dims)) for each in model.graph.initializer}
    inputs = {
        node.name: node.input[0]
        for node in model.graph.node
        if node.op_type == "MatMul" and sizes.get(node.input[1], 0) >= WORTH
    }
    told = type(model)()
    told.CopyFrom(model)
    told.graph.output.extend(type(model.graph.output[0])(name=name) for name in {*inputs.values()})
    session = onnxruntime.InferenceSession(
        told.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    largest: dict[str, Row] = {}
    for words in given:
        found = session.run([*inputs.values()], {"words": words})
        for name, states in zip(inputs, found, strict=True):
            here = np.abs(states).reshape(-1, states.shape[-1]).max(0)
            largest[name] = np.maximum(largest.get(name, 0), here)
    return largest


def rounded(weight: Row, largest: Row) -> Rounded:
    """Round a matrix (inputs, outputs); `largest` is what went into it."""
    bound = max(ABOVE * np.median(largest), largest.max() / MOST) or 1.0
    over = np.maximum(largest / bound, 1).astype(np.float32)
    even = weight * over[:, None]
    scales = (np.abs(even).max(0) / STEPS).astype(np.float32)
    scales[scales == 0] = 1
    factors = (1 / over).astype(np.float32) if over.max() > 1 else None
    return Rounded(np.rint(even / scales).astype(np.int8), scales, factors)

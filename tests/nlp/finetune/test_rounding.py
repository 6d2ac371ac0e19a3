"""Rounding a matrix to eight bits."""

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("onnxruntime", reason="onnxruntime (extra finetune) is not installed")

from nlp.finetune.rounding import STEPS, Rounded, rounded

DRAW = np.random.default_rng(1)
WEIGHT = DRAW.normal(size=(64, 16)).astype(np.float32)
EVEN = DRAW.normal(size=(40, 64)).astype(np.float32)
UNEVEN = EVEN * np.where(np.arange(64) == 3, 30, 1).astype(np.float32)


def product(given: NDArray[np.float32], matrix: Rounded) -> NDArray[np.float32]:
    """Multiply as the runtime does: what comes in is rounded to 256 steps of one scale."""
    given = given if matrix.factors is None else given * matrix.factors
    step = (given.max() - given.min()) / 255
    found: NDArray[np.float32] = np.rint(given / step) * step @ (matrix.numbers * matrix.scales)
    return found


def error(given: NDArray[np.float32], largest: NDArray[np.float32]) -> float:
    return float(np.abs(product(given, rounded(WEIGHT, largest)) - given @ WEIGHT).mean())


def test_numbers_fit_so_that_pairs_of_products_do_not_overflow_sixteen_bits() -> None:
    numbers = rounded(WEIGHT, np.abs(UNEVEN).max(0)).numbers
    assert np.abs(numbers.astype(int)).max() == STEPS
    assert 2 * 255 * STEPS < 2**15


def test_what_is_even_is_left_as_it_is() -> None:
    assert rounded(WEIGHT, np.abs(EVEN).max(0)).factors is None


def test_one_large_column_does_not_coarsen_the_others() -> None:
    unaware = np.ones(64, dtype=np.float32)
    assert error(UNEVEN, np.abs(UNEVEN).max(0)) < error(UNEVEN, unaware) / 2


@pytest.mark.parametrize("largest", [np.zeros(64), np.eye(64)[0]])
def test_columns_that_never_held_a_number_are_borne(largest: NDArray[np.float64]) -> None:
    matrix = rounded(np.zeros_like(WEIGHT), largest.astype(np.float32))
    assert np.isfinite(product(EVEN, matrix)).all()

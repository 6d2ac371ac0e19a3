"""What the encoder's network is given of a text: a vector for each of its pieces."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.pieces import Pieces

LONGEST = 128  # pieces read of a text; of a hundred posts one is longer
EXAMINED = 2_000  # signs that can matter for so many pieces
PREFIX = "query: "  # what the original model was taught to expect before a text

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces, and their vectors with four bits a number: `signs` and `scales`.

    `signs` is (pieces, 12, 16) uint8, a low and a high half each; `scales` (pieces, 12) float16.
    """

    pieces: tuple[str, ...]
    scores: Row
    rewriting: Mapping[int, str]
    signs: NDArray[np.uint8]
    scales: NDArray[np.float16]


class PieceVectors:
    """Cuts texts and looks up the pieces. Make it once: it takes half a second."""

    def __init__(self, known: Vocabulary) -> None:
        self._pieces = Pieces(known.pieces, known.scores.tolist(), known.rewriting)
        self._signs, self._scales = known.signs, known.scales

    def of(self, text: str) -> Row:
        """Return (pieces, 384)."""
        numbers = self._pieces.cut(PREFIX + text[:EXAMINED], LONGEST)
        signs, scales = self._signs[numbers], self._scales[numbers].astype(np.float32)
        halves = np.empty((*signs.shape[:2], 2, signs.shape[2]), dtype=np.float32)
        halves[:, :, 0] = signs & 15
        halves[:, :, 1] = signs >> 4
        halves -= 8
        halves *= scales[..., None, None]
        return halves.reshape(len(numbers), -1)

"""The trained model: a sum of weights for each label, of a small file, by numpy alone.

A word's weights are summed once and remembered, so that a post costs one look-up a word.
"""

import itertools
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError
from nlp.features import PAIR, pair_bucket, word_buckets

MODEL_FILE = Path(__file__).parent / "model" / "linear.npz"
KEPT = 50_000  # words whose weights are remembered; then the memory starts anew
FORMAT = 1

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What training learned. Labels in one order throughout, as `topics:essen`, `urgent:urgent`.

    `pieces` is int8, one row a bucket, times `scale` a label; `rules` one row a number of
    `nlp.features.RuleFeatures.names`. The sum with `bias` is the log odds; the label holds where
    the probability reaches `thresholds`. `fields` are those in which the model speaks.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    fields: tuple[str, ...]
    pieces: NDArray[np.int8]
    scale: Row
    rules: Row
    bias: Row
    thresholds: Row

    def write(self, path: Path) -> None:
        """Write the file; the same weights give the same bytes."""
        told = {
            "format": FORMAT,
            "labels": self.labels,
            "names": self.names,
            "fields": self.fields,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            archive.writestr(zipfile.ZipInfo("about.json"), json.dumps(told, ensure_ascii=False))
            for name in ("pieces", "scale", "rules", "bias", "thresholds"):
                packed = BytesIO()
                np.save(packed, getattr(self, name), allow_pickle=False)
                info = zipfile.ZipInfo(f"{name}.npy")
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, packed.getvalue())


def likely(odds: NDArray[Any]) -> NDArray[Any]:
    """Return the probabilities of log odds."""
    found: NDArray[Any] = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return found


def read(path: Path) -> Weights:
    """Read a model's file. Raises ModelError with the file and what to do."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read("about.json"))
            arrays = {
                name: np.load(BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
                for name in ("pieces", "scale", "rules", "bias", "thresholds")
            }
        if told["format"] != FORMAT:
            raise ValueError(f"format {told['format']}")
        return Weights(
            labels=tuple(told["labels"]),
            names=tuple(told["names"]),
            fields=tuple(told["fields"]),
            **arrays,
        )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            de=f"{path}: das Modell ist nicht lesbar ({error}). "
            "Mit hhhilft train neu erzeugen oder hhhilft tag --rules verwenden.",
            en=f"{path}: the model cannot be read ({error}). "
            "Make it anew with hhhilft train, or use hhhilft tag --rules.",
        ) from error


class Linear:
    """Judges posts by weights; remembers the words it has met."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._known: dict[str, int] = {}
        self._rows = np.zeros((1024, len(weights.labels)), dtype=np.float32)

    def judge(self, folded: list[str], rules: Row) -> tuple[Row, dict[str, int], float]:
        """Return the log odds of each label, the rows of the words, and each word's share.

        `share * word_weights(rows, label)` is what each word adds to the log odds of a label.
        """
        weights = self.weights
        rows = self._look_up(folded)
        share = 1 / max(1, len(rows)) ** 0.5
        odds = weights.bias + rules @ weights.rules
        if rows:
            odds += share * self._rows[list(rows.values())].sum(axis=0)
        pairs = set(itertools.pairwise(folded))
        if pairs:
            buckets = [pair_bucket(*pair) for pair in pairs]
            odds += (
                PAIR * share * weights.scale * weights.pieces[buckets].sum(axis=0, dtype=np.int32)
            )
        return odds, rows, share

    def word_weights(self, rows: list[int], label: int) -> Row:
        """Return how much the word of each row speaks for a label, before its share."""
        weights: Row = self._rows[rows, label]
        return weights

    def _look_up(self, folded: list[str]) -> dict[str, int]:
        if len(self._known) > KEPT:
            self._known.clear()
        rows: dict[str, int] = {}
        for word in folded:
            if word not in rows:
                row = self._known.get(word)
                rows[word] = self._learn(word) if row is None else row
        return rows

    def _learn(self, word: str) -> int:
        row = len(self._known)
        if row >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        buckets = word_buckets(word)
        summed = self.weights.pieces[buckets].sum(axis=0, dtype=np.int32)
        self._rows[row] = summed * self.weights.scale / len(buckets) ** 0.5
        self._known[word] = row
        return row

"""The trained model: a sum of weights for each label, of a small file, by numpy alone.

A word's weights are summed once and remembered, so that a post costs one look-up a word.
"""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError
from nlp.features import BUCKETS, PAIR, pair_begin, pair_number, spelt, word_buckets

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
    found: NDArray[Any] = 1 / (1 + np.exp(-np.minimum(np.maximum(odds, -30), 30)))
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


@dataclass(frozen=True, slots=True)
class Judged:
    """The log odds of each label, and what the post's words, each once, bring to them.

    `weights` is (words, labels); times `share` it is what a word adds.
    """

    odds: Row
    words: list[str]
    weights: Row
    share: float

    def added(self, label: int) -> Row:
        """Return what each word adds to the log odds of a label."""
        added: Row = self.share * self.weights[:, label]
        return added


# A word that was met: the row of its weights, and what pairs need (nlp.features). A bare tuple:
# Python's collector soon leaves it alone.
_Known = tuple[int, bytes, int]


class Linear(dict[str, _Known]):
    """Judges posts by weights; holds the words it has met."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights = weights
        self._rows = np.zeros((1024, len(weights.labels)), dtype=np.float32)

    def judge(self, posts: Sequence[Sequence[str]], rules: Row) -> list[Judged]:
        """Judge posts, each by itself: by its folded words, and by what the rules say.

        `rules` is (posts, names), of nlp.features.RuleFeatures.
        """
        if len(self) > KEPT:
            self.clear()
        rows: list[int] = []
        numbers: list[int] = []
        words: list[list[str]] = []
        ends, paired = [0], [0]
        for folded in posts:
            mine, pairs = self._look_up(folded)
            words.append(list(mine))
            rows += mine.values()
            numbers += pairs
            ends.append(len(rows))
            paired.append(len(numbers))
        weights = self._rows.take(rows, axis=0)
        parts = [weights[start:end] for start, end in pairwise(ends)]
        shares = np.array([1 / max(1, len(each)) ** 0.5 for each in words])
        odds = self._odds(parts, shares, rules)
        self._add_pairs(odds, shares, np.array(numbers, dtype=np.int64), paired)
        return list(map(Judged, odds, words, parts, shares.tolist()))

    def _odds(self, parts: list[Row], shares: NDArray[np.float64], rules: Row) -> Row:
        """Return what the rules and the words say."""
        # a product a post: one of matrices would add in an order that depends on the others
        odds: Row = self.weights.bias + np.matmul(rules[:, None], self.weights.rules)[:, 0]
        summed = np.empty_like(odds)
        for part, out in zip(parts, summed, strict=True):
            np.add.reduce(part, axis=0, out=out)
        odds += shares.astype(np.float32)[:, None] * summed
        return odds

    def _add_pairs(
        self,
        odds: Row,
        shares: NDArray[np.float64],
        numbers: NDArray[np.int64],
        ends: list[int],
    ) -> None:
        """Add what the pairs say; those of post i stand from `ends[i]` to `ends[i + 1]`."""
        some = np.flatnonzero(np.diff(ends))
        if not len(some):
            return
        found = self.weights.pieces.take(numbers % BUCKETS, axis=0)
        summed = np.add.reduceat(found, np.array(ends)[some], axis=0, dtype=np.int32)
        share = (PAIR * shares[some]).astype(np.float32)[:, None]
        odds[some] += share * self.weights.scale * summed

    def _look_up(self, folded: Sequence[str]) -> tuple[dict[str, int], set[int]]:
        """Return the row of each word, and the numbers of the pairs."""
        if not folded:
            return {}, set()
        rows, spellings, begins = zip(*map(self.__getitem__, folded), strict=True)
        pairs = set(map(pair_number, spellings[1:], begins))
        return dict(zip(folded, rows, strict=True)), pairs

    def __missing__(self, word: str) -> _Known:
        row = len(self)
        if row >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        buckets = word_buckets(word)
        summed = self.weights.pieces[buckets].sum(axis=0, dtype=np.int32)
        self._rows[row] = summed * self.weights.scale / len(buckets) ** 0.5
        spelling = spelt(word)
        known = self[word] = (row, spelling, pair_begin(spelling))
        return known

"""How likely an offer answers a need: a logistic model over what both say and mean."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError
from nlp.linear import MODEL_FILE

PAIR_FILE = MODEL_FILE.with_name("pairs.json")
Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """The weight of each named number, and a `bias`; their sum is the log odds."""

    weights: Mapping[str, float]
    bias: float

    def odds(self, rows: Sequence[Mapping[str, float]]) -> Row:
        """Return the log odds of each row."""
        table = np.array([[row[name] for name in self.weights] for row in rows])
        found: Row = table.reshape(-1, len(self.weights)) @ [*self.weights.values()] + self.bias
        return found


@dataclass(frozen=True, slots=True)
class PairModel:
    """`side`: whether a post seeks, else it offers; `pair`: whether an offer answers a need."""

    side: Logistic
    pair: Logistic

    def write(self, path: Path) -> None:
        """Write the file; the same weights give the same bytes."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read(path: Path = PAIR_FILE) -> PairModel:
    """Read the weights. Raises ModelError with what to do."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return PairModel(Logistic(**told["side"]), Logistic(**told["pair"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            de=f"{path}: die Gewichte der Zuordnung sind nicht lesbar ({error}). "
            "Das Programm neu installieren.",
            en=f"{path}: the weights of the matching cannot be read ({error}). "
            "Install the program anew.",
        ) from error

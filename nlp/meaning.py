"""What a post means, as a vector that lies near those of the posts that answer it, by onnxruntime.

A second fine-tuned encoder (nlp/finetune): it has learned from pairs of needs and offers which
belong together, and tells as well whether a post seeks, offers, both or neither. It is optional as
the tagger's is, and reads one text at a time for the same reason.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp import embed
from nlp.piece_vectors import PieceVectors, Row

MEANING_FILE = embed.ENCODER_FILE.with_name("meaning.zip")


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """`vector` (384,) has length 1; `seeks`, `offers`: the log odds that the post does."""

    vector: Row
    seeks: float
    offers: float


class Meaning:
    """Reads what texts mean. Make it once: loading takes a second or two."""

    def __init__(self, path: Path = MEANING_FILE) -> None:
        packed = embed.read(path)
        self._vectors = PieceVectors(packed.vocabulary)
        self._network: Any = embed.session(packed.network)

    def of(self, text: str) -> Meant:
        """Return what a text means; the same text always means the same."""
        vector, odds = self._network.run(["vector", "odds"], {"words": self._vectors.of(text)})
        return Meant(vector, *odds.tolist())


def load(path: Path = MEANING_FILE) -> Meaning | None:
    """Load the encoder; None where its file or onnxruntime is absent. Raises ModelError."""
    return Meaning(path) if embed.installed() and path.is_file() else None

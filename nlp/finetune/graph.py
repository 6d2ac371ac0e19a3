"""The fine-tuned encoders as ONNX graphs for one text: `words` (n, WIDTH) to what they say.

Written node by node, so that it holds nothing that one text does not need: no padding, and a batch
of one text only where Attention asks for a batch. Two nodes were left out because they are slower
on a processor than what they replace: SkipLayerNormalization and MultiHeadAttention.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from nlp.finetune.course import Shape
from nlp.finetune.network import EPSILON
from nlp.finetune.original import HEADS, WIDTH, Original
from nlp.finetune.rounding import rounded
from nlp.finetune.states import positions
from nlp.piece_vectors import LONGEST

OPSET, FORMAT = 23, 11  # the first with Attention
RUNTIME = "com.microsoft"  # operators that onnxruntime adds to those of ONNX
JUDGE_EPSILON = 1e-5
Weights = Mapping[str, NDArray[np.float32]]


class _Graph:
    def __init__(self, largest: Weights) -> None:
        self.largest = largest
        self.nodes: list[Any] = []
        self.given: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.given[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, kind: str, into: Sequence[str], out: str, **how: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(into), [out], name=out, **how))
        return out

    def line(self, x: str, name: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """Add x · weightᵀ + bias; rounded if it is known what goes into it."""
        added = self.constant(f"{name}.b", bias)
        if name not in self.largest:
            times = self.node("MatMul", [x, self.constant(f"{name}.w", weight.T)], name)
            return self.node("Add", [times, added], f"{name}.sum")
        found = rounded(weight.T, self.largest[name])
        if found.factors is not None:
            x = self.node("Mul", [x, self.constant(f"{name}.f", found.factors)], f"{name}.even")
        weights = [
            self.constant(f"{name}.w", found.numbers),
            self.constant(f"{name}.s", found.scales),
            self.constant(f"{name}.z", np.zeros(len(found.scales), dtype=np.int8)),
        ]
        return self.node("DynamicQuantizeMatMul", [x, *weights, added], name, domain=RUNTIME)

    def norm(self, x: str, name: str, weights: Sequence[NDArray[Any]], epsilon: float) -> str:
        scale, bias = (self.constant(f"{name}.{at}", each) for at, each in enumerate(weights))
        return self.node("LayerNormalization", [x, scale, bias], name, epsilon=epsilon)


def build(original: Original, shape: Shape, tuned: Weights, largest: Weights) -> Any:
    """Return the tagger's model: the original's frozen layers, then those of `Tuned`'s weights.

    The matrices that `largest` names are rounded (nlp.finetune.rounding).
    """
    graph = _Graph(largest)
    found = _states(graph, original, shape, tuned)
    read = graph.node("Concat", [found[each] for each in shape.read], "together", axis=2)
    _judge(graph, graph.node("Squeeze", [read, "zero"], "read"), tuned)
    return _model(graph, "encoder", {"odds": len(tuned["judge.speaks"])})


def build_meaning(original: Original, shape: Shape, tuned: Weights, largest: Weights) -> Any:
    """Return the matching's model: `words` (n, WIDTH) to `vector` (WIDTH) and `odds` (2)."""
    graph = _Graph(largest)
    states = _states(graph, original, shape, tuned)[shape.frozen + shape.layers]
    states = graph.node("Squeeze", [states, "zero"], "read")
    mean = graph.node("ReduceMean", [states, "zero"], "mean", keepdims=0)
    length = graph.node("ReduceL2", [mean, "zero"], "length", keepdims=1)
    graph.node("Div", [mean, length], "vector")
    _judge(graph, states, tuned)
    return _model(graph, "meaning", {"vector": WIDTH, "odds": 2})


def _states(graph: _Graph, original: Original, shape: Shape, tuned: Weights) -> Mapping[int, str]:
    """Add the layers; return the name of what comes out of each, from 1."""
    places = graph.constant("places", positions(original)[:LONGEST])
    graph.constant("zero", np.zeros(1, dtype=np.int64))
    size = graph.node("Shape", ["words"], "size", end=1)
    here = graph.node("Slice", [places, "zero", size, "zero"], "here")
    tensors = original.tensors
    states = graph.node("Add", ["words", here], "placed")
    states = graph.node("Unsqueeze", [states, "zero"], "alone")
    states = graph.norm(states, "first", [tensors["emb.ln.w"], tensors["emb.ln.b"]], EPSILON)
    found = {}
    for number in range(shape.frozen):
        weights = {
            f"{name}.{kind}": _shaped(tensors[f"l{number}.{name}.{kind[0]}"], name, kind)
            for name in ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")
            for kind in ("weight", "bias")
        }
        found[number + 1] = states = _layer(graph, states, f"layer{number}", weights)
    for number in range(shape.layers):
        start = f"layers.{number}."
        weights = {name.removeprefix(start): each for name, each in tuned.items() if start in name}
        above = shape.frozen + number
        found[above + 1] = states = _layer(graph, states, f"layer{above}", weights)
    return found


def _model(graph: _Graph, name: str, answers: Mapping[str, int]) -> Any:
    named = helper.make_graph(
        graph.nodes,
        name,
        [helper.make_tensor_value_info("words", TensorProto.FLOAT, ["pieces", WIDTH])],
        [
            helper.make_tensor_value_info(answer, TensorProto.FLOAT, [size])
            for answer, size in answers.items()
        ],
        list(graph.given.values()),
    )
    operators = [helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME, 1)]
    return helper.make_model(named, opset_imports=operators, ir_version=FORMAT)


def _shaped(flat: NDArray[np.float32], name: str, kind: str) -> NDArray[np.float32]:
    if kind == "bias" or name.endswith("ln"):
        return flat
    return flat.reshape(-1, 4 * WIDTH if name == "fo" else WIDTH)


def _layer(graph: _Graph, states: str, name: str, weights: Weights) -> str:
    together = graph.line(
        states,
        f"{name}.qkv",
        np.concatenate([weights[f"{each}.weight"] for each in "qkv"]),
        np.concatenate([weights[f"{each}.bias"] for each in "qkv"]),
    )
    names = [f"{name}.{each}" for each in "qkv"]
    graph.nodes.append(helper.make_node("Split", [together], names, axis=2, num_outputs=3))
    seen = graph.node("Attention", names, f"{name}.seen", q_num_heads=HEADS, kv_num_heads=HEADS)
    seen = graph.line(seen, f"{name}.ao", weights["ao.weight"], weights["ao.bias"])
    states = graph.node("Add", [states, seen], f"{name}.with.seen")
    norm = [weights["aln.weight"], weights["aln.bias"]]
    states = graph.norm(states, f"{name}.aln", norm, EPSILON)
    wide = graph.line(states, f"{name}.up", weights["fi.weight"], weights["fi.bias"])
    wide = graph.node("Gelu", [wide], f"{name}.gelu", approximate="tanh")
    thought = graph.line(wide, f"{name}.down", weights["fo.weight"], weights["fo.bias"])
    states = graph.node("Add", [states, thought], f"{name}.with.thought")
    norm = [weights["oln.weight"], weights["oln.bias"]]
    return graph.norm(states, f"{name}.oln", norm, EPSILON)


def _judge(graph: _Graph, states: str, tuned: Weights) -> None:
    judge = {name.removeprefix("judge."): each for name, each in tuned.items() if "judge." in name}
    norm = [judge["norm.weight"], judge["norm.bias"]]
    states = graph.norm(states, "judge.norm", norm, JUDGE_EPSILON)
    inner = graph.line(states, "judge.inward", judge["inward.weight"], judge["inward.bias"])
    inner = graph.node("Gelu", [inner], "judge.inner")
    matters = graph.line(inner, "judge.matters", judge["matters.weight"], judge["matters.bias"])
    share = graph.node("Softmax", [matters], "judge.share", axis=0)
    share = graph.node("Transpose", [share], "judge.share.turned", perm=[1, 0])
    heard = graph.node("MatMul", [share, inner], "judge.heard")
    speaks = graph.constant("judge.speaks", judge["speaks"])
    heard = graph.node("Mul", [heard, speaks], "judge.spoken")
    graph.constant("one", np.ones(1, dtype=np.int64))
    heard = graph.node("ReduceSum", [heard, "one"], "judge.word", keepdims=0)
    mean = graph.node("ReduceMean", [states, "zero"], "judge.mean", keepdims=0)
    mean = graph.line(mean, "judge.overall", judge["mean.weight"], judge["mean.bias"])
    graph.node("Add", [heard, mean], "odds")

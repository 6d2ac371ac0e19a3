"""The fine-tuned encoder as an ONNX graph for one text: `words` (n, WIDTH) to `odds` (labels).

Written node by node, so that it holds nothing that one text does not need: no batch, no padding.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from nlp.embed import LONGEST
from nlp.finetune.course import Shape
from nlp.finetune.network import EPSILON
from nlp.finetune.original import HEADS, WIDTH, Original
from nlp.finetune.states import positions

OPSET = 20  # the first with Gelu
JUDGE_EPSILON = 1e-5
DOWN = "down"  # the name that the matrices end with which bear rounding least
Weights = Mapping[str, NDArray[np.float32]]


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.given: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.given[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, kind: str, into: Sequence[str], out: str, **how: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(into), [out], name=out, **how))
        return out

    def line(self, x: str, name: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """Add x · weightᵀ + bias."""
        times = self.node("MatMul", [x, self.constant(f"{name}.w", weight.T)], name)
        return self.node("Add", [times, self.constant(f"{name}.b", bias)], f"{name}.sum")

    def norm(self, x: str, name: str, weights: Sequence[NDArray[Any]], epsilon: float) -> str:
        scale, bias = (self.constant(f"{name}.{at}", each) for at, each in enumerate(weights))
        return self.node("LayerNormalization", [x, scale, bias], name, epsilon=epsilon)


def build(original: Original, shape: Shape, tuned: Weights) -> Any:
    """Return the model: the original's frozen layers, then those of `Tuned`'s weights."""
    graph = _Graph()
    places = graph.constant("places", positions(original)[:LONGEST])
    graph.constant("heads", np.array([0, HEADS, WIDTH // HEADS], dtype=np.int64))
    graph.constant("flat", np.array([0, WIDTH], dtype=np.int64))
    graph.constant("root", np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32))
    graph.constant("zero", np.zeros(1, dtype=np.int64))
    size = graph.node("Shape", ["words"], "size", end=1)
    here = graph.node("Slice", [places, "zero", size, "zero"], "here")
    tensors = original.tensors
    states = graph.node("Add", ["words", here], "placed")
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
    read = graph.node("Concat", [found[each] for each in shape.read], "read", axis=1)
    _judge(graph, read, tuned)
    named = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("words", TensorProto.FLOAT, ["pieces", WIDTH])],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, [len(tuned["judge.speaks"])])],
        list(graph.given.values()),
    )
    return helper.make_model(named, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)


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
    graph.nodes.append(helper.make_node("Split", [together], names, axis=1, num_outputs=3))
    turned = [
        graph.node(
            "Transpose",
            [graph.node("Reshape", [each, "heads"], f"{each}.heads")],
            f"{each}.turned",
            perm=[1, 2, 0] if each.endswith("k") else [1, 0, 2],
        )
        for each in names
    ]
    fit = graph.node("MatMul", turned[:2], f"{name}.fit")
    fit = graph.node("Mul", [fit, "root"], f"{name}.fit.root")
    fit = graph.node("Softmax", [fit], f"{name}.share", axis=-1)
    seen = graph.node("MatMul", [fit, turned[2]], f"{name}.seen")
    seen = graph.node("Transpose", [seen], f"{name}.seen.turned", perm=[1, 0, 2])
    seen = graph.node("Reshape", [seen, "flat"], f"{name}.seen.flat")
    seen = graph.line(seen, f"{name}.ao", weights["ao.weight"], weights["ao.bias"])
    states = graph.node("Add", [states, seen], f"{name}.with.seen")
    norm = [weights["aln.weight"], weights["aln.bias"]]
    states = graph.norm(states, f"{name}.aln", norm, EPSILON)
    wide = graph.line(states, f"{name}.up", weights["fi.weight"], weights["fi.bias"])
    wide = graph.node("Gelu", [wide], f"{name}.gelu")
    thought = graph.line(wide, f"{name}.{DOWN}", weights["fo.weight"], weights["fo.bias"])
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

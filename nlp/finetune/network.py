"""The encoder as PyTorch layers: those that stay as they are, and those that are fine-tuned.

XLM-R's layers (post-norm transformer). The last part reads, for each label, the pieces that matter
to it (label-wise attention: Mullenbach et al. 2018) beside the mean of all.
"""

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as functions
from numpy.typing import NDArray
from torch import Tensor, nn

from nlp.finetune.course import Shape
from nlp.finetune.original import HEADS, WIDTH, Original

EPSILON = 1e-12
INNER = 4 * WIDTH
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")
FAR = -1e4  # log odds of what is not there


class Layer(nn.Module):
    """One layer of the transformer; named as in the original's file."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.aln, self.oln = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(dropout)

    def forward(self, states: Tensor, there: Tensor) -> Tensor:
        """Return the next states (posts, pieces, WIDTH); `there` is false on padding."""
        posts, pieces, _ = states.shape

        def heads(line: nn.Linear) -> Tensor:
            found: Tensor = line(states)
            return found.view(posts, pieces, HEADS, WIDTH // HEADS).transpose(1, 2)

        # written out: on a processor scaled_dot_product_attention takes most of a step to learn
        alike = heads(self.q) * (WIDTH // HEADS) ** -0.5 @ heads(self.k).transpose(-1, -2)
        share = alike.masked_fill(~there[:, None, None, :], FAR).softmax(-1)
        values = heads(self.v)
        seen = (share.to(values.dtype) @ values).transpose(1, 2)
        seen = self.ao(seen.reshape(posts, pieces, WIDTH))
        states = self.aln(states + self.drop(seen))
        thought = self.fo(functions.gelu(self.fi(states)))
        found: Tensor = self.oln(states + self.drop(thought))
        return found

    def fill(self, original: Original, number: int) -> "Layer":
        """Take the weights of the original's layer; return itself."""
        with torch.no_grad():
            for name in (*_MATRICES, *_NORMS):
                part = getattr(self, name)
                part.weight.copy_(_tensor(original.tensors, f"l{number}.{name}.w", part.weight))
                part.bias.copy_(_tensor(original.tensors, f"l{number}.{name}.b", part.bias))
        return self


class Judge(nn.Module):
    """From the states of some layers to the log odds of each label."""

    def __init__(self, layers: int, labels: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(layers * WIDTH)
        self.inward = nn.Linear(layers * WIDTH, hidden)
        self.matters = nn.Linear(hidden, labels)
        self.speaks = nn.Parameter(torch.randn(labels, hidden) * 0.03)
        self.mean = nn.Linear(layers * WIDTH, labels)
        self.drop = nn.Dropout(dropout)
        nn.init.zeros_(self.mean.weight)
        nn.init.constant_(self.mean.bias, -2.0)  # most labels do not hold

    def forward(self, states: Tensor, there: Tensor) -> Tensor:
        """Return (posts, labels)."""
        states = self.norm(states)
        inner = self.drop(functions.gelu(self.inward(self.drop(states))))
        matters = self.matters(inner).masked_fill(~there[..., None], FAR).softmax(1)
        heard = torch.einsum("pnl,pnh->plh", matters, inner)
        share = there[..., None].float()
        mean = (states * share).sum(1) / share.sum(1)
        odds: Tensor = (heard * self.speaks).sum(-1) + self.mean(self.drop(mean))
        return odds


class Tuned(nn.Module):
    """The layers that are fine-tuned, and the judge of some layers' states.

    While it is `still`, the judge is given the original's states instead of those layers'.
    """

    def __init__(self, shape: Shape, labels: int, dropout: float, judge_dropout: float) -> None:
        super().__init__()
        self.shape, self.still = shape, False
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(shape.layers))
        self.judge = Judge(len(shape.read), labels, shape.hidden, judge_dropout)

    def forward(self, states: Tensor, there: Tensor) -> Tensor:
        """Return the log odds of posts, from the states of the layers `shape.stored`."""
        found = dict(zip(self.shape.stored, states.split(WIDTH, -1), strict=True))
        if not self.still:
            for number, layer in enumerate(self.layers, self.shape.frozen):
                found[number + 1] = layer(found[number], there)
        odds: Tensor = self.judge(torch.cat([found[each] for each in self.shape.read], -1), there)
        return odds


def _tensor(tensors: Mapping[str, NDArray[np.float32]], name: str, like: Tensor) -> Tensor:
    return torch.from_numpy(tensors[name].copy()).view(like.shape)

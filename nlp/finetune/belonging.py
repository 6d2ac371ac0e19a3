"""Fine-tunes the encoder of nlp/meaning.py on needs and offers that belong together.

A need's vector shall lie nearer to its offer's than to those of other offers of the batch, some of
them chosen because they are near (contrastive loss with hard negatives: Karpukhin et al. 2020,
arXiv:2004.04906). The same network learns whether a post seeks, offers, both or neither; that also
from posts without a pair.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as functions

from nlp.finetune.course import Shape
from nlp.finetune.network import FAR, Judge, Layer
from nlp.finetune.original import LAYERS, WIDTH, Original
from nlp.finetune.states import States

SEED = 20261128
SHAPE = Shape(frozen=8, layers=LAYERS - 8, read=(LAYERS,), hidden=0)
EPOCHS = 3
TOGETHER = 24  # pairs in one go
NEAR = 8  # wrong offers of which one is drawn for each pair
WARMTH = 0.05  # temperature: how much nearer the right one shall be
RATE, LOWER, HEAD_RATE = 1e-4, 0.9, 1.5e-3
DROPOUT, UNSEEN = 0.1, 0.1
WARM = 0.08  # share of the way until the full rate
BACKWARD = 0.25  # what it counts to find the need for an offer
SIDE = 0.5  # what the side counts
SIDES, JUDGE = 2, 128  # seeks and offers; the width of what judges them
_PARTS = 3  # of a batch, each of posts about as long


class Belonging(nn.Module):
    """The upper layers; from their states a vector of length 1, and what the post does."""

    def __init__(self, original: Original, dropout: float = DROPOUT) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            Layer(dropout).fill(original, number) for number in range(SHAPE.frozen, LAYERS)
        )
        self.judge = Judge(1, SIDES, JUDGE, dropout)

    def forward(self, states: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """Return vectors (posts, WIDTH) and log odds (posts, 2) of seeking and of offering."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.layers:
                states = layer(states, there)
        states = states.float()
        share = there[..., None].float()
        mean = (states * share).sum(1) / share.sum(1)
        return functions.normalize(mean, dim=-1), self.judge(states, there)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Posts by number: states, sides (posts, 2), parts; and needs with their offers.

    `sides`: whether a post seeks, and whether it offers. `answers` has each need, also those that
    nothing answers; `lone` are posts without a pair, of which the sides alone are learned.
    """

    states: States
    sides: NDArray[np.bool_]
    parts: Sequence[str]
    answers: Mapping[int, frozenset[int]]
    lone: NDArray[np.int64]


def tune(
    original: Original, lesson: Lesson, tell: Callable[[str], None], seed: int = SEED
) -> Belonging:
    """Fine-tune on a lesson. Tells of each epoch."""
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    net = Belonging(original)
    all_pairs = [(need, offer) for need, right in lesson.answers.items() for offer in sorted(right)]
    steps = EPOCHS * -(-len(all_pairs) // TOGETHER)
    learner = torch.optim.AdamW(list(_groups(net)), betas=(0.9, 0.98), fused=True)
    pace = torch.optim.lr_scheduler.LambdaLR(learner, lambda step: _pace(step / steps))
    for epoch in range(EPOCHS):
        near = _near(lesson, vectors(net, lesson.states)[0])
        net.train()
        lost = []
        order = draw.permutation(len(all_pairs))
        for start in range(0, len(order), TOGETHER):
            pairs = [all_pairs[at] for at in order[start : start + TOGETHER]]
            wrong = [draw.choice(near[need]) for need, _ in pairs]
            loss = _loss(net, lesson, pairs, wrong)
            if len(lesson.lone):
                loss = loss + _loss_of_sides(net, lesson, draw.choice(lesson.lone, TOGETHER))
            lost.append(_learn(net, loss, learner))
            pace.step()
        tell(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(lost):.3f}")
    net.eval()
    return net


def _learn(net: nn.Module, loss: Tensor, learner: torch.optim.Optimizer) -> float:
    """Go one step; return what was lost before it."""
    learner.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 2.0)
    learner.step()
    return float(loss.item())


def vectors(net: Belonging, states: States) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vectors of all posts, and the log odds (posts, 2) that each seeks, and offers."""
    net.eval()
    order = np.argsort(states.sizes, kind="stable")
    found = np.zeros((len(order), WIDTH), dtype=np.float32)
    sides = np.zeros((len(order), SIDES), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), TOGETHER):
            some = order[start : start + TOGETHER]
            vector, side = net(*states.padded(some))
            found[some], sides[some] = vector.numpy(), side.numpy()
    return found, sides


def _near(lesson: Lesson, found: NDArray[np.float32]) -> Mapping[int, Sequence[int]]:
    """Return for each need the wrong offers of its part that are nearest by vectors."""
    offers: dict[str, list[int]] = {}
    for post in np.flatnonzero(lesson.sides[:, 1]).tolist():
        offers.setdefault(lesson.parts[post], []).append(post)
    near = {}
    for need, answers in lesson.answers.items():
        others = [post for post in offers[lesson.parts[need]] if post not in answers]
        order = np.argsort(-(found[others] @ found[need]), kind="stable")
        near[need] = [others[at] for at in order[:NEAR]]
    return near


def _loss(
    net: Belonging, lesson: Lesson, pairs: Sequence[tuple[int, int]], wrong: Sequence[int]
) -> Tensor:
    """Return what a batch loses: wrong offers that are too near, and wrong sides."""
    needs, offers = [need for need, _ in pairs], [offer for _, offer in pairs]
    posts = np.array([*needs, *offers, *wrong])
    vector, side = _in_parts(net, lesson.states, posts)
    count = len(pairs)
    alike = vector[:count] @ vector[count:].T / WARMTH
    also = torch.tensor(
        [
            [
                at != mine and offer in lesson.answers[need]
                for at, offer in enumerate([*offers, *wrong])
            ]
            for mine, need in enumerate(needs)
        ]
    )
    alike = alike.masked_fill(also, FAR)
    own = torch.arange(count)
    forward = functions.cross_entropy(alike, own)
    backward = functions.cross_entropy(alike[:, :count].T, own)
    sides = functions.binary_cross_entropy_with_logits(side, _sides(lesson, posts))
    return (1 - BACKWARD) * forward + BACKWARD * backward + SIDE * sides


def _loss_of_sides(net: Belonging, lesson: Lesson, posts: NDArray[np.int64]) -> Tensor:
    side = _in_parts(net, lesson.states, posts)[1]
    return SIDE * functions.binary_cross_entropy_with_logits(side, _sides(lesson, posts))


def _sides(lesson: Lesson, posts: NDArray[np.int64]) -> Tensor:
    return torch.from_numpy(lesson.sides[posts].astype(np.float32))


def _in_parts(net: Belonging, states: States, posts: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
    """Run posts of like length together, so that little is padding; some pieces are hidden."""
    order = np.argsort(states.sizes[posts], kind="stable")
    found = []
    for some in np.array_split(order, _PARTS):
        given, there = states.padded(posts[some])
        shown = there & (torch.rand(there.shape) >= UNSEEN)
        shown[:, 0] = True
        found.append(net(given, shown))
    back = torch.from_numpy(np.argsort(order, kind="stable"))
    vectors, sides = (torch.cat(each)[back] for each in zip(*found, strict=True))
    return vectors, sides


def _groups(net: Belonging) -> Iterator[dict[str, Any]]:
    top = len(net.layers) - 1
    for number, layer in enumerate(net.layers):
        yield {"params": list(layer.parameters()), "lr": RATE * LOWER ** (top - number)}
    yield {"params": list(net.judge.parameters()), "lr": HEAD_RATE}


def _pace(done: float) -> float:
    """Return the share of the rate: up to 1 in the first `WARM` of the way, then a cosine down."""
    return min(1.0, (done + 1e-3) / WARM) * (
        0.02 + 0.49 * (1 + float(np.cos(np.pi * min(1, done))))
    )

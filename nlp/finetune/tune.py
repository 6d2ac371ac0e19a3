"""Fine-tunes the upper layers on labelled posts whose lower states are known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as functions

from nlp.finetune.course import Recipe
from nlp.finetune.network import Tuned
from nlp.finetune.original import Original
from nlp.finetune.states import TOGETHER, States

_SORTED = 24  # batches that are sorted by length together, so that little is padding


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What is learnt from: `wanted` (posts, labels) is 1 where a label holds."""

    states: States
    wanted: torch.Tensor
    recipe: Recipe
    draw: np.random.Generator
    tell: Callable[[str], None]


def tune(
    original: Original,
    states: States,
    truth: NDArray[np.bool_],
    recipe: Recipe,
    seed: int,
    tell: Callable[[str], None],
) -> Tuned:
    """Fine-tune on the posts of `states`; `truth` is (posts, labels). Tells of each epoch.

    The judge learns before the layers, so that these are not disturbed by one that knows nothing
    (Kumar et al. 2022, arXiv:2202.10054).
    """
    torch.manual_seed(seed)
    net = fresh(original, recipe, truth.shape[1])
    wanted = torch.from_numpy(truth.astype(np.float32))
    lesson = _Lesson(states, wanted, recipe, np.random.default_rng(seed), tell)
    net.still = True
    _learn(net, lesson, [_judge_of(net, recipe, recipe.before_rate)], recipe.before)
    net.still = False
    _learn(net, lesson, list(_groups(net, recipe)), recipe.epochs)
    net.eval()
    return net


def _learn(net: Tuned, lesson: _Lesson, groups: list[dict[str, Any]], epochs: int) -> None:
    """Change the parameters of `groups`; the rate begins anew."""
    recipe, sizes = lesson.recipe, lesson.states.sizes
    steps = max(1, epochs * -(-len(sizes) // TOGETHER))
    learner = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    pace = torch.optim.lr_scheduler.LambdaLR(learner, lambda step: _pace(step / steps, recipe.warm))
    learning = [each for group in groups for each in group["params"]]
    net.train()
    for epoch in range(epochs):
        lost = []
        for posts in _batches(sizes, lesson.draw):
            given, there = lesson.states.padded(posts)
            shown = there & (torch.rand(there.shape) >= recipe.unseen)
            shown[:, 0] = True
            loss = functions.binary_cross_entropy_with_logits(
                net(given, shown), lesson.wanted[posts], reduction="sum"
            ) / len(posts)
            learner.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 2.0)
            learner.step()
            pace.step()
            lost.append(loss.item())
        whom = "the judge" if net.still else "all"
        lesson.tell(f"{whom}, epoch {epoch + 1} of {epochs}: loss {np.mean(lost):.3f}")


def fresh(original: Original, recipe: Recipe, labels: int) -> Tuned:
    """Return the network before fine-tuning."""
    net = Tuned(recipe.shape, labels, recipe.dropout, recipe.judge_dropout)
    for number, layer in enumerate(net.layers, recipe.shape.frozen):
        layer.fill(original, number)
    return net


def odds_of(net: Tuned, states: States, posts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the log odds of some posts, one row each."""
    order = posts[np.argsort(states.sizes[posts], kind="stable")]
    found = np.zeros((len(states.sizes), len(net.judge.speaks)), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), TOGETHER):
            some = order[start : start + TOGETHER]
            found[some] = net(*states.padded(some)).numpy()
    return found[posts]


def _groups(net: Tuned, recipe: Recipe) -> Iterator[dict[str, Any]]:
    """Yield the parameters with their rates: lower layers learn slower, vectors do not decay."""
    top = len(net.layers) - 1
    for number, layer in enumerate(net.layers):
        rate = recipe.rate * recipe.lower ** (top - number)
        for wide in (True, False):
            mine = [each for each in layer.parameters() if (each.ndim > 1) == wide]
            yield {"params": mine, "lr": rate, "weight_decay": recipe.decay if wide else 0.0}
    yield _judge_of(net, recipe, recipe.judge_rate)


def _judge_of(net: Tuned, recipe: Recipe, rate: float) -> dict[str, Any]:
    return {"params": list(net.judge.parameters()), "lr": rate, "weight_decay": recipe.decay}


def _pace(done: float, warm: float) -> float:
    """Return the share of the rate: up to 1 in the first `warm` of the way, then a cosine down."""
    falling = 0.02 + 0.49 * (1 + float(np.cos(np.pi * min(1, done))))
    return min(1.0, (done + 1e-3) / warm) * falling


def _batches(sizes: NDArray[np.int64], draw: np.random.Generator) -> list[NDArray[np.int64]]:
    drawn = draw.permutation(len(sizes))
    batches = []
    for start in range(0, len(drawn), TOGETHER * _SORTED):
        some = drawn[start : start + TOGETHER * _SORTED]
        some = some[np.argsort(sizes[some], kind="stable")]
        batches += [some[at : at + TOGETHER] for at in range(0, len(some), TOGETHER)]
    return [batches[at] for at in draw.permutation(len(batches))]

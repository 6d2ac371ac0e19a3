"""What the layers that stay as they are make of each post: computed once for all."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as functions

from nlp.finetune.network import EPSILON, Layer
from nlp.finetune.original import WIDTH, Original, opened
from nlp.piece_vectors import EXAMINED, LONGEST, PREFIX
from nlp.pieces import Pieces

TOGETHER = 16  # posts in one go


@dataclass(frozen=True, slots=True)
class States:
    """The states of n posts after some layers, side by side; post i's from `ends[i]` on."""

    values: NDArray[np.float16]
    ends: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many pieces each post has."""
        return np.diff(self.ends)

    def of(self, post: int) -> NDArray[np.float16]:
        """Return the states (pieces, width) of one post."""
        return self.values[self.ends[post] : self.ends[post + 1]]

    def chosen(self, posts: NDArray[np.int64]) -> "States":
        """Return the states of some posts."""
        pieces = [self.of(post) for post in posts]
        ends = np.concatenate([[0], np.cumsum(self.sizes[posts])])
        return States(np.concatenate(pieces), ends.astype(np.int64))

    def padded(self, posts: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Return the states of some posts (posts, pieces, width), and where they are there."""
        sizes = self.sizes[posts]
        width = self.values.shape[1]
        states = np.zeros((len(posts), sizes.max(), width), dtype=np.float32)
        for row, (post, size) in enumerate(zip(posts, sizes, strict=True)):
            states[row, :size] = self.of(post)
        there = np.arange(sizes.max()) < sizes[:, None]
        return torch.from_numpy(states), torch.from_numpy(there)


def joined(states: Sequence[States]) -> States:
    """Return the states of all posts, one after the other."""
    sizes = np.concatenate([each.sizes for each in states])
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return States(np.concatenate([each.values for each in states]), ends)


def read_in_parts(
    original: Original,
    kept: Sequence[int],
    stored: Sequence[int],
    texts: Sequence[str],
    parts: Sequence[str],
    folder: Path,
    tell: Callable[[str], None],
) -> States:
    """Return `frozen_states` of all, read part by part; those in `folder` are not read again.

    The posts of a part stand together, one part after the other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for part in dict.fromkeys(parts):
        mine = [text for text, of in zip(texts, parts, strict=True) if of == part]
        path = folder / f"states-{key_of(tuple(stored), mine)}.npz"
        if not path.is_file():
            tell(f"reading {part} with the layers that stay")
            states = frozen_states(original, kept, stored, mine)
            np.savez(path, values=states.values, ends=states.ends)
        with np.load(path) as read:
            found.append(States(read["values"], read["ends"]))
    return joined(found)


def key_of(*things: Any) -> str:
    """Return a name for what has been computed of things: other things, another name."""
    digest = hashlib.sha256()
    for each in things:
        digest.update(each.tobytes() if isinstance(each, np.ndarray) else repr(each).encode())
    return digest.hexdigest()[:12]


def frozen_states(
    original: Original, kept: Sequence[int], stored: Sequence[int], texts: Sequence[str]
) -> States:
    """Return the states of texts after the layers `stored`, cut into the pieces that are kept."""
    pieces = Pieces(
        [original.pieces[number] for number in kept],
        original.scores[kept].tolist(),
        original.rewriting,
    )
    numbers = [pieces.cut(PREFIX + text[:EXAMINED], LONGEST) for text in texts]
    ends = np.concatenate([[0], np.cumsum([len(each) for each in numbers])]).astype(np.int64)
    values = np.zeros((ends[-1], WIDTH * len(stored)), dtype=np.float16)
    stay = [Layer(0.0).fill(original, number).eval() for number in range(stored[-1])]
    words = original.words[kept]
    weight, bias = (torch.from_numpy(original.tensors[f"emb.ln.{each}"].copy()) for each in "wb")
    order = np.argsort([len(each) for each in numbers], kind="stable")
    with torch.inference_mode():
        for start in range(0, len(order), TOGETHER):
            posts = order[start : start + TOGETHER]
            longest = max(len(numbers[post]) for post in posts)
            given = np.zeros((len(posts), longest, WIDTH), dtype=np.float32)
            there = torch.zeros(len(posts), longest, dtype=torch.bool)
            for row, post in enumerate(posts):
                blocks = words[numbers[post]]
                size = len(blocks)
                given[row, :size] = opened(blocks["signs"], blocks["scale"]).reshape(size, WIDTH)
                there[row, :size] = True
            states = torch.from_numpy(given + positions(original)[:longest])
            states = functions.layer_norm(states, (WIDTH,), weight, bias, EPSILON)
            found = {}
            for number, layer in enumerate(stay, 1):
                found[number] = states = layer(states, there)
            states = torch.cat([found[each] for each in stored], -1)
            for row, post in enumerate(posts):
                values[ends[post] : ends[post + 1]] = states[row, : len(numbers[post])].numpy()
    return States(values, ends)


def positions(original: Original) -> NDArray[np.float32]:
    """Return what is added to the pieces by their place in the text: (places, WIDTH)."""
    places = original.tensors["emb.pos"].reshape(-1, WIDTH)
    added: NDArray[np.float32] = places + original.tensors["emb.type"][:WIDTH]
    return added

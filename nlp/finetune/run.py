"""The whole way from labelled posts to the encoder's file, which the linear model must precede.

What has been computed is kept in a folder, so that a run that ends early goes on where it was.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from data.records import LONGEST_TEXT, clean
from nlp import combination, embed
from nlp.examples import LABELS, Examples
from nlp.finetune import original, vocabulary
from nlp.finetune.course import Course
from nlp.finetune.held_out import HeldOut, figures_of
from nlp.finetune.network import Tuned
from nlp.finetune.pack import pack
from nlp.finetune.states import key_of, read_in_parts
from nlp.finetune.telling import tables
from nlp.finetune.tune import fresh, odds_of, tune
from nlp.learn import examples_of
from nlp.training import Plan, calibrate, held_out

SHOWN = 40  # one post of so many shows what goes into the matrices that are rounded


def make(
    posts: Sequence[Mapping[str, Any]],
    plan: Plan,
    course: Course,
    folder: Path,
    tell: Callable[[str], None],
) -> tuple[embed.Packed, Mapping[str, Mapping[str, float]]]:
    """Fine-tune on labelled posts; return the file's content and the micro-F1 on those held out.

    Tells the tables of those held out.
    """
    shop = workshop(posts, course, folder, tell)
    found = shop.held_out(plan)
    figures = figures_of(found)
    tell(tables(found))
    return shop.pack(found, figures), figures


def workshop(
    posts: Sequence[Mapping[str, Any]], course: Course, folder: Path, tell: Callable[[str], None]
) -> "Workshop":
    """Read the original model and the labelled posts."""
    texts = [clean(post["text"][:LONGEST_TEXT]) for post in posts]
    return Workshop(texts, examples_of(posts), course, folder, tell)


class Workshop:
    """The labelled posts and the original model; what is computed of them is kept in `folder`."""

    def __init__(
        self,
        texts: Sequence[str],
        examples: Examples,
        course: Course,
        folder: Path,
        tell: Callable[[str], None],
    ) -> None:
        self.examples, self.course, self.folder, self.tell = examples, course, folder, tell
        self.model = original.read(original.find())
        self.kept = vocabulary.kept(self.model.pieces)
        self.texts = texts
        self.states = read_in_parts(
            self.model,
            self.kept,
            course.recipe.shape.stored,
            texts,
            examples.parts.tolist(),
            folder,
            tell,
        )

    def held_out(self, plan: Plan) -> HeldOut:
        """Fine-tune once a group without it; judge its posts by both models."""
        linear = held_out(self.examples, plan)
        curve = calibrate(linear, self.examples.truth, plan)
        linear = linear * curve.slope + curve.shift
        encoder = np.zeros_like(linear)
        out = np.zeros(len(linear), dtype=bool)
        for group in self.course.groups:
            mine = np.isin(self.examples.parts, group)
            encoder[mine] = odds_of(self.tuned(~mine), self.states, np.flatnonzero(mine))
            out |= mine
        return HeldOut(
            linear[out], encoder[out], self.examples.truth[out], self.examples.parts[out]
        )

    def tuned(self, mask: NDArray[np.bool_]) -> Tuned:
        """Return the network fine-tuned on the posts of `mask`, from the folder if it is there."""
        recipe, truth = self.course.recipe, self.examples.truth[mask]
        texts = [text for text, mine in zip(self.texts, mask, strict=True) if mine]
        path = self.folder / f"tuned-{key_of(recipe, self.course.seed, truth, texts)}.pt"
        net = fresh(self.model, recipe, len(LABELS))
        if path.is_file():
            net.load_state_dict(torch.load(path, weights_only=True))
            net.eval()
            return net
        self.tell(f"fine-tuning on {mask.sum()} posts")
        states = self.states.chosen(np.flatnonzero(mask))
        net = tune(self.model, states, truth, recipe, self.course.seed, self.tell)
        torch.save(net.state_dict(), path)
        return net

    def pack(self, found: HeldOut, figures: Mapping[str, Any]) -> embed.Packed:
        """Fine-tune on all posts and give the file's content."""
        net = self.tuned(np.ones(len(self.texts), dtype=bool))
        together = combination.fit(LABELS, found.linear, found.encoder, found.truth)
        about = {"posts": len(self.texts), "combination": together.told(), "held out": figures}
        return pack(self.model, self.kept, net, about, self.texts[::SHOWN])

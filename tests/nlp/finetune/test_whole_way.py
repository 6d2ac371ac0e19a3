"""Fine-tuning on a few posts, with a small original made up here, to the file that is shipped."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch (extra finetune) is not installed")
pytest.importorskip("onnx", reason="onnx (extra finetune) is not installed")
pytest.importorskip("onnxruntime", reason="onnxruntime (extra finetune) is not installed")
pytest.importorskip("sklearn", reason="sklearn (extra finetune) is not installed")

from data.corpus import read_corpus
from nlp import embed
from nlp.finetune import original, run
from nlp.finetune.course import Course, Recipe, Shape
from nlp.finetune.original import LAYERS, WIDTH, Original
from nlp.finetune.tune import fresh, odds_of, tune
from nlp.training import read_plan

WORDS = ("ich", "wir", "suchen", "wohnung", "deutsch", "kurs", "danke", "arzt", "heute", "wer")
POSTS = [post for post in read_corpus() if post["part"] in ("posts_5", "posts_6")][::12]
RECIPE = Recipe(Shape(2, 1, (1, 3), 8), 1, 1, 1e-4, 1e-3, 1e-3, 0.9, 0.01, 0.1, 0.2, 0.1, 0.1)
COURSE = Course(RECIPE, 1, (("posts_5",), ("posts_6",)))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> run.Workshop:
    patch = pytest.MonkeyPatch()
    patch.setattr(original, "find", Path)
    patch.setattr(original, "read", lambda _path: made_up())
    shop = run.workshop(POSTS, COURSE, tmp_path_factory.mktemp("work"), lambda _line: None)
    patch.undo()
    return shop


def made_up() -> Original:
    """An original of random weights, as large as the real one but for its vocabulary."""
    draw = np.random.default_rng(1)
    letters = [chr(number) for number in range(33, 256)]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *(f"▁{word}" for word in WORDS), *letters]
    blocks = np.zeros((len(pieces), WIDTH // 32), dtype=original.BLOCK)
    blocks["scale"] = 0.02
    blocks["signs"] = draw.integers(0, 256, size=(*blocks.shape, 16))
    tensors = {"emb.pos": draw.normal(0, 0.02, 512 * WIDTH), "emb.type": np.zeros(2 * WIDTH)}
    tensors |= {"emb.ln.w": np.ones(WIDTH), "emb.ln.b": np.zeros(WIDTH)}
    for layer in range(LAYERS):
        for name, rows, columns in (
            *((name, WIDTH, WIDTH) for name in ("q", "k", "v", "ao")),
            *(("fi", 4 * WIDTH, WIDTH), ("fo", WIDTH, 4 * WIDTH)),
        ):
            tensors[f"l{layer}.{name}.w"] = draw.normal(0, 0.03, rows * columns)
            tensors[f"l{layer}.{name}.b"] = np.zeros(rows)
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"] = np.ones(WIDTH)
            tensors[f"l{layer}.{name}.b"] = np.zeros(WIDTH)
    scores = -np.arange(len(pieces), dtype=np.float32) / 100
    single = {name: value.astype(np.float32) for name, value in tensors.items()}
    return Original(tuple(pieces), scores, {ord("W"): "w"}, single, blocks)


def test_the_shipped_network_says_what_the_trained_one_says(
    workshop: run.Workshop, tmp_path: Path
) -> None:
    found = workshop.held_out(read_plan())
    path = tmp_path / "encoder.zip"
    embed.write(workshop.pack(found, {}), path)
    net = workshop.tuned(np.ones(len(POSTS), dtype=bool))
    trained = odds_of(net, workshop.states, np.arange(len(POSTS)))
    encoder = embed.Encoder(path)
    shipped = np.stack([encoder.odds(text) for text in workshop.texts])
    assert np.abs(shipped - trained).max() < 0.25
    assert np.corrcoef(shipped.ravel(), trained.ravel())[0, 1] > 0.99


def test_the_layers_stay_as_they_are_while_the_judge_learns(workshop: run.Workshop) -> None:
    recipe = replace(RECIPE, epochs=0)
    truth = workshop.examples.truth
    net = tune(workshop.model, workshop.states, truth, recipe, 1, lambda _line: None)
    before = fresh(workshop.model, recipe, truth.shape[1]).state_dict()
    changed = {name for name, each in net.state_dict().items() if not each.equal(before[name])}
    assert "judge.speaks" in changed
    assert not [name for name in changed if name.startswith("layers.")]


def test_what_was_computed_is_not_computed_again(
    workshop: run.Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    mask = np.ones(len(POSTS), dtype=bool)
    first = workshop.tuned(mask)
    monkeypatch.setattr(run, "tune", None)
    again = workshop.tuned(mask)
    everything = np.arange(len(POSTS))
    assert np.array_equal(
        odds_of(first, workshop.states, everything), odds_of(again, workshop.states, everything)
    )


def test_held_out_posts_are_those_of_the_groups_in_their_order(workshop: run.Workshop) -> None:
    found = workshop.held_out(read_plan())
    assert len(found.truth) == len(POSTS)
    assert list(found.parts) == [post["part"] for post in POSTS]

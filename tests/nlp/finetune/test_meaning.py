"""Fine-tuning on a few pairs, with a small original made up, to the network that is shipped."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch (extra finetune) is not installed")
pytest.importorskip("onnx", reason="onnx (extra finetune) is not installed")
pytest.importorskip("onnxruntime", reason="onnxruntime (extra finetune) is not installed")

from data.corpus import read_corpus
from data.pairs import read_pairs
from nlp import embed
from nlp.finetune import belonging, meaning, original
from nlp.meaning import Meaning
from tests.nlp.finetune.test_whole_way import made_up

POSTS = [post for post in read_pairs() if post["part"] == "pairs_1"][:120]
OTHERS = [post for post in read_corpus() if post["part"] == "posts_12"][:24]


def test_the_shipped_network_says_what_the_trained_one_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {post["id"] for post in POSTS}
    posts = [
        {**post, "answers": [each for each in post.get("answers", ()) if each in ids]}
        for post in POSTS
    ]
    model = made_up()
    monkeypatch.setattr(original, "find", Path)
    monkeypatch.setattr(original, "read", lambda _path: model)
    monkeypatch.setattr(belonging, "EPOCHS", 1)
    nets = []
    tune = belonging.tune

    def noted(*given: object) -> belonging.Belonging:
        nets.append(tune(*given))  # type: ignore[arg-type]
        return nets[-1]

    monkeypatch.setattr(belonging, "tune", noted)
    path = tmp_path / "meaning.zip"
    embed.write(meaning.make(posts, OTHERS, tmp_path, lambda _line: None), path)
    kept = range(len(model.pieces))
    states = meaning.lesson(posts, [], model, kept, tmp_path, lambda _line: None).states
    trained, odds = belonging.vectors(nets[0], states)
    read = Meaning(path)
    shipped = [read.of(post["text"]) for post in posts]
    alike = (np.stack([each.vector for each in shipped]) * trained).sum(1)
    assert alike.min() > 0.98
    for side, said in enumerate(
        ([each.seeks for each in shipped], [each.offers for each in shipped])
    ):
        assert np.corrcoef(said, odds[:, side])[0, 1] > 0.95

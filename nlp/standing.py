"""How the tagger as it is installed does on labelled posts that it has not learned from."""

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp.embed import ENCODER_FILE, installed
from nlp.linear import MODEL_FILE
from nlp.pipeline import Tagger, load, load_fast
from nlp.score import FieldScore, grouped

Scores = Mapping[str, Mapping[str, FieldScore]]  # part, "all" among them -> field -> score


def standing(posts: Sequence[Mapping[str, Any]]) -> dict[str, Scores]:
    """Tag labelled posts (those of data.corpus.read_corpus) with each tier that is installed.

    Returns tier ("encoder", "linear", "rules", the best first) -> its scores.
    """
    texts = [post["text"] for post in posts]
    return {
        name: grouped(posts, list(tagger().tag(texts)), "part") for name, tagger in _tiers().items()
    }


def held_out(path: Path = ENCODER_FILE) -> dict[str, Any] | None:
    """Return how both models together did on posts held out when the encoder was trained.

    {"posts": int, "f1": {"topics", "intents", "urgent"}}; None where there is no encoder's file.
    """
    if not path.is_file():
        return None
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("about.json"))
    return {"posts": about["posts"], "f1": about["held out"]["combined"]}


def _tiers() -> dict[str, Callable[[], Tagger]]:
    tiers: dict[str, Callable[[], Tagger]] = {}
    if MODEL_FILE.is_file():
        if installed() and ENCODER_FILE.is_file():
            tiers["encoder"] = load
        tiers["linear"] = load_fast
    return {**tiers, "rules": lambda: load(None)}

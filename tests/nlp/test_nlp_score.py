"""How the rules do on the labelled posts, part by part, and how that is counted."""

import json
from pathlib import Path
from typing import Any

import pytest

import data.corpus
from nlp.pipeline import Tagger, load
from nlp.score import FIELDS, Agreement, score
from nlp.tagged import Found, FoundPlace, Tagged

FLOORS = {  # micro F1, a little below what was measured; the last two parts were never read
    "posts.jsonl": {"topics": 0.75, "intents": 0.74, "urgent": 0.74, "places": 0.99, "lang": 0.99},
    "posts_2.jsonl": {
        "topics": 0.67,
        "intents": 0.63,
        "urgent": 0.61,
        "places": 0.99,
        "lang": 0.99,
    },
    "posts_3.jsonl": {
        "topics": 0.57,
        "intents": 0.62,
        "urgent": 0.59,
        "places": 0.95,
        "lang": 0.97,
    },
    "posts_4.jsonl": {
        "topics": 0.52,
        "intents": 0.64,
        "urgent": 0.68,
        "places": 0.96,
        "lang": 0.98,
    },
}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load(None)


def part(name: str) -> list[dict[str, Any]]:
    path = Path(data.corpus.__file__).parent / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FLOORS)
def test_the_rules_do_not_fall_behind_on_any_part_of_the_corpus(name: str, tagger: Tagger) -> None:
    posts = part(name)
    scores = score(zip(posts, tagger.tag(post["text"] for post in posts), strict=True))
    measured = {field: round(scores[field].micro.f1, 3) for field in FIELDS}
    fallen = {field: measured[field] for field in FIELDS if measured[field] < FLOORS[name][field]}
    assert not fallen


def test_labels_are_counted_as_right_wrong_and_missed() -> None:
    post = {
        "topics": ["recht", "kinder"],
        "intents": ["frage"],
        "urgent": True,
        "places": [],
        "lang": "de",
    }
    tagged = Tagged(
        lang="de",
        topics=[Found("recht", 0.6, ()), Found("essen", 0.6, ())],
        intents=[Found("frage", 0.6, ())],
        urgent=False,
        urgent_score=0.1,
        urgent_evidence=(),
        places=[FoundPlace("Altona", "Altona", "Altona")],
    )
    scores = score([(post, tagged)])
    assert scores["topics"].micro == Agreement(right=1, wrong=1, missed=1)
    assert scores["topics"].micro.f1 == 0.5
    assert scores["topics"].macro_f1 == pytest.approx(1 / 3)
    assert scores["urgent"].micro == Agreement(right=0, wrong=0, missed=1)
    assert scores["places"].micro.precision == 0
    assert scores["lang"].micro.f1 == 1

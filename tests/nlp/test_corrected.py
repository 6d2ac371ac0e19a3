"""What people's corrections change."""

from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn (extra train) is not installed")

from data.corpus import read_corpus
from data.labelling import Labelling
from nlp import corrected
from nlp.corrected import FEWEST, FOLDS, compare
from nlp.examples import Examples
from nlp.linear import Weights
from nlp.training import Plan, read_plan

PART = "corrections"


@pytest.fixture(scope="module")
def labelled() -> list[dict[str, Any]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    for post in read_corpus():
        parts.setdefault(post["part"], []).append(post)
    return [post for part in ("posts", "posts_2") for post in parts[part][:100]]


def test_the_tagger_was_right_where_a_person_found_nothing_to_change() -> None:
    post = _post("Decken")
    same = Labelling("de", ("sachspenden",), ("gesuch",), False, ())
    other = Labelling("de", ("sachspenden", "essen"), ("gesuch",), True, ())
    found = compare([post] * 3, [same, other, None], [], read_plan())
    assert {field: (each.right, each.posts) for field, each in found.had.items()} == {
        "topics": (1, 2),
        "intents": (2, 2),
        "urgent": (1, 2),
        "places": (2, 2),
        "lang": (2, 2),
    }
    assert found.had["topics"].f1 == pytest.approx(4 / 5)


def test_too_few_corrections_say_nothing_about_learning(labelled: list[dict[str, Any]]) -> None:
    same = [_post("Immer  dieselben WORTE"), _post("immer dieselben Worte")] * FEWEST
    found = compare(same, [None] * len(same), labelled, read_plan())
    assert found.posts == 2 * FEWEST
    assert (found.without, found.learned) == (None, None)


def test_learning_from_corrections_turns_a_word_that_the_labelled_posts_do_not_know(
    labelled: list[dict[str, Any]],
) -> None:
    posts = [_post(f"Wo gibt es Quarzbrumm {each}?", topics=["essen"]) for each in _WORDS]
    found = compare(posts, [None] * len(posts), labelled, read_plan())
    assert found.without is not None
    assert found.learned is not None
    assert found.learned["topics"].posts == len(posts)
    assert found.without["topics"].right < len(posts) / 2
    assert found.learned["topics"].right > len(posts) / 2


def test_no_correction_is_judged_by_a_model_that_has_learned_its_words(
    labelled: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [_post(f"Quarzbrumm {each}") for each in (*_WORDS, *_WORDS)]
    train = corrected.train
    learned: list[int] = []
    others: set[int] = set()

    def counting(examples: Examples, plan: Plan) -> Weights:
        learned.append(int(np.sum(examples.parts == PART)))
        others.add(int(np.sum(examples.parts != PART)))
        return train(examples, plan)

    monkeypatch.setattr(corrected, "train", counting)
    known = {**_post("quarzbrumm apfel #HHhilft"), "part": "posts"}
    compare(posts, [None] * len(posts), [*labelled, known], read_plan())
    assert others == {len(labelled)}
    assert learned[0] == 0
    assert len(learned) == 1 + FOLDS
    assert sum(len(posts) - each for each in learned[1:]) == len(posts)
    assert all(each % 2 == 0 for each in learned)  # both posts of the same words, or neither


_WORDS = (
    *("Apfel", "Birne", "Kirsche", "Pflaume", "Traube", "Quitte", "Melone", "Feige", "Dattel"),
    *("Mango", "Kiwi", "Banane", "Limette", "Orange", "Pomelo"),
)


def _post(text: str, topics: list[str] | None = None) -> dict[str, Any]:
    return {
        "id": text, "text": text, "lang": "de", "topics": topics or ["sachspenden"],
        "intents": ["gesuch"], "urgent": False, "places": [], "part": PART,
    }  # fmt: skip

"""How well labels agree with those that people gave: precision, recall and F1 per field."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.tagged import Tagged

FIELDS = ("topics", "intents", "urgent", "places", "lang")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts over many posts: labels found rightly, found wrongly, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the true that is found; 1 where there was nothing to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was to find and nothing was."""
        all_ = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / all_ if all_ else 1.0


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field: all labels together, and each by itself."""

    micro: Agreement
    labels: Mapping[Hashable, Agreement]

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the labels; 1 without labels."""
        return (
            sum(each.f1 for each in self.labels.values()) / len(self.labels) if self.labels else 1.0
        )


def score(pairs: Iterable[tuple[Mapping[str, Any], Tagged]]) -> dict[str, FieldScore]:
    """Compare labelled posts (objects of the corpus) with what the tagger says; one score a field.

    For `urgent` the one label is True. For `lang` the micro precision is the accuracy.
    """
    counts = {
        field: (Counter[Hashable](), Counter[Hashable](), Counter[Hashable]()) for field in FIELDS
    }
    for post, tagged in pairs:
        for field, (right, wrong, missed) in counts.items():
            true, found = labels_given(post, field), labels_found(tagged, field)
            right.update(true & found)
            wrong.update(found - true)
            missed.update(true - found)
    return {field: _field(*counted) for field, counted in counts.items()}


def grouped(
    posts: Sequence[Mapping[str, Any]], said: Sequence[Tagged], key: str
) -> dict[str, dict[str, FieldScore]]:
    """Score the posts by what they carry under `key` (part, lang), and "all" together."""
    pairs = list(zip(posts, said, strict=True))
    names = dict.fromkeys(str(post[key]) for post in posts)
    scores = {name: score(each for each in pairs if each[0][key] == name) for name in names}
    return {**scores, "all": score(pairs)}


def _field(
    right: Counter[Hashable], wrong: Counter[Hashable], missed: Counter[Hashable]
) -> FieldScore:
    labels = sorted({*right, *wrong, *missed}, key=str)
    return FieldScore(
        Agreement(right.total(), wrong.total(), missed.total()),
        {label: Agreement(right[label], wrong[label], missed[label]) for label in labels},
    )


def labels_given(post: Mapping[str, Any], field: str) -> set[Hashable]:
    """Return the labels of a labelled post in one field; True for an urgent one."""
    value = post[field]
    if isinstance(value, list):
        return set(value)
    return {value} if value else set()


def labels_found(tagged: Tagged, field: str) -> set[Hashable]:
    """Return the labels that the tagger gives a post in one field; True for an urgent one."""
    if field == "topics":
        return {each.label for each in tagged.topics}
    if field == "intents":
        return {each.label for each in tagged.intents}
    if field == "places":
        return {each.place for each in tagged.places}
    if field == "urgent":
        return {True} if tagged.urgent else set()
    return {tagged.lang}

"""From labelled posts to examples: the rules read each text, the numbers are noted."""

from collections.abc import Iterable, Mapping
from typing import Any

from nlp.examples import Examples, collect
from nlp.features import RuleFeatures
from nlp.pipeline import load


def examples_of(posts: Iterable[Mapping[str, Any]]) -> Examples:
    """Return the examples of labelled posts (`data.corpus.read_corpus`), in their order."""
    labelled = list(posts)
    features = RuleFeatures()
    readings = list(load(None).read(post["text"] for post in labelled))
    folded = [reading.words.folded for reading in readings]
    return collect(labelled, folded, features.of(readings), features.names)

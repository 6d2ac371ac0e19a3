"""From labelled posts to examples: the rules read each text, the numbers are noted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from numpy.typing import NDArray

from nlp.examples import Examples, collect
from nlp.features import RuleFeatures
from nlp.findings import RULES
from nlp.pipeline import load
from nlp.tokens import TEXT, WORDS


def examples_of(posts: Iterable[Mapping[str, Any]]) -> Examples:
    """Return the examples of labelled posts (`data.corpus.read_corpus`), in their order."""
    labelled = list(posts)
    features = RuleFeatures()
    rules = load(None)

    def read() -> Iterator[tuple[list[str], NDArray[Any]]]:
        for post in labelled:
            doc = rules.doc(post["text"])
            words = doc.user_data[WORDS]
            row = features.of(
                doc.user_data[TEXT], words, doc.user_data["lang"], doc.user_data[RULES]
            )
            yield words.folded, row

    return collect(labelled, read(), features.names)

"""How alike the words of two posts are, for what items.toml does not name.

Words are compared by their runs of four letters, so that "Nähgruppe" and "Nähmaschine" share some;
a run that few posts hold weighs more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from nlp.words import Words

RUN = 4  # letters
RARE = 20  # posts; a run in more of them leads to no candidates
_SHORT = 4  # letters; a word no longer is a function word more often than not


def runs_of(words: Words) -> frozenset[str]:
    """Return the runs of letters of a post's words."""
    found: set[str] = set()
    for word in set(words.folded):
        if len(word) <= _SHORT or word.isdecimal():
            continue
        found.update(word[at : at + RUN] for at in range(len(word) - RUN + 1))
    return frozenset(found)


class Likeness:
    """The weights of the runs among some posts, by post."""

    def __init__(self, runs: Mapping[str, frozenset[str]]) -> None:
        self._runs = runs
        self._seen = Counter(run for each in runs.values() for run in each)
        self._weights = {run: log(len(runs) / count) ** 2 for run, count in self._seen.items()}
        self._lengths = {
            post: sqrt(sum(self._weights[run] for run in each)) for post, each in runs.items()
        }

    def rare(self, post: str) -> Iterable[str]:
        """Yield the runs of a post that few others hold."""
        return (run for run in self._runs[post] if self._seen[run] <= RARE)

    def of(self, one: str, other: str) -> float:
        """Return how alike two posts are, 0 to 1."""
        length = self._lengths[one] * self._lengths[other]
        if not length:
            return 0.0
        shared = self._runs[one] & self._runs[other]
        return sum(self._weights[run] for run in shared) / length

"""A memory of what was found out about words, so that each is judged once."""

from collections.abc import Callable
from typing import Generic, TypeVar

Verdict = TypeVar("Verdict")


class Kept(dict[str, Verdict], Generic[Verdict]):
    """The verdicts on words, each made when the word is first asked for; full, it starts anew.

    `map(kept.__getitem__, words)` asks for many at once, much faster than one by one.
    """

    def __init__(self, judge: Callable[[str], Verdict], most: int) -> None:
        super().__init__()
        self._judge = judge
        self._most = most

    def __missing__(self, word: str) -> Verdict:
        if len(self) >= self._most:
            self.clear()
        verdict = self[word] = self._judge(word)
        return verdict

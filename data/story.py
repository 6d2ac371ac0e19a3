"""The story of a group: what was found, what happened in which order, what weighs how much.

Made from the store (data.page_reads.stories) or from a fresh finding (monitor.telling); command
and page tell it with the words of data.story_words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import reasons as words

LONGEST_SHOWN = 120  # characters of a shared text
_READABLE = (
    "text",
    "repost",
    "reply",
    "moment",
)  # their object is a hash or a key; a text says more


@dataclass(frozen=True, slots=True)
class Done:
    """A post with which an account took part in something shared."""

    at: datetime
    account: str  # network:account id
    name: str | None  # the handle, else the name; None: unknown, or not to be told
    hidden: bool  # the person asked not to be found
    post: str  # network:post id
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """The first time that an account took part."""

    at: datetime
    account: str
    name: str | None
    hidden: bool
    post: str
    gap_seconds: float | None  # since the account before; None: it was the first


@dataclass(frozen=True, slots=True)
class Episode:
    """One shared content: who of the group took part, in order, and how many others did."""

    kind: str
    object: str
    shown: str  # for people: the text, the address, the hashtags
    first: datetime
    last: datetime
    others: int | None  # accounts outside the group; None: not counted
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is told about a group. Reasons as data.reasons words them."""

    id: str
    level: str
    score: float
    accounts: tuple[str, ...]
    kinds: tuple[str, ...]
    first: datetime
    last: datetime
    reasons: tuple[Mapping[str, Any], ...]
    episodes: tuple[Episode, ...]  # in the order they began

    @property
    def speaking(self) -> list[words.Reason]:
        """What speaks for the finding."""
        return words.speaking(self.reasons)

    @property
    def against(self) -> list[words.Reason]:
        """What speaks against it."""
        return words.against(self.reasons)

    @property
    def expected(self) -> list[words.Reason]:
        """The figures of which it is known what would be usual."""
        return [each for each in self.reasons if each.get("expected") is not None]

    @property
    def weighed(self) -> words.Reason | None:
        """How the score came about."""
        return words.weighed(self.reasons)


def episode(
    kind: str, name: str, others: int | None, done: Sequence[Done], original: str | None
) -> Episode | None:
    """Put an episode in order; None where no post of it is left.

    `original`: the text of the post that was shared or answered, where it is known.
    """
    if not done:
        return None
    ordered = sorted(done, key=lambda each: (each.at, each.account, each.post))
    first: dict[str, Done] = {}
    for each in ordered:
        first.setdefault(each.account, each)
    acts: list[Act] = []
    for each in first.values():
        gap = (each.at - acts[-1].at).total_seconds() if acts else None
        acts.append(Act(each.at, each.account, each.name, each.hidden, each.post, gap))
    shown = _shown(kind, name, original or ordered[0].text)
    return Episode(kind, name, shown, ordered[0].at, ordered[-1].at, others, tuple(acts))


def _shown(kind: str, name: str, text: str) -> str:
    if kind == "hashtags":
        return " ".join(f"#{tag}" for tag in name.split())
    said = " ".join(text.split()) if kind in _READABLE else ""
    if not said:
        return name
    if len(said) <= LONGEST_SHOWN:
        return said
    return said[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"

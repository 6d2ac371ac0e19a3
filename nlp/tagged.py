"""What the tagger says about one post."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A label that holds, how surely (0 to 1), and the words of the post that speak for it."""

    label: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A Bezirk or Stadtteil that the post means, and the words by which it is named."""

    place: str
    bezirk: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Everything the tagger says about one post; the surest label first, places in their order."""

    lang: str
    topics: list[Found]
    intents: list[Found]
    urgent: bool
    urgent_score: float
    urgent_evidence: tuple[str, ...]
    places: list[FoundPlace]

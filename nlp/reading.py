"""What the steps of the pipeline have read in one post so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from nlp.tagged import Found, FoundPlace, Tagged
from nlp.terms import Hits
from nlp.words import Words


@dataclass(frozen=True, slots=True)
class Urgency:
    """Whether a person or a deadline needs action within about a day."""

    value: bool
    score: float
    evidence: tuple[str, ...]


_CALM = Urgency(False, 0.0, ())


@dataclass(slots=True)
class Reading:
    """A post on its way through the steps: each reads what stands before it and adds its own.

    `topic_weights` and `intent_weights` are the sums of the hits, by what these speak for.
    """

    text: str
    words: Words
    lang: str = ""
    places: list[FoundPlace] = field(default_factory=list)
    topics: list[Found] = field(default_factory=list)
    intents: list[Found] = field(default_factory=list)
    urgency: Urgency = _CALM
    topic_hits: Hits = field(default_factory=dict)
    topic_weights: Mapping[str, float] = field(default_factory=dict)
    intent_hits: Hits = field(default_factory=dict)
    intent_weights: Mapping[str, float] = field(default_factory=dict)

    def tagged(self) -> Tagged:
        """Return what the program is told of it."""
        return Tagged(
            lang=self.lang,
            topics=self.topics,
            intents=self.intents,
            urgent=self.urgency.value,
            urgent_score=self.urgency.score,
            urgent_evidence=self.urgency.evidence,
            places=self.places,
        )


Step = Callable[[Sequence[Reading]], None]  # reads some posts together, each by itself

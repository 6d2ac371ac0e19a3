"""What the components of the pipeline have found about one post so far."""

from dataclasses import dataclass, field

from nlp.intents import Urgency
from nlp.tagged import Found, FoundPlace
from nlp.terms import Hits

RULES = "rules"  # key in Doc.user_data: the Findings


@dataclass(slots=True)
class Findings:
    """Labels with their evidence, and the terms met on the way to them."""

    places: list[FoundPlace]
    topics: list[Found] = field(default_factory=list)
    intents: list[Found] = field(default_factory=list)
    urgency: Urgency = field(default_factory=lambda: Urgency(False, 0.0, ()))
    topic_hits: Hits = field(default_factory=dict)
    intent_hits: Hits = field(default_factory=dict)

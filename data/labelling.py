"""What is said about one post: by the tagger with its evidence, by a person without."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from data.errors import MonitorError
from data.intents import read_intents
from data.languages import LANGUAGES, UNKNOWN
from data.places import read_places
from data.topics import read_topics


class LabellingError(MonitorError):
    """Labels that no post can have."""


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of one post, as keys; topics, intents and places in the order of their files."""

    lang: str
    topics: tuple[str, ...]
    intents: tuple[str, ...]
    urgent: bool
    places: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Give the labels in the form of the labelled posts (data/corpus)."""
        return {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Sign:
    """A label (topic, intent or place), how sure the tagger is (0 to 1), and the words for it."""

    kind: str
    label: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything that one version of the tagger said about a post; the surest label first."""

    tagger: str
    lang: str
    urgent: bool
    urgent_score: float
    urgent_evidence: tuple[str, ...]
    signs: tuple[Sign, ...]

    @property
    def labelling(self) -> Labelling:
        """The labels alone."""
        return labelling(
            self.lang, (f"{each.kind}:{each.label}" for each in self.signs), self.urgent
        )

    def document(self) -> dict[str, Any]:
        """Give it as JSON keeps it."""
        return asdict(self)


def labelling(lang: str, labels: Iterable[str], urgent: bool) -> Labelling:
    """Put together labels as `kind:label`; each kind in the order of its file, strangers last."""
    given: dict[str, set[str]] = {"topic": set(), "intent": set(), "place": set()}
    for each in labels:
        kind, _, label = each.partition(":")
        given[kind].add(label)
    return Labelling(
        lang=lang,
        topics=_in_order(given["topic"], [each.key for each in read_topics()]),
        intents=_in_order(given["intent"], [each.key for each in read_intents()]),
        urgent=urgent,
        places=_in_order(given["place"], [each.name for each in read_places()]),
    )


def checked(said: Labelling) -> Labelling:
    """Give the labels back in order. Raises LabellingError for one that does not exist."""
    known = {
        "topics": {each.key for each in read_topics()},
        "intents": {each.key for each in read_intents()},
        "places": {each.name for each in read_places()},
    }
    strange = [label for field, all_ in known.items() for label in {*getattr(said, field)} - all_]
    strange += [] if said.lang in (*LANGUAGES, UNKNOWN) else [said.lang]
    if strange:
        raise LabellingError(
            de=f"Das gibt es nicht zur Auswahl: {', '.join(sorted(strange))[:200]}.",
            en=f"There is no such choice: {', '.join(sorted(strange))[:200]}.",
        )
    if not said.intents:
        raise LabellingError(
            de="Bitte mindestens eine Absicht ankreuzen, etwa Hinweis.",
            en="Please tick at least one intent, for example notice.",
        )
    labels = [
        *(f"topic:{each}" for each in said.topics),
        *(f"intent:{each}" for each in said.intents),
        *(f"place:{each}" for each in said.places),
    ]
    return labelling(said.lang, labels, said.urgent)


def labelling_of(kept: Mapping[str, Any]) -> Labelling:
    """Read what `Labelling.document` wrote."""
    lists = {key: tuple(kept[key]) for key in ("topics", "intents", "places")}
    return Labelling(lang=kept["lang"], urgent=kept["urgent"], **lists)


def finding_of(kept: Mapping[str, Any]) -> Finding:
    """Read what `Finding.document` wrote."""
    signs = tuple(Sign(**{**each, "evidence": tuple(each["evidence"])}) for each in kept["signs"])
    evidence = tuple(kept["urgent_evidence"])
    return Finding(**{**kept, "signs": signs, "urgent_evidence": evidence})


def _in_order(given: set[str], order: Sequence[str]) -> tuple[str, ...]:
    return (*(each for each in order if each in given), *sorted(given.difference(order)))

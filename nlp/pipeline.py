"""The spaCy pipeline that tags a post, and the Tagger that the rest of the program calls.

Order of the components, each of which reads what stands before it:

    tokens ▸ language ▸ places ▸ taxonomy ▸ intents ▸ trained ▸ result

The trained models (nlp/trained.py) stand between the rules and the result: the labels, scores and
terms of the rules are among the linear model's features, and what it and the encoder find better
is written in the same form. There are three tiers: the rules, with the linear model (`load_fast`),
with the encoder too (`load`). Where a model's file or onnxruntime is absent the tier below answers.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from data.intents import INTENTS_FILE
from data.places import NAMES_FILE, PLACES_FILE
from data.records import LONGEST_TEXT, clean
from data.topics import TOPICS_FILE
from nlp.embed import ENCODER_FILE, installed
from nlp.findings import RULES, Findings
from nlp.intents import Intents
from nlp.language import language
from nlp.linear import MODEL_FILE
from nlp.places import Gazetteer
from nlp.tagged import Tagged
from nlp.taxonomy import Taxonomy
from nlp.tokens import TEXT, WORDS, Tokenizer
from nlp.trained import make_trained  # noqa: F401  registers the component

TOGETHER = 16  # texts
_SHOWS = "hhhilft_result"  # fills `doc.cats` and `doc.spans`, which `Tagger.tag` does not read
PROGRAM = "rules-1"  # raised when the rules' code answers differently


@Language.component("hhhilft_language")
def find_language(doc: Doc) -> Doc:
    """Set `doc.user_data["lang"]` to the main language."""
    doc.user_data["lang"] = language(doc.user_data[TEXT])
    return doc


@Language.factory("hhhilft_places")
def make_places(nlp: Language, name: str) -> "_Places":  # noqa: ARG001
    """Make the component that finds places."""
    return _Places()


@Language.factory("hhhilft_taxonomy", default_config={"path": None})
def make_taxonomy(nlp: Language, name: str, path: str | None) -> "_Topics":  # noqa: ARG001
    """Make the component that finds topics."""
    return _Topics(Path(path) if path else TOPICS_FILE)


@Language.factory("hhhilft_intents", default_config={"path": None})
def make_intents(nlp: Language, name: str, path: str | None) -> "_Intents":  # noqa: ARG001
    """Make the component that finds intents and urgency."""
    return _Intents(Path(path) if path else INTENTS_FILE)


@Language.component(_SHOWS)
def show_result(doc: Doc) -> Doc:
    """Give `doc.cats` the scores ("topic:unterkunft", …) and `doc.spans["places"]` the places."""
    found: Findings = doc.user_data[RULES]
    doc.cats = {
        **{f"topic:{each.label}": each.score for each in found.topics},
        **{f"intent:{each.label}": each.score for each in found.intents},
        "urgent": found.urgency.score,
    }
    spans = []
    for place in found.places:
        start = doc.user_data[TEXT].find(place.evidence)
        span = doc.char_span(start, start + len(place.evidence), place.place, 0, None, "expand")
        if span is not None:
            spans.append(span)
    doc.spans["places"] = spans
    return doc


class _Places:
    def __init__(self) -> None:
        self._gazetteer = Gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        places = self._gazetteer.find(doc.user_data[TEXT], doc.user_data[WORDS])
        doc.user_data[RULES] = Findings(places)
        return doc


class _Topics:
    def __init__(self, path: Path) -> None:
        self._taxonomy = Taxonomy(path)

    def __call__(self, doc: Doc) -> Doc:
        found: Findings = doc.user_data[RULES]
        found.topic_hits = self._taxonomy.hits(doc.user_data[WORDS], doc.user_data["lang"])
        found.topics = self._taxonomy.find(
            doc.user_data[TEXT],
            doc.user_data[WORDS],
            found.topic_hits,
            has_place=bool(found.places),
        )
        return doc


class _Intents:
    def __init__(self, path: Path) -> None:
        self._intents = Intents(path)

    def __call__(self, doc: Doc) -> Doc:
        found: Findings = doc.user_data[RULES]
        found.intent_hits = self._intents.hits(doc.user_data[WORDS], doc.user_data["lang"])
        found.intents, found.urgency = self._intents.find(
            doc.user_data[TEXT],
            doc.user_data[WORDS],
            found.intent_hits,
            {each.label for each in found.topics},
        )
        return doc


class Tagger:
    """Tags texts. Make it with `load`; keep it: its memory of words makes it fast."""

    def __init__(self, nlp: Language, version: str) -> None:
        self._nlp = nlp
        self.version = version

    def tag(self, texts: Iterable[str]) -> Iterator[Tagged]:
        """Yield what each text says, in order; the same text always says the same.

        Of a text longer than `data.records.LONGEST_TEXT` only that much is examined.
        """
        steps = [step for name, step in self._nlp.pipeline if name != _SHOWS]
        texts = iter(texts)
        while some := list(islice(texts, TOGETHER)):
            docs = [self._nlp.make_doc(_examined(text)) for text in some]
            for step in steps:  # a step for all of them: what it remembers stays at hand
                docs = [step(doc) for doc in docs]
            yield from map(_tagged, docs)

    def doc(self, text: str) -> Doc:
        """Return the spaCy doc of one text, with `cats`, `spans["places"]` and `user_data`."""
        return self._nlp(_examined(text))


def load(model: Path | None = MODEL_FILE, encoder: Path | None = ENCODER_FILE) -> Tagger:
    """Load the thorough tagger: rules, the linear model of a file, the encoder of another.

    With None the tier below answers, as it does where a shipped file or onnxruntime is absent.
    Raises ModelError where the reference data or a model is missing or broken.
    """
    if model == MODEL_FILE and not model.is_file():
        model = None
    if model is None or not installed() or (encoder == ENCODER_FILE and not encoder.is_file()):
        encoder = None
    nlp = spacy.blank("xx")
    nlp.tokenizer = Tokenizer()
    for name in ("language", "places", "taxonomy", "intents"):
        nlp.add_pipe(f"hhhilft_{name}")
    if model is not None:
        paths = {"path": str(model), "encoder": str(encoder) if encoder else None}
        nlp.add_pipe("hhhilft_trained", config=paths)
    nlp.add_pipe(_SHOWS)
    return Tagger(nlp, _version(model, encoder))


def load_fast() -> Tagger:
    """Load the tagger without the encoder: for very many posts at once."""
    return load(MODEL_FILE, None)


def _examined(text: str) -> str:
    return clean(text[:LONGEST_TEXT])


def _version(model: Path | None, encoder: Path | None) -> str:
    digest = hashlib.sha256()
    for path in (TOPICS_FILE, INTENTS_FILE, NAMES_FILE, PLACES_FILE):
        digest.update(path.read_bytes())
    version = f"{PROGRAM}-{digest.hexdigest()[:10]}"
    for name, file in (("linear", model), ("encoder", encoder)):
        if file is not None:
            version = f"{name}-{hashlib.sha256(file.read_bytes()).hexdigest()[:10]}-{version}"
    return version


def _tagged(doc: Doc) -> Tagged:
    found: Findings = doc.user_data[RULES]
    return Tagged(
        lang=doc.user_data["lang"],
        topics=found.topics,
        intents=found.intents,
        urgent=found.urgency.value,
        urgent_score=found.urgency.score,
        urgent_evidence=found.urgency.evidence,
        places=found.places,
    )

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
from nlp.intents import Intents
from nlp.language import tell_language
from nlp.linear import MODEL_FILE
from nlp.places import Gazetteer
from nlp.reading import Reading, Step
from nlp.tagged import Tagged
from nlp.taxonomy import Taxonomy
from nlp.tokens import READING, Tokenizer
from nlp.trained import Trained

TOGETHER = 64  # texts; with more, Python's collector walks through all that waits
PROGRAM = "rules-1"  # raised when the rules' code answers differently


class Component:
    """A step as spaCy calls it: one doc at a time."""

    def __init__(self, step: Step) -> None:
        self.step = step

    def __call__(self, doc: Doc) -> Doc:
        """Read the doc's post."""
        self.step([doc.user_data[READING]])
        return doc


@Language.factory("hhhilft_language")
def make_language(nlp: Language, name: str) -> Component:  # noqa: ARG001
    """Make the component that tells the main language."""
    return Component(tell_language)


@Language.factory("hhhilft_places")
def make_places(nlp: Language, name: str) -> Component:  # noqa: ARG001
    """Make the component that finds places."""
    return Component(Gazetteer().read)


@Language.factory("hhhilft_taxonomy", default_config={"path": None})
def make_taxonomy(nlp: Language, name: str, path: str | None) -> Component:  # noqa: ARG001
    """Make the component that finds topics."""
    return Component(Taxonomy(Path(path) if path else TOPICS_FILE).read)


@Language.factory("hhhilft_intents", default_config={"path": None})
def make_intents(nlp: Language, name: str, path: str | None) -> Component:  # noqa: ARG001
    """Make the component that finds intents and urgency."""
    return Component(Intents(Path(path) if path else INTENTS_FILE).read)


@Language.factory("hhhilft_trained", default_config={"path": "", "encoder": None})
def make_trained(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    path: str,
    encoder: str | None,
) -> Component:
    """Make the component of the models' files. Raises ModelError where they do not fit."""
    return Component(Trained(Path(path), Path(encoder) if encoder else None).read)


@Language.component("hhhilft_result")
def show_result(doc: Doc) -> Doc:
    """Give `doc.cats` the scores ("topic:unterkunft", …) and `doc.spans["places"]` the places."""
    found: Reading = doc.user_data[READING]
    doc.cats = {
        **{f"topic:{each.label}": each.score for each in found.topics},
        **{f"intent:{each.label}": each.score for each in found.intents},
        "urgent": found.urgency.score,
    }
    spans = []
    for place in found.places:
        start = found.text.find(place.evidence)
        span = doc.char_span(start, start + len(place.evidence), place.place, 0, None, "expand")
        if span is not None:
            spans.append(span)
    doc.spans["places"] = spans
    return doc


class Tagger:
    """Tags texts. Make it with `load`; keep it: its memory of words makes it fast."""

    def __init__(self, nlp: Language, tokenizer: Tokenizer, version: str) -> None:
        self._nlp = nlp
        self._tokenizer = tokenizer
        self.version = version

    def tag(self, texts: Iterable[str]) -> Iterator[Tagged]:
        """Yield what each text says, in order; the same text always says the same.

        Of a text longer than `data.records.LONGEST_TEXT` only that much is examined.
        """
        for reading in self.read(texts):
            yield reading.tagged()

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Yield all that the steps have read in each text; spaCy's docs are not made for that."""
        parts = [part for _, part in self._nlp.pipeline]
        steps = [part.step for part in parts if isinstance(part, Component)]
        texts = iter(texts)
        while some := list(islice(texts, TOGETHER)):
            readings = [self._tokenizer.read(_examined(text)) for text in some]
            for step in steps:  # a step for all of them: what it remembers stays at hand
                step(readings)
            yield from readings

    def doc(self, text: str) -> Doc:
        """Return the spaCy doc of one text, with `cats`, `spans["places"]` and its reading."""
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
    nlp.tokenizer = tokenizer = Tokenizer()
    for name in ("language", "places", "taxonomy", "intents"):
        nlp.add_pipe(f"hhhilft_{name}")
    if model is not None:
        paths = {"path": str(model), "encoder": str(encoder) if encoder else None}
        nlp.add_pipe("hhhilft_trained", config=paths)
    nlp.add_pipe("hhhilft_result")
    return Tagger(nlp, tokenizer, _version(model, encoder))


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

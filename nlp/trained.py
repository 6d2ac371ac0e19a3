"""The step of the pipeline that lets the trained model speak after the rules."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.errors import ModelError
from data.intents import URGENCY
from nlp.combination import of_file
from nlp.embed import Encoder
from nlp.evidence_words import of_rules, strongest
from nlp.features import RuleFeatures
from nlp.linear import Judged, Linear, read
from nlp.linear import likely as sure
from nlp.reading import Reading, Urgency
from nlp.tagged import Found


class Trained:
    """Writes the labels that the model holds for right, in place of those of the rules.

    With an encoder the probabilities and thresholds are those of both together (nlp.combination);
    the words shown as evidence are the rules' and the linear model's all the same.
    """

    def __init__(self, path: Path, encoder: Path | None = None) -> None:
        weights = read(path)
        self._features = RuleFeatures()
        if weights.names != self._features.names:
            raise ModelError(
                de=f"{path}: das Modell wurde mit anderen Themen oder Absichten trainiert. "
                "Mit hhhilft train neu erzeugen oder hhhilft tag --rules verwenden.",
                en=f"{path}: the model was trained with other topics or intents. "
                "Make it anew with hhhilft train, or use hhhilft tag --rules.",
            )
        self._model = Linear(weights)
        self._thresholds = weights.thresholds
        self._encoder, self._together = None, None
        if encoder is not None:
            self._encoder = Encoder(encoder)
            self._together = of_file(self._encoder.about["combination"])
            if self._together.labels != weights.labels:
                raise ModelError(
                    de=f"{encoder}: der Encoder wurde mit anderen Themen oder Absichten trainiert "
                    f"als {path}. Mit hhhilft train und python -m nlp.finetune neu erzeugen.",
                    en=f"{encoder}: the encoder was trained with other topics or intents than "
                    f"{path}. Make both anew with hhhilft train and python -m nlp.finetune.",
                )
            self._thresholds = self._together.thresholds
        self._labels: dict[str, list[tuple[int, str]]] = {}
        for at, label in enumerate(weights.labels):
            field, _, key = label.partition(":")
            if field in weights.fields:
                self._labels.setdefault(field, []).append((at, key))

    def read(self, readings: Sequence[Reading]) -> None:
        """Judge posts that the rules have been through."""
        rules = self._features.of(readings)
        judged = self._model.judge([reading.words.folded for reading in readings], rules)
        odds = np.stack([each.odds for each in judged])
        if self._encoder is not None and self._together is not None:
            heard = np.stack([self._encoder.odds(reading.text) for reading in readings])
            likely = self._together.likely(odds, heard)
        else:
            likely = sure(odds)
        holds = likely >= self._thresholds
        intents = [at for at, _ in self._labels.get("intents", ())]
        if intents:  # there is always one: the surest
            surest = np.take(intents, likely[:, intents].argmax(axis=1))
            holds[np.arange(len(holds)), surest] = True
        for each in zip(readings, judged, likely.tolist(), holds.tolist(), strict=True):
            self._write(*each)

    def _write(
        self, reading: Reading, judged: Judged, likely: list[float], holds: list[bool]
    ) -> None:
        said = {each.label: each.evidence for each in (*reading.topics, *reading.intents)}

        def found(at: int, key: str) -> Found:
            words = said.get(key) or of_rules(key, reading) or strongest(at, judged, reading)
            return Found(key, round(likely[at], 2), words)

        topics, intents = self._labels.get("topics"), self._labels.get("intents")
        if topics:
            reading.topics = [found(at, key) for at, key in topics if holds[at]]
            reading.topics.sort(key=lambda each: -each.score)
        if intents:
            reading.intents = [found(at, key) for at, key in intents if holds[at]]
            reading.intents.sort(key=lambda each: -each.score)
        for at, _ in self._labels.get("urgent", ()):
            urgent = holds[at]
            evidence = reading.urgency.evidence
            if urgent and not evidence:
                evidence = of_rules(URGENCY, reading) or strongest(at, judged, reading)
            urgent = urgent and bool(evidence)  # a call for action needs a word to show for it
            reading.urgency = Urgency(urgent, round(likely[at], 2), evidence)

"""The component of the pipeline that lets the trained model speak after the rules."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from data.errors import ModelError
from data.intents import URGENCY
from nlp.combination import of_file
from nlp.embed import Encoder
from nlp.evidence_words import Spoken, of_rules, strongest
from nlp.features import RuleFeatures
from nlp.findings import RULES, Findings
from nlp.intents import Urgency
from nlp.linear import Linear, read
from nlp.linear import likely as sure
from nlp.tagged import Found
from nlp.tokens import TEXT, WORDS


@Language.factory("hhhilft_trained", default_config={"path": "", "encoder": None})
def make_trained(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    path: str,
    encoder: str | None,
) -> "Trained":
    """Make the component from the models' files. Raises ModelError where they do not fit."""
    return Trained(Path(path), Path(encoder) if encoder else None)


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

    def __call__(self, doc: Doc) -> Doc:
        """Judge the post of a doc that the rules have been through."""
        found: Findings = doc.user_data[RULES]
        text, words = doc.user_data[TEXT], doc.user_data[WORDS]
        rules = self._features.of(text, words, doc.user_data["lang"], found)
        judged = self._model.judge(words.folded, rules)
        if self._encoder is not None and self._together is not None:
            likely = self._together.likely(judged.odds, self._encoder.odds(text))
        else:
            likely = sure(judged.odds)
        spoken = Spoken(judged, words, found, text)
        holds = (likely >= self._thresholds).tolist()
        surely = likely.tolist()
        topics, intents = self._labels.get("topics"), self._labels.get("intents")
        said = {each.label: each.evidence for each in (*found.topics, *found.intents)}
        if topics:
            found.topics = [
                _found(at, key, surely[at], spoken, said) for at, key in topics if holds[at]
            ]
            found.topics.sort(key=lambda each: -each.score)
        if intents:
            surest = max(intents, key=lambda each: surely[each[0]])
            found.intents = [
                _found(at, key, surely[at], spoken, said)
                for at, key in intents
                if holds[at] or at == surest[0]
            ]
            found.intents.sort(key=lambda each: -each.score)
        for at, _ in self._labels.get("urgent", ()):
            urgent = holds[at]
            evidence = found.urgency.evidence
            if urgent and not evidence:
                evidence = of_rules(URGENCY, spoken) or strongest(at, spoken)
            urgent = urgent and bool(evidence)  # a call for action needs a word to show for it
            found.urgency = Urgency(urgent, round(surely[at], 2), evidence)
        return doc


def _found(
    at: int,
    key: str,
    likely: float,
    spoken: Spoken,
    said: dict[str, tuple[str, ...]],
) -> Found:
    evidence = said.get(key) or of_rules(key, spoken) or strongest(at, spoken)
    return Found(key, round(likely, 2), evidence)

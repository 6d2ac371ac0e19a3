"""What a post wants and whether it is urgent, by the cues of data/reference/intents.toml."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from pathlib import Path

from data.intents import FORMS, INTENTS_FILE, read_cues
from nlp.evidence import HOLDS, score, shown, weights_of
from nlp.reading import Reading, Urgency
from nlp.tagged import Found
from nlp.terms import Hits, Lexicon, Lexicons
from nlp.words import Words

FALLBACK, WITHOUT_MATTER = "hinweis", "meinung"  # of a post without any cue: it informs; or chats
OPEN_TO_ALL = frozenset(("begegnung", "sprache", "essen", "kinder"))  # topics of regular meetings
HOSTILE, POLITICAL = "anfeindung", "politik"  # topics whose posts state opinions
LONGEST_SHOWN = 120  # characters of a question that are shown as evidence
_AGAINST = "against:"
_SENTENCE = re.compile(r"[^.!?\n…؟]+[.!?…؟]*")
_WHEN = re.compile(
    r"\b(?=[\dmdfs])(?:"  # how one of these begins: most words are passed over by one look
    r"\d{1,2}(?:[.:]\d\d)?\s?(?:[–-]\s?\d{1,2}(?:[.:]\d\d)?\s?)?(?:uhr|h)\b|\d{1,2}[:.]\d\d\b"
    r"|\d{1,2}\.\s?\d{1,2}\.|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b"
    r"|(?:mo|di|mi|do|fr|sa|so)\b(?=[ ,+]+\d)|\d{1,2}(?::\d\d)? ?[ap]m\b)",
    re.IGNORECASE,
)
_PRESSING = re.compile(r"\b(?:JETZT|SOFORT|HEUTE|DRINGEND|NOTFALL|URGENT|NOW|TODAY|SOS)\b|!!|\?\?")


class Intents:
    """The cues, in one lexicon a language: German ones hold in every language."""

    def __init__(self, path: Path = INTENTS_FILE) -> None:
        self._cues = read_cues(path)
        self._keys = [cues.key for cues in self._cues.intents]
        self._against = {_AGAINST + key: key for key in self._keys}
        self._lexicons = Lexicons(path, self._fill)

    def read(self, readings: Sequence[Reading]) -> None:
        """Find the cues, the intents and the urgency of posts whose topics are known."""
        for reading in readings:
            words = reading.words
            reading.intent_hits = self._lexicons.hits(words.folded, reading.lang)
            reading.intent_weights = weights_of(reading.intent_hits, words)
            reading.intents = self._find(reading)
            reading.urgency = self._urgency(reading)

    def _find(self, reading: Reading) -> list[Found]:
        """Return the intents that hold, surest first, never none."""
        text, words, hits = reading.text, reading.words, reading.intent_hits
        topics = {each.label for each in reading.topics}
        weights = dict.fromkeys(self._keys, 0.0)
        for key, weight in reading.intent_weights.items():
            if key in weights:
                weights[key] += weight
            elif key in self._against:
                weights[self._against[key]] -= weight
        questions = _weigh_questions(text, words, hits, weights)
        when = _WHEN.search(text)
        if HOSTILE in topics:
            weights = {"meinung": max(1.0, weights["meinung"])}
        else:
            _balance(weights, topics, asked=bool(questions), dated=when is not None)
        else_ = {"frage": questions[:1], "hinweis": (when.group(),) if when else ()}
        found = [
            Found(key, score(weight), shown(hits.get(key, ()), words, text) or else_.get(key, ()))
            for key, weight in weights.items()
            if weight > 0 and score(weight) >= HOLDS
        ]
        if not found:
            plain = POLITICAL in topics or not (topics or any(map(str.isdigit, text)))
            found = [Found(WITHOUT_MATTER if plain and words.raw else FALLBACK, HOLDS, ())]
        found.sort(key=lambda each: -each.score)
        return found

    def _urgency(self, reading: Reading) -> Urgency:
        key, weights = self._cues.urgency.key, reading.intent_weights
        weight = weights.get(key, 0.0) - weights.get(_AGAINST + key, 0.0)
        if weight > 0 and _PRESSING.search(reading.text):
            weight += 0.5
        intents = {each.label for each in reading.intents}
        if not intents & {"gesuch", "angebot", "frage"}:
            weight -= 2
        elif "gesuch" in intents:
            weight += 0.3
        elif "frage" not in intents:
            weight -= 0.5
        value = score(weight)
        evidence = shown(reading.intent_hits.get(key, ()), reading.words, reading.text)
        return Urgency(value >= HOLDS, value, evidence)

    def _fill(self, lexicon: Lexicon, lang: str) -> None:
        for cues in (*self._cues.intents, *self._cues.forms, self._cues.urgency):
            for each in dict.fromkeys(("de", lang)):
                lexicon.add(cues.key, cues.terms.get(each, ()))
            lexicon.add(_AGAINST + cues.key, cues.against)


def _weigh_questions(
    text: str, words: Words, hits: Hits, weights: dict[str, float]
) -> tuple[str, ...]:
    """Judge each sentence that ends in a question mark; return those that are questions.

    One in the form of an offer or of a request weighs for that instead.
    """
    asked: list[str] = []
    if "?" not in text and "؟" not in text:
        return ()
    sentences = list(_SENTENCE.finditer(text))
    begins = [match.start() for match in sentences]
    formed: dict[int, set[str]] = {}
    for form in (*FORMS, "frage"):
        for hit in hits.get(form, ()):
            at = bisect_right(begins, words.starts[hit.first]) - 1
            formed.setdefault(at, set()).add(form)
    for number, match in enumerate(sentences):
        sentence = match.group().strip()
        if not sentence.endswith(("?", "؟", "?!")):
            continue
        forms = formed.get(number, set())
        if "frage" in forms:
            weights["frage"] += 1
            asked.append(sentence[:LONGEST_SHOWN])
        elif "frage_als_angebot" in forms:
            weights["angebot"] += 1
        elif "frage_als_gesuch" in forms:
            weights["gesuch"] += 1
        elif "frage_rhetorisch" in forms:
            weights["meinung"] += 0.5
        else:
            weights["frage"] += 1
            asked.append(sentence[:LONGEST_SHOWN])
    return tuple(asked)


def _balance(
    weights: dict[str, float], topics: Collection[str], *, asked: bool, dated: bool
) -> None:
    """Let the intents that a post states outright outweigh those that its words only touch."""
    if dated and weights["gesuch"] < 1 and weights["dank"] < 1 and not asked:
        weights["hinweis"] += 0.5
        weights["angebot"] += 0.5 if OPEN_TO_ALL.intersection(topics) else 0
    wants = max(weights["gesuch"], weights["angebot"], weights["frage"])
    if POLITICAL in topics and wants < 1 and weights["hinweis"] < 1.5 and weights["dank"] < 1:
        weights["meinung"] += 1
    if wants >= 1 or weights["dank"] >= 1:
        weights["meinung"] -= 1.5
        weights["hinweis"] -= 0.5
    if asked and weights["gesuch"] < 1.5:
        weights["hinweis"] -= 1

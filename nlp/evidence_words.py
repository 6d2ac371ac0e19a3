"""Which words of a post a reader is shown for a label of the trained model.

The terms of the rules come first. Without any, the words that add most to the label are shown,
never a place, a function word, a number or a name behind @.
"""

from functools import cache
from pathlib import Path
from runpy import run_path

import spacy

from data.places import read_places
from nlp.evidence import shown
from nlp.language import FUNCTION_WORDS
from nlp.linear import Judged
from nlp.reading import Reading
from nlp.words import fold, split

MOST = 3
_LEAST = 0.05  # log odds that a word must add to be named
_SHORTEST = 3  # letters
_STOP_WORDS = ("de", "en", "uk", "ru", "ar", "fa", "tr", "fr", "es", "sq")  # that spaCy has
_SAY_NOTHING = ("hhhilft", "hamburg", "hamburger", "hamburgs", "https", "http", "www")


def strongest(label: int, judged: Judged, reading: Reading) -> tuple[str, ...]:
    """Return the words as the text has them, the one that adds most first."""
    words, text = reading.words, reading.text
    places = [word for place in reading.places for word in split(place.evidence)]
    unfit = _unfit()
    added = judged.added(label).tolist()
    heavy = [each for each in zip(added, judged.words, strict=True) if each[0] >= _LEAST]
    heavy.sort(reverse=True)
    pieces: list[str] = []
    for _, word in heavy:
        if len(pieces) == MOST:
            break
        if len(word) < _SHORTEST or word in unfit or word in places:
            continue
        at = words.folded.index(word)
        start = words.starts[at]
        if word.isdigit() or text[start - 1 : start] == "@":
            continue
        pieces.append(text[start : words.ends[at]])
    return tuple(pieces)


def of_rules(key: str, reading: Reading) -> tuple[str, ...]:
    """Return the rules' own words for a topic, an intent or `eilt`."""
    hits = reading.topic_hits.get(key) or reading.intent_hits.get(key) or ()
    return shown(hits, reading.words, reading.text)


@cache
def _unfit() -> frozenset[str]:
    stop: set[str] = set(_SAY_NOTHING)
    for text in (text for script in FUNCTION_WORDS.values() for text in script.values()):
        stop.update(map(fold, text.split()))
    for lang in _STOP_WORDS:
        # the file alone: importing the language compiles its tokenizer, which takes seconds
        file = Path(spacy.__file__).parent / "lang" / lang / "stop_words.py"
        stop.update(map(fold, run_path(str(file))["STOP_WORDS"]))
    return frozenset(stop.union(word for place in read_places() for word in split(place.name)))

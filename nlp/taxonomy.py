"""Topics by the community's words (data/reference/topics.toml), each with the words as evidence."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from data.topics import TOPICS_FILE, read_ignored, read_topics
from nlp.evidence import HOLDS, score, shown, weigh, weights_of
from nlp.reading import Reading
from nlp.tagged import Found
from nlp.terms import Hit, Lexicon, Lexicons
from nlp.words import Words

SHARE = 0.4  # of the weight of the strongest topic; less is an incidental second topic
_QUOTE = re.compile('[„“"»«][^„“”"»«\n]{12,300}[“”"«»]')  # longer than a word in scare quotes
_AGAINST, _ADVERTISING, _ELSEWHERE = "against:", "advertising", "elsewhere"
_BEGINS = 3  # words: a city named this early is what the post is about
_HERE = frozenset(("hamburg", "hamburger", "hh", "hamburgs"))


class Taxonomy:
    """The topics' words, in one lexicon a language: German ones hold in every language."""

    def __init__(self, path: Path = TOPICS_FILE) -> None:
        self._topics = read_topics(path)
        self._ignored = read_ignored(path)
        self._unquoted = {topic.key for topic in self._topics if not topic.quoted}
        self._order = {topic.key: at for at, topic in enumerate(self._topics)}
        self._lexicons = Lexicons(path, self._fill)

    def read(self, readings: Sequence[Reading]) -> None:
        """Find the terms and the topics of posts whose places are known."""
        for reading in readings:
            reading.topic_hits = self._lexicons.hits(reading.words.folded, reading.lang)
            reading.topics = self._find(reading) if reading.topic_hits else []

    def _find(self, reading: Reading) -> list[Found]:
        """Return the topics that hold, surest first.

        Takes out of the hits what stands in a quotation and does not count there.
        """
        text, words, hits = reading.text, reading.words, reading.topic_hits
        ignored = self._ignores(reading)
        if not ignored and not self._unquoted.isdisjoint(hits):
            self._leave_out_quoted(reading)
        reading.topic_weights = said = weights_of(hits, words)
        if ignored:
            return []
        weights = [
            (key, said[key] - said.get(_AGAINST + key, 0.0))
            for key in sorted(said.keys() & self._order.keys(), key=self._order.__getitem__)
        ]
        most = max([weight for _, weight in weights], default=0.0)
        found = [
            Found(key, score(weight), shown(hits[key], words, text))
            for key, weight in weights
            if score(weight) >= HOLDS and weight >= SHARE * most
        ]
        return sorted(found, key=lambda each: -each.score)

    def _ignores(self, reading: Reading) -> bool:
        words, hits = reading.words, reading.topic_hits
        if weigh(hits.get(_ADVERTISING, ()), words) >= 1:
            return True
        elsewhere = any(hit.first < _BEGINS for hit in hits.get(_ELSEWHERE, ()))
        return elsewhere and not reading.places and _HERE.isdisjoint(words.folded)

    def _leave_out_quoted(self, reading: Reading) -> None:
        quotes = [match.span() for match in _QUOTE.finditer(reading.text)]
        for key in self._unquoted & reading.topic_hits.keys() if quotes else ():
            mine = reading.topic_hits.pop(key)
            said = [hit for hit in mine if not _inside(reading.words, hit, quotes)]
            if said:
                reading.topic_hits[key] = said

    def _fill(self, lexicon: Lexicon, lang: str) -> None:
        for topic in self._topics:
            for each in dict.fromkeys(("de", lang)):
                lexicon.add(topic.key, topic.terms.get(each, ()))
            lexicon.add(_AGAINST + topic.key, topic.against)
        lexicon.add(_ADVERTISING, self._ignored.advertising)
        lexicon.add(_ELSEWHERE, self._ignored.elsewhere)


def _inside(words: Words, hit: Hit, quotes: list[tuple[int, int]]) -> bool:
    start = words.starts[hit.first]
    before = bisect_right(quotes, start, key=lambda quote: quote[0])
    return before > 0 and start < quotes[before - 1][1]

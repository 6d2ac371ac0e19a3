"""Topics by the community's words (data/reference/topics.toml), each with the words as evidence."""

import re
from bisect import bisect_right
from pathlib import Path

from data.topics import TOPICS_FILE, read_ignored, read_topics
from nlp.evidence import HOLDS, score, shown, weigh
from nlp.tagged import Found
from nlp.terms import Hit, Hits, Lexicon, Lexicons
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
        self._lexicons = Lexicons(path, self._fill)

    def hits(self, words: Words, lang: str) -> Hits:
        """Return the terms found, by topic; "against:" and the topic for what speaks against."""
        return self._lexicons.hits(words.folded, lang)

    def find(self, text: str, words: Words, hits: Hits, *, has_place: bool) -> list[Found]:
        """Return the topics that hold, surest first. `has_place`: a place in Hamburg is named.

        Takes out of `hits` what stands in a quotation and does not count there.
        """
        if self._ignores(hits, words, has_place=has_place):
            return []
        quotes = [match.span() for match in _QUOTE.finditer(text)]
        weights: dict[str, float] = {}
        for topic in self._topics:
            mine = hits.get(topic.key, [])
            if topic.key in self._unquoted and quotes:
                mine = [hit for hit in mine if not _inside(words, hit, quotes)]
                hits[topic.key] = mine
            if mine:
                against = weigh(hits.get(_AGAINST + topic.key, ()), words)
                weights[topic.key] = weigh(mine, words) - against
        most = max(weights.values(), default=0.0)
        found = [
            Found(key, score(weight), shown(hits[key], words, text))
            for key, weight in weights.items()
            if score(weight) >= HOLDS and weight >= SHARE * most
        ]
        return sorted(found, key=lambda each: -each.score)

    def _ignores(self, hits: Hits, words: Words, *, has_place: bool) -> bool:
        if weigh(hits.get(_ADVERTISING, ()), words) >= 1:
            return True
        here = has_place or not _HERE.isdisjoint(words.folded)
        return not here and any(hit.first < _BEGINS for hit in hits.get(_ELSEWHERE, ()))

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

"""Where a text speaks of things, rooms and services, and which word means which of them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from data.items import ITEMS_FILE, Item, read_items
from nlp.terms import Hit, Lexicon, Lexicons
from nlp.words import Words, fold

_BESIDE = 3  # words between a preposition and what it makes a mere circumstance
_CIRCUMSTANCE = frozenset(
    """in im aus bei beim von vom vor an am zum zur ins mit neben hinter auf aufm unter
    wegen trotz fuer our my your the in from at into of с зі із з в у из от для від""".split()  # noqa: SIM905
)
_AND = (["und"], ["and"], ["oder"])
_BY_MEANS_OF = frozenset(("mit", each) for each in ("dem", "einem", "deinem", "eurem", "nem"))
_COMPOUND = "~"  # behind the key of an item whose word was found at the end of a longer one
_BEGINS = ">"  # behind the key of a thing, before the word's beginning: "sofa>sofa"
_THINGS = "sachspenden"  # the topic in which "Sofakissen" is no sofa
_ENDINGS = frozenset(("", "n", "s", "e", "en", "es", "er", "ern", "r", "in", "innen", "chen", "se"))
_STILL = re.compile(  # what is put behind a thing's name without making it another thing
    "^(?:e?[ns]|-)?(?:spend|sammlung|set|paket|pack|kiste|karton|kombi|saeck|sack|stueck|garnitur|aktion|"
    "ausgabe|boerse|lager|laden|gestell|rahmen|suche|bedarf|not|mangel|verleih|tausch|leih|abgabe|"
    "notstand|angebot|gesuch|groesse|gr|vorrat|reste|sachen|zeug|chen|innen|laeufer|programm|gutschein)"
)
_WEAKEST = "level"  # the kind of detail that is named beside others: "Deutsch B1 reicht"
_WEAKER = 6.0  # letters that a compound's head counts less than a word of the file
_SHORTEST_HEAD = 4  # letters
_NO_HEAD = frozenset(  # ends of words that mean something else: "politisch", "Entdecke"
    """tisch zimmer decke herd oben saal regal bett lego stoffe arzt ärzte
    unterricht arbeit schule pate paten garn helme wiege roller kammer rechner stunde stelle
    chor platz brot obst milch schal binden seife teller ausbildung""".split()  # noqa: SIM905
)
_NO_PLURAL = frozenset(("wolle", "arbeit"))  # "wollen", "arbeite" are verbs
_NO_CIRCUMSTANCE = frozenset(  # "suche nach …", "Hilfe beim …": what is asked for stands behind it
    """suche suchen such hilfe help helfe helfen hilft bitten freuen freut biete bieten lust zeit
    interesse unterstuetze unterstuetzen unterstuetzung geht""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An item and the words `first` to `last` that mean it.

    `aside`: it stands behind a preposition ("im Zimmer", "aus der Wohnung").
    """

    item: Item
    first: int
    last: int
    aside: bool


class Items:
    """The items' words, in one lexicon a language: German ones hold in every language."""

    def __init__(self) -> None:
        self._items = read_items()
        self._lexicons = Lexicons(ITEMS_FILE, self._fill)

    def find(self, words: Words, lang: str) -> list[Mention]:
        """Return what is spoken of, in its order; of terms on the same words the most special."""
        found = self._lexicons.of(lang).search(words.folded)
        hits = [hit for hit in found if _stands(hit, words)]
        kept: list[Hit] = []
        taken: dict[int, float] = {}
        for hit in sorted(hits, key=lambda hit: -hit.weight):
            span = range(hit.first, hit.last + 1)
            if all(taken.get(word, hit.weight) == hit.weight for word in span):
                taken.update(dict.fromkeys(span, hit.weight))
                kept.append(hit)
        named = {(_key(hit), hit.first): hit for hit in kept}
        return [
            Mention(self._items[key], hit.first, hit.last, self._is_aside(key, words, hit))
            for (key, _), hit in sorted(named.items(), key=lambda each: each[0][1])
        ]

    def _is_aside(self, key: str, words: Words, hit: Hit) -> bool:
        by_it = tuple(words.folded[max(0, hit.first - 2) : hit.first]) in _BY_MEANS_OF
        return _aside(words, hit) and not (by_it and self._items[key].topic == "mobilitaet")

    def implied(
        self, words: Words, values: Mapping[str, Collection[str]], topics: Collection[str]
    ) -> Iterator[Mention]:
        """Yield what a detail alone means: "Mathe und Physik bis Klasse 10" is tutoring."""
        found = [
            item
            for item in self._items.values()
            if item.implied and item.topic in topics and values.get(item.implied)
        ]
        for item in sorted(found, key=lambda item: item.implied == _WEAKEST)[: bool(words.raw)]:
            yield Mention(item, 0, 0, aside=False)

    def _fill(self, lexicon: Lexicon, lang: str) -> None:
        for item in self._items.values():
            for each in dict.fromkeys(("de", lang)):
                for written in item.terms.get(each, ()):
                    term = _conditions_inflected(written) if each == "de" else written
                    label = item.key
                    if each == "de" and item.topic == _THINGS and _is_beginning(term):
                        label += _BEGINS + fold(term.removesuffix("*"))
                    lexicon.add(label, [term], _special(term))
                    if each == "de":
                        lexicon.add(item.key, _inflected(term), _special(term))
                    if each == "de" and (compound := _as_compound(term)):
                        lexicon.add(item.key + _COMPOUND, [compound], _special(term) - _WEAKER)


def _inflected(term: str) -> list[str]:
    """Give the other cases and the plural of a German noun: Bücher, Büchern; Schrank, Schranks."""
    if "*" in term or " " in term or "-" in term or len(term) < _SHORTEST_HEAD:
        return []
    if term in _NO_PLURAL:
        return []
    return [term + ending for ending in ("n", "s", "e", "en", "es")]


def _conditions_inflected(term: str) -> str:
    """Let the words of a condition stand in their other cases: "putzen & fenster wand wände"."""
    body, mark, rest = term.partition(" & ")
    if not mark:
        return term
    only, unless, not_ = rest.partition(" ! ")
    words = [form for word in only.split() for form in (word, *_inflected(word))]
    return f"{body} & {' '.join(words)}{unless}{not_}"


def _as_compound(term: str) -> str:
    """Make "*anzug" of "anzug": a German noun stands at the end of its compounds."""
    word, _, rest = term.partition(" ")
    body = word.removesuffix("*")
    if rest or "*" in body or len(body) < _SHORTEST_HEAD or body in _NO_HEAD or " " in term:
        return ""
    return f"*{body}"


def _is_beginning(term: str) -> bool:
    return term.endswith("*") and term.count("*") == 1 and " " not in term and "-" not in term


def _key(hit: Hit) -> str:
    return hit.label.partition(_BEGINS)[0].rstrip(_COMPOUND)


def _stands(hit: Hit, words: Words) -> bool:
    """Say whether a word found by a part of it means the item.

    By its end it can be a compound noun if it begins with a capital; by its beginning it is the
    thing only if no other noun follows: "Sofakissen" are no sofa, "Möbelspenden" are furniture.
    """
    _, begins, body = hit.label.partition(_BEGINS)
    if begins:
        rest = words.folded[hit.first].removeprefix(body)
        return rest in _ENDINGS or _STILL.match(rest) is not None
    if not hit.label.endswith(_COMPOUND):
        return True
    return words.raw[hit.first][0].isupper() or not any(raw[0].isupper() for raw in words.raw)


def _special(term: str) -> float:
    """Weigh a term: more words, a condition and more letters say more."""
    body = term.split(" & ", maxsplit=1)[0].split(" ! ", maxsplit=1)[0]
    letters = len(body.replace("*", ""))
    return 100.0 * len(body.split()) + 150.0 * (" & " in term) + letters


def _aside(words: Words, hit: Hit) -> bool:
    first = hit.first
    if words.raw[first][0].islower() and any(raw[0].isupper() for raw in words.raw[1:]):
        return False  # a verb: "mit jemandem zusammen nähen"
    if words.folded[first - 1 : first] in _AND:
        first -= 2  # "mit zwei Koffern und Rollator"
    before = words.folded[max(0, first - _BESIDE) : max(0, first)]
    where = next((at for at in range(len(before) - 1, -1, -1) if before[at] in _CIRCUMSTANCE), None)
    if where is None or any(
        raw[0].isupper() for raw in words.raw[first - len(before) + where + 1 : first]
    ):
        return False  # "für Samstag einen Transporter"
    return _NO_CIRCUMSTANCE.isdisjoint(before[max(0, where - 2) : where])

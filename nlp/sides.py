"""Whether an item is sought or offered, or no longer either, by the words beside it.

The cues of intents.toml and of details.toml are weighed by their nearness to the item; the tagger's
own intents count as well, so that either may miss.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from data.details import DETAILS_FILE, read_details
from data.intents import read_cues
from data.items import Item
from nlp.items import Mention
from nlp.tagged import Tagged
from nlp.terms import Hit, Lexicon, Lexicons
from nlp.words import Words

NEED, OFFER, SETTLED = "need", "offer", "settled"
FAR = 0.55  # what a cue of another sentence weighs against one of the same
REACH = 16  # words after which a cue of the same sentence weighs half
HELP = 1.5  # "Wir kochen und brauchen Hände": who asks for hands tells of their own deed too
ASKED = 1.2  # what a question for something weighs against one cue
FOR_WHOM = 0.6  # and what it weighs that a text says for how many or for whom
TAGGER = 0.8  # what a certain intent of the tagger weighs against one near cue
_SENTENCE = re.compile(r"(?:(?<![Ss]t)(?<![Gg]r)(?<!\d)(?<!ca)(?<!ab)\.|[!?…؟]+|\n+)(?=\s|$)|\n+")
_CLAUSE = re.compile(  # a dash joins a thing and its state: "Schrank – ist weg"
    r"[,;:|✅❌⏳🆓\n]|(?:(?<!\d)\.|[!?؟])(?=\s|$)|\b(?:aber|dafür|but|но|але|dagegen)\b"
)
_SIGN = {
    "gesuch": 1.0,
    "sought": 1.0,
    "jobless": 2.0,
    "angebot": -1.0,
    "offered": -1.0,
    "hiring": -1.0,
}
_ASKS = re.compile(  # a sentence that asks for something, unless it asks who needs something
    r"(?:^|[.!,:–\n]\s*|\b(?:und|moin|hallo|hi|hey|hello|liebe \w+)\W+)"
    r"(?:wer|kann|könnte|könntet|kannst|hat|hätte|kennt|gibt|ist|haben (?:sie|wir)|habt ihr|"
    r"hast du|hätten sie|hättet ihr|gäbe es|würde|who|can|could|does|do you have|has|is there)\s"
    r"(?!(?:\w+\s)?(?:braucht|brauchst|brauchen|möchte|mag|will|wollte|hat\slust|hätte\slust|sucht|"
    r"vermisst|holt|needs|wants|interesse|lust|nicht\skommen|haben)\b)[^.!?\n]*\?",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(
    r"\bfür (?:(?:meine?n?|unsere?n?) [A-ZÄÖÜ]\w+"
    r"|(?:zwei|drei|vier|fünf|sechs|sieben|acht|zehn|zwölf|\d+|eine?n?) (?:\w+(?:e|n|r|ig) )?"
    r"(?:Personen|Leute|Männer|Frauen|Jungs|Mädchen|Kinder|Erwachsene|\w{0,8}(?:frau|mann|mutter|vater|"
    r"sohn|tochter|junge|baby|säugling|kind|oma|opa|freundin|freund|schülerin|schüler|klässlerin|"
    r"klässler)))\b(?! (?:frei|gesucht\?))",
    re.IGNORECASE,
)
_NO = frozenset(("kein", "keine", "keinen", "keiner", "no", "не"))
_ENOUGH = frozenset(("bitte", "mehr", "nehmen", "brauchen", "genug", "please", "more"))
_MORE = frozenset(("mehr", "more"))
_LACK = frozenset(("hat", "haben", "habe", "hab", "gibt", "has", "have", "got"))
_HAVE = frozenset(
    ("haben", "habe", "vorhanden", "have", "есть", "маємо", "ist", "sind", "steht", "waere")
)
_THERE = frozenset(
    ("wir", "ich", "da", "schon", "bereit", "vorhanden", "organisiert", "we", "", "already")
)


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues found in a text: where each stands, and how much it speaks for a need (−: offer)."""

    found: tuple[tuple[int, str, float], ...]  # character, cue, weight
    begins: tuple[int, ...]  # of the sentences
    clauses: tuple[int, ...]

    def has(self, name: str) -> bool:
        """Say whether a cue of this name is met."""
        return any(cue == name for _, cue, _ in self.found)


class Sides:
    """The cues, in one lexicon a language: German ones hold in every language."""

    def __init__(self) -> None:
        self._cues = read_cues()
        self._details = read_details()
        self._lexicons = Lexicons(DETAILS_FILE, self._fill)

    def read(self, text: str, words: Words, lang: str) -> Cues:
        """Find the cues; of cues on the same words the longest counts."""
        taken: dict[bool, set[int]] = {True: set(), False: set()}  # cues of a side, and others
        kept: list[Hit] = []
        hits = self._lexicons.of(lang).search(words.folded)
        for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, hit.first)):
            span = range(hit.first, hit.last + 1)
            used = taken[hit.label in _SIGN]
            if used.isdisjoint(span):
                used.update(span)
                kept.append(hit)
        found = [
            (words.starts[hit.first], hit.label, hit.weight * (1 + hit.last - hit.first + 1) / 2)
            for hit in kept
        ]
        found += [(match.start(), "sought", ASKED) for match in _ASKS.finditer(text)]
        for match in _FOR_WHOM.finditer(text):
            found += [(match.start(), cue, FOR_WHOM) for cue in ("sought", "jobless")]
        found.sort()
        begins = (0, *(match.end() for match in _SENTENCE.finditer(text)))
        clauses = (0, *(match.end() for match in _CLAUSE.finditer(text)))
        return Cues(tuple(found), begins, clauses)

    def _fill(self, lexicon: Lexicon, lang: str) -> None:
        for cues in self._cues.intents:
            if cues.key in _SIGN:
                for each in dict.fromkeys(("de", lang)):
                    lexicon.add(cues.key, cues.terms.get(each, ()))
        for name, terms in self._details.cues.items():
            lexicon.add(name, terms)


def side_of(mention: Mention, words: Words, cues: Cues, tagged: Tagged) -> tuple[str, float]:
    """Say whether an item is a need, an offer, settled, or "" (neither), and how surely."""
    at = words.starts[mention.first]
    if _is_settled(at, cues):
        return SETTLED, 1.0
    if _is_excluded(mention, words, cues, at):
        return "", 0.0
    leaning = _leaning(mention.item, at, cues, tagged)
    return (NEED if leaning > 0 else OFFER), abs(leaning)


def side_of_post(cues: Cues, tagged: Tagged) -> str:
    """Say whether the post as a whole seeks or offers; "" where it is settled or neither."""
    if cues.has("settled") and not cues.has("left"):
        return ""
    total = TAGGER * _of_tagger(tagged)
    total += sum(FAR * _SIGN.get(cue, 0.0) * weight for _, cue, weight in cues.found)
    if not total:
        return ""
    return NEED if total > 0 else OFFER


def _leaning(item: Item, at: int, cues: Cues, tagged: Tagged) -> float:
    """Weigh what speaks for a need (above 0) or an offer."""
    here = bisect_right(cues.begins, at)
    total = 0.0
    for where, cue, weight in cues.found:
        if cue not in _SIGN or not _counts(cue, weight, item):
            continue
        near = bisect_right(cues.begins, where) == here
        distance = abs(where - at) / 6
        more = HELP if item.help and cue in ("gesuch", "sought") else 1
        total += _SIGN[cue] * weight * more * (1 / (1 + distance / REACH) if near else FAR)
    return total + TAGGER * _of_tagger(tagged)


def _counts(cue: str, weight: float, item: Item) -> bool:
    """Say whether a cue speaks about an item: "sucht" alone says nothing where who seeks offers."""
    if cue in ("hiring", "jobless"):
        return item.work
    return not (item.work and cue in ("gesuch", "sought") and weight <= 1)


def _of_tagger(tagged: Tagged) -> float:
    said = {found.label: found.score for found in tagged.intents}
    return said.get("gesuch", 0.0) - said.get("angebot", 0.0) + said.get("frage", 0.0) / 2


def _is_settled(at: int, cues: Cues) -> bool:
    """Say whether the whole is settled, or in a list with a rest, this clause of it."""
    settled = [where for where, cue, _ in cues.found if cue == "settled"]
    if not settled:
        return False
    if not cues.has("left"):
        return True
    clause = bisect_right(cues.clauses, at)
    return any(bisect_right(cues.clauses, where) == clause for where in settled)


def _is_excluded(mention: Mention, words: Words, cues: Cues, at: int) -> bool:
    """Say whether the item is at hand ("Transporter haben wir") or unwanted ("keine Jacken")."""
    clause = bisect_right(cues.clauses, at)
    beside = [
        word
        for word, start in zip(words.folded, words.starts, strict=True)
        if bisect_right(cues.clauses, start) == clause
    ]
    before = words.folded[max(0, mention.first - 3) : mention.first]
    enough = _ENOUGH.intersection(beside) - (_MORE if _LACK.intersection(beside) else frozenset())
    if not _NO.isdisjoint(before) and enough:
        return True  # "bitte keine Jacken mehr", but not "wir haben keine Jacken mehr"
    after: Sequence[str] = words.folded[mention.last + 1 : mention.last + 3]
    sought = any(
        cue in ("gesuch", "sought") and bisect_right(cues.clauses, where) == clause
        for where, cue, _ in cues.found
    )
    there = bool(after) and after[0] in _HAVE and (*after, "")[1] in _THERE
    return there and not sought and (cues.has("gesuch") or cues.has("sought"))

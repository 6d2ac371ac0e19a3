"""What people type to search: words, "in a row", -without, beginning*, #hashtag.

All words have to occur. What is no letter and no digit separates words; case, accents and ß/ss make
no difference. Whatever is typed means something, or nothing; nothing is an error.
"""

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 200  # characters of a query; what stands beyond is not read
MOST = 12  # words or phrases
SHORTEST_BEGINNING = 2  # letters before a *

_QUOTES = dict.fromkeys(map(ord, "„“”‟«»‹›"), '"')
_DASHES = "-\u2010\u2011\u2012\u2013\u2212"
_PART = re.compile(rf'(?P<no>[{_DASHES}])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<star>\*)?')
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("(?<=[a-z])[\u0300-\u036f]+")  # of other scripts they make other letters: й, ї


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, folded; the last one may be only a beginning (`begins`).

    `hashtag`: as posts keep it, in lower case without #; `typed`: as it stood there.
    """

    words: tuple[str, ...]
    begins: bool = False
    hashtag: str = ""
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: all of `terms`, none of `without`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there are words to look for; words to leave out alone are none."""
        return bool(self.terms)

    @property
    def typed(self) -> str:
        """The whole query as it can be typed."""
        return " ".join(each.typed for each in (*self.terms, *self.without))


def read_query(said: str) -> Query:
    """Read what somebody typed."""
    terms: dict[Term, None] = {}
    without: dict[Term, None] = {}
    said = unicodedata.normalize("NFC", said[:LONGEST]).translate(_QUOTES)
    for part in _PART.finditer(said):
        term = _term(part)
        if term is not None and len(terms) + len(without) < MOST:
            (without if part["no"] else terms).setdefault(term)
    return Query(tuple(terms), tuple(without))


def fold(word: str) -> str:
    """Give a word as it is compared: lower case, Latin letters without accents, ss for ß."""
    lower = word.lower().replace("ß", "ss")
    if lower.isascii():
        return lower
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", lower)))


def words_in(text: str) -> list[tuple[str, int, int]]:
    """List the words of a text, folded, each with where it begins and ends."""
    return [(fold(each.group()), each.start(), each.end()) for each in _WORD.finditer(text)]


def _term(part: re.Match[str]) -> Term | None:
    said = part["phrase"] if part["word"] is None else part["word"]
    words = tuple(word for word, _, _ in words_in(said))
    if not words:
        return None
    star = bool(part["star"]) or said.endswith("*")
    tag = said[1:].rstrip("*") if said.startswith("#") and not star else ""
    return Term(
        words,
        begins=star and len(words[-1]) >= SHORTEST_BEGINNING,
        hashtag=tag.lower() if _WORD.fullmatch(tag) else "",
        typed=part.group().strip(),
    )

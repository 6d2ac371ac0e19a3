"""The tokenizer: hashtags, mentions, @name@host and links stay whole."""

import re
from itertools import accumulate, compress
from operator import add

from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.kept import Kept
from nlp.reading import Reading
from nlp.words import LINK, PIECE, TOKEN, Words, fold

KEPT = 50_000  # tokens remembered, and words in the vocabulary; then each starts anew
READING = "reading"  # key in Doc.user_data: the Reading of the doc


# The word of a token, folded too; from where to where in the token; whether it is behind #.
# A bare tuple: Python's collector soon leaves it alone.
_Token = tuple[str, str, int, int, bool]


class Tokenizer:
    """Cuts a text into tokens, for spaCy, and into words, which is what the steps read.

    It has its own vocabulary, which starts anew when it is full; spaCy's grows with every word.
    """

    def __init__(self) -> None:
        self._vocab = Vocab()  # a bare one: shapes and prefixes of words are not asked for
        self._known = Kept(_read, KEPT)

    def read(self, text: str) -> Reading:
        """Return the words of a text; nothing else is read yet."""
        pieces = PIECE.findall(LINK.sub(_blank, text))
        tokens = list(map(self._known.__getitem__, pieces))
        wordy = list(filter(None, tokens))
        if not wordy:
            return Reading(text, Words([], [], [], [], []))
        raw, folded, begins, ends, hashtag = map(list, zip(*wordy, strict=True))
        places = list(compress(accumulate(map(len, pieces), initial=0), tokens))
        starts, ends = list(map(add, places, begins)), list(map(add, places, ends))
        return Reading(text, Words(raw, folded, starts, ends, hashtag))

    def __call__(self, text: str) -> Doc:
        """Return the doc; `doc.text` is `text`, `doc.user_data[READING]` its words."""
        if len(self._vocab) > KEPT:
            self._vocab = Vocab()
        pieces: list[str] = []
        spaces: list[bool] = []
        start = 0
        for link in LINK.finditer(text):
            _cut(text, start, link.start(), pieces, spaces)
            start = link.end() + (text[link.end() : link.end() + 1] == " ")
            pieces.append(link.group())
            spaces.append(start > link.end())
        _cut(text, start, len(text), pieces, spaces)
        doc = Doc(self._vocab, words=pieces, spaces=spaces)
        doc.user_data[READING] = self.read(text)
        return doc


def _cut(text: str, start: int, end: int, pieces: list[str], spaces: list[bool]) -> None:
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        pieces.append(match[kind])
        spaces.append(match.end() > match.end(kind))


def _blank(link: re.Match[str]) -> str:
    return " " * len(link[0])


def _read(piece: str) -> _Token | None:
    match = TOKEN.fullmatch(piece)
    kind = match.lastgroup if match else ""
    if match and kind == "word":
        return match[kind], fold(match[kind]), 0, len(match[kind]), False
    if match and kind in ("hashtag", "mention"):
        word = match[kind][1:].partition("@")[0].rstrip(".")
        return word, fold(word), 1, 1 + len(word), kind == "hashtag"
    return None

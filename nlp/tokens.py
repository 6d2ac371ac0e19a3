"""The tokenizer: hashtags, mentions, @name@host and links stay whole."""

import re
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.words import LINK, TOKEN, Words, fold

KEPT = 50_000  # words in the vocabulary, and tokens remembered; then each starts anew
WORDS = "words"  # key in Doc.user_data: the Words of the doc
TEXT = "text"  # key in Doc.user_data: the text, which spaCy would put together at every call


class _Token(NamedTuple):
    """A token with the blank that may follow; of a word, hashtag or mention the word in it."""

    piece: str
    blank: bool
    word: str | None
    folded: str
    begins: int
    hashtag: bool


class Tokenizer:
    """Cuts a text into tokens and notes its words in `doc.user_data`.

    It has its own vocabulary, which starts anew when it is full; spaCy's grows with every word.
    """

    def __init__(self) -> None:
        self._vocab = Vocab()  # a bare one: shapes and prefixes of words are not asked for
        self._known: dict[str, _Token] = {}

    def __call__(self, text: str) -> Doc:
        """Return the doc; `doc.text` is `text`."""
        if len(self._vocab) > KEPT:
            self._vocab = Vocab()
        if len(self._known) > KEPT:
            self._known.clear()
        pieces: list[str] = []
        spaces: list[bool] = []
        words = Words([], [], [], [], [], [])
        start = 0
        for link in LINK.finditer(text):
            self._cut(text, start, link.start(), pieces, spaces, words)
            start = link.end() + (text[link.end() : link.end() + 1] == " ")
            pieces.append(link.group())
            spaces.append(start > link.end())
        self._cut(text, start, len(text), pieces, spaces, words)
        doc = Doc(self._vocab, words=pieces, spaces=spaces)
        doc.user_data[WORDS] = words
        doc.user_data[TEXT] = text
        return doc

    def _cut(
        self,
        text: str,
        start: int,
        end: int,
        pieces: list[str],
        spaces: list[bool],
        words: Words,
    ) -> None:
        known = self._known
        for match in TOKEN.finditer(text, start, end):
            written = match[0]
            token = known.get(written)
            if token is None:
                token = known[written] = _read(match)
            piece, blank, word, folded, begins, hashtag = token
            if word is not None:
                begin = start + begins
                words.raw.append(word)
                words.folded.append(folded)
                words.starts.append(begin)
                words.ends.append(begin + len(word))
                words.tokens.append(len(pieces))
                words.hashtag.append(hashtag)
            pieces.append(piece)
            spaces.append(blank)
            start += len(written)


def _read(match: re.Match[str]) -> _Token:
    kind = match.lastgroup or ""
    piece = match[kind]
    blank = match.end() > match.end(kind)
    if kind == "word":
        return _Token(piece, blank, piece, fold(piece), 0, False)
    if kind in ("hashtag", "mention"):
        word = piece[1:].partition("@")[0].rstrip(".")
        return _Token(piece, blank, word, fold(word), 1, kind == "hashtag")
    return _Token(piece, blank, None, "", 0, False)

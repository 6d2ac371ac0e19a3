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
    """A token with the blank that may follow; of a word, hashtag or mention the word in it.

    The word stands from `begins` to `ends` in the token; `ends` is 0 where there is none.
    """

    piece: str
    blank: bool
    word: str
    folded: str
    begins: int
    ends: int
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
        found = [
            (known.get(match[0]) or self._learn(match), match.start())
            for match in TOKEN.finditer(text, start, end)
        ]
        first = len(pieces)
        wordy = [(token, at, n) for n, (token, at) in enumerate(found, first) if token.ends]
        words.raw.extend([token.word for token, _, _ in wordy])
        words.folded.extend([token.folded for token, _, _ in wordy])
        words.starts.extend([at + token.begins for token, at, _ in wordy])
        words.ends.extend([at + token.ends for token, at, _ in wordy])
        words.tokens.extend([n for _, _, n in wordy])
        words.hashtag.extend([token.hashtag for token, _, _ in wordy])
        pieces.extend([token.piece for token, _ in found])
        spaces.extend([token.blank for token, _ in found])

    def _learn(self, match: re.Match[str]) -> _Token:
        token = self._known[match[0]] = _read(match)
        return token


def _read(match: re.Match[str]) -> _Token:
    kind = match.lastgroup or ""
    piece = match[kind]
    blank = match.end() > match.end(kind)
    if kind == "word":
        return _Token(piece, blank, piece, fold(piece), 0, len(piece), False)
    if kind in ("hashtag", "mention"):
        word = piece[1:].partition("@")[0].rstrip(".")
        return _Token(piece, blank, word, fold(word), 1, 1 + len(word), kind == "hashtag")
    return _Token(piece, blank, "", "", 0, 0, False)

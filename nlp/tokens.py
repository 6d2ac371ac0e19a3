"""The tokenizer: hashtags, mentions, @name@host and links stay whole."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.words import LINK, TOKEN, Words, fold

KEPT = 50_000  # words in the vocabulary
_WORDY = frozenset(("word", "hashtag", "mention"))
WORDS = "words"  # key in Doc.user_data: the Words of the doc
TEXT = "text"  # key in Doc.user_data: the text, which spaCy would put together at every call


class Tokenizer:
    """Cuts a text into tokens and notes its words in `doc.user_data`.

    It has its own vocabulary, which starts anew when it is full; spaCy's grows with every word.
    """

    def __init__(self) -> None:
        self._vocab = Vocab()  # a bare one: shapes and prefixes of words are not asked for

    def __call__(self, text: str) -> Doc:
        """Return the doc; `doc.text` is `text`."""
        if len(self._vocab) > KEPT:
            self._vocab = Vocab()
        pieces: list[str] = []
        spaces: list[bool] = []
        words = Words([], [], [], [], [], [])
        start = 0
        for link in LINK.finditer(text):
            _cut(text, start, link.start(), pieces, spaces, words)
            start = link.end() + (text[link.end() : link.end() + 1] == " ")
            pieces.append(link.group())
            spaces.append(start > link.end())
        _cut(text, start, len(text), pieces, spaces, words)
        doc = Doc(self._vocab, words=pieces, spaces=spaces)
        doc.user_data[WORDS] = words
        doc.user_data[TEXT] = text
        return doc


def _cut(
    text: str, start: int, end: int, pieces: list[str], spaces: list[bool], words: Words
) -> None:
    raw, folded, starts, ends = words.raw, words.folded, words.starts, words.ends
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        piece = match[kind]
        if kind in _WORDY:
            begin = match.start()
            word = piece
            if kind != "word":
                begin += 1
                word = piece[1:].partition("@")[0].rstrip(".")
            raw.append(word)
            folded.append(fold(word))
            starts.append(begin)
            ends.append(begin + len(word))
            words.tokens.append(len(pieces))
            words.hashtag.append(kind == "hashtag")
        pieces.append(piece)
        spaces.append(match.end() > match.end(kind))

"""The tokenizer: hashtags, mentions, @name@host and links stay whole."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.words import TOKEN, Words, fold

WORDS = "words"  # key in Doc.user_data: the Words of the doc


class Tokenizer:
    """Cuts a text into tokens and notes its words in `doc.user_data`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the doc; `doc.text` is `text`."""
        pieces: list[str] = []
        spaces: list[bool] = []
        words = Words([], [], [], [], [], [])
        for match in TOKEN.finditer(text):
            kind, piece = match.lastgroup, match.group()
            if kind == "space":
                if spaces and piece[0] == " " and not spaces[-1] and not pieces[-1].isspace():
                    spaces[-1] = True
                    piece = piece[1:]
                    if not piece:
                        continue
            elif kind in ("word", "hashtag", "mention"):
                _note(words, piece, match.start(), len(pieces), kind)
            pieces.append(piece)
            spaces.append(False)
        doc = Doc(self.vocab, words=pieces, spaces=spaces)
        doc.user_data[WORDS] = words
        return doc


def _note(words: Words, piece: str, start: int, token: int, kind: str) -> None:
    raw = piece if kind == "word" else piece[1:]
    if kind == "mention":
        raw = raw.partition("@")[0].rstrip(".")
    begin = start if kind == "word" else start + 1
    words.raw.append(raw)
    words.folded.append(fold(raw))
    words.starts.append(begin)
    words.ends.append(begin + len(raw))
    words.tokens.append(token)
    words.hashtag.append(kind == "hashtag")

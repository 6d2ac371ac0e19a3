"""How campaigns disguise a copied text."""

import random
import re
from collections.abc import Callable

from bench.worlds.words import Words

LOOK_ALIKE = str.maketrans("aceopxyAEOPCTHKMB", "асеорхуАЕОРСТНКМВ")  # Latin to Cyrillic
INVISIBLE = "\u200b\u200c\u200d\u2060"
OPENERS = (
    "Also ehrlich,|Leute,|Moin,|Mal im Ernst:|Nur so viel:|Wow.|Bitte lesen:|Hört mal,|Fakt ist:"
)
CLOSERS = "Oder?|Punkt.|Denkt mal nach.|Teilen!|So sieht es aus.|Danke.|Nicht wahr?|Ende."

Edit = Callable[[str, random.Random, Words], str]


def swap_words(text: str, rng: random.Random, words: Words) -> str:
    """Put other words for every sixth."""
    return " ".join(
        words.word(capital=word[0].isupper()) if len(word) > 4 and rng.random() < 1 / 6 else word
        for word in text.split()
    )


def decorate(text: str, rng: random.Random, words: Words) -> str:
    """Add emoji, an opener or a closer."""
    if rng.random() < 0.6:
        text = f"{rng.choice(OPENERS.split('|'))} {text}"
    if rng.random() < 0.6:
        text = f"{text} {rng.choice(CLOSERS.split('|'))}"
    return f"{text} {''.join(words.emoji() for _ in range(rng.randint(1, 3)))}"


def look_alike(text: str, rng: random.Random, words: Words) -> str:  # noqa: ARG001
    """Put Cyrillic letters that look Latin into some words."""
    return " ".join(w.translate(LOOK_ALIKE) if rng.random() < 0.3 else w for w in text.split(" "))


def invisible(text: str, rng: random.Random, words: Words) -> str:  # noqa: ARG001
    """Put characters without width into words."""
    return "".join(
        c + rng.choice(INVISIBLE) if c.isalpha() and rng.random() < 0.08 else c for c in text
    )


def reorder(text: str, rng: random.Random, words: Words) -> str:  # noqa: ARG001
    """Put the sentences in another order."""
    parts = re.split(r"(?<=[.!?…])\s+", text)
    rng.shuffle(parts)
    return " ".join(parts)


def shorten(text: str, rng: random.Random, words: Words) -> str:  # noqa: ARG001
    """Leave some words out."""
    return " ".join(word for word in text.split() if len(word) > 9 or rng.random() < 0.88)


EDITS: tuple[Edit, ...] = (swap_words, decorate, look_alike, invisible, reorder, shorten)


class Paraphrase:
    """One message in many wordings: every third word has alternatives, clauses change places."""

    def __init__(self, rng: random.Random, words: Words, sentences: int = 3) -> None:
        self.rng = rng
        self.clauses = [
            [
                [word, words.word(capital=word[0].isupper()), words.word(capital=word[0].isupper())]
                if len(word) > 4 and rng.random() < 0.5
                else [word]
                for word in words.long_sentence(least=8).split()
            ]
            for _ in range(sentences)
        ]

    def say(self) -> str:
        """Word it anew."""
        clauses = self.rng.sample(self.clauses, len(self.clauses))
        return " ".join(" ".join(self.rng.choice(slot) for slot in clause) for clause in clauses)

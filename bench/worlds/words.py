"""Text for synthetic posts: sentences of data/corpus, mixed so that hardly any comes twice."""

# ruff: noqa: SIM905  lists of words read better as text

import random
import re
from collections import defaultdict
from functools import cache

from data.corpus import FIRST, read_corpus

EMOJI = "🌧️ 🙏 💛 🚲 ☕ 🎒 📦 🔥 👀 ✊ 🌻 🧦 🥣 📣 🕯️ 🎶 ❗ ➡️ ✅ 🫶".split()
SWAPPED = 0.3  # of the longer words of a sentence become others of the same language and case


class Words:
    """Makes texts with one source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def sentence(self, lang: str = "de") -> str:
        """Give one sentence that was most likely never said before."""
        lang = lang if lang in _sentences() else "de"
        words = self.rng.choice(_sentences()[lang]).split()
        return " ".join(self._other(word, lang) for word in words)

    def text(self, lang: str = "de", most: int = 3) -> str:
        """Give one to `most` sentences."""
        return " ".join(self.sentence(lang) for _ in range(self.rng.randint(1, most)))

    def headline(self, lang: str = "de") -> str:
        """Give a sentence of a headline's length."""
        words = self.sentence(lang).rstrip(".!?…").split()
        words += self.sentence(lang).rstrip(".!?…").split() if len(words) < 6 else []
        return " ".join(words[:12])

    def long_sentence(self, lang: str = "de", least: int = 12) -> str:
        """Give a text of at least `least` words."""
        text = self.sentence(lang)
        while len(text.split()) < least:
            text += " " + self.sentence(lang)
        return text

    def word(self, lang: str = "de", *, capital: bool = True) -> str:
        """Give one longer word."""
        lang = lang if lang in _sentences() else "de"
        return self.rng.choice(_vocabulary()[lang, capital] or _vocabulary()["de", True])

    def emoji(self) -> str:
        """Give an emoji."""
        return self.rng.choice(EMOJI)

    def _other(self, word: str, lang: str) -> str:
        if re.fullmatch(r"\d+[.,]?", word):
            return str(self.rng.randint(2, 60))
        bare = word.strip(".,!?…:;„“\"'()")
        if len(bare) < 5 or self.rng.random() > SWAPPED:
            return word
        others = _vocabulary()[lang, bare[0].isupper()]
        return word.replace(bare, self.rng.choice(others)) if others else word


@cache
def _sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for post in (each for each in read_corpus() if each["part"] in FIRST):
        plain = re.sub(r"#\w+|https?://\S+|@\w+", "", post["text"])
        for each in re.split(r"(?<=[.!?…؟])\s+|\n+", plain):
            if 4 <= len(each.split()) <= 22:
                found[post["lang"]].append(each.strip())
    return {lang: many for lang, many in found.items() if len(many) >= 40}


@cache
def _vocabulary() -> dict[tuple[str, bool], list[str]]:
    found: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for lang, many in _sentences().items():
        for each in many:
            for word in re.findall(r"[^\W\d_]{5,}", each):
                found[lang, word[0].isupper()].add(word)
    return defaultdict(list, {key: sorted(words) for key, words in found.items()})

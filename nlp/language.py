"""Which of the label languages a text is written in.

Function words that only one language has decide first, then letters that only one has; py3langid,
restricted to the languages of the script, decides the rest. It has no Tigrinya:
Ethiopic script counts as that. A text without letters is `und` (ISO 639: undetermined).
"""

import re
from collections.abc import Sequence
from copy import copy
from functools import cache, lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from data.languages import UNKNOWN
from nlp.reading import Reading
from nlp.words import LINK

EXAMINED = 1_000  # characters; more changes nothing
_LATIN = ("de", "en", "tr", "fr", "es", "so", "sq", "ku")
FUNCTION_WORDS = {  # frequent words that only one language of a script has
    "latin": {
        "de": "aber als auch auf aus bei bitte das dem den der ein eine einem einen einer für "
        "haben hat ich ihr ist kann kein keine mein mit nach nicht noch nur oder schon sich "
        "sie sind und uns von vom wenn wer wie wir wird zum zur",
        "en": "the and of are to for you with this that have has is we they our your my it's i'm "
        "not from who what where can please need her his was at by if or be",
        "tr": "bir ve için bu ile çok var yok mı mi da de daha gibi ama ne olan ben biz lütfen",
        "fr": "le les et est une dans pour des du nous vous je il avec sur pas qui au ce mon ma",
        "es": "el los las que por una con del para es mi se lo su al muy está hay pero y",
        "so": "iyo waa ku ka in aan waxaan oo ah la ayaa",
        "sq": "dhe një për në të është me nga si ka nuk",
        "ku": "ez ji bo û li ku di de heye ne hûn em",
    },
    "cyrillic": {
        "uk": "та що як це від але чи дуже хто немає будь ласка дякую якщо ще або щоб він вона для",
        "ru": "и что как это от но или очень кто нет пожалуйста спасибо если еще ещё чтобы он она",
    },
    "arabic": {
        "ar": "في على هل الى إلى عن هذا هذه التي الذي أن إن لا ما مع كل أو ثم قد كان",
        "fa": "است از در که را با این برای به می هست کسی هم یک و‌ ما شما هستم داره دارم تا",
    },
}
_MARGIN = 2  # function words by which a language must lead
_SHARE = 0.2  # of the letters in another script decide: German words stand in any post
_TAGS = re.compile(r"[@#][\w@.]+")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "ethiopic": re.compile("[\u1200-\u137f]"),
}
_NOT_LATIN = re.compile("[\u0400-\u04ff\u0600-\u06ff\u1200-\u137f]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)
_PASHTO = re.compile("[ټډړږښګڼۍې]")
_SORANI = re.compile("[ڕڵۆێ]")
_PERSIAN = re.compile("[پچژگ]|[یک]")
_ARABIC_ONLY = re.compile("[ةىيكإأ]")


def tell_language(readings: Sequence[Reading]) -> None:
    """Tell the main language of posts."""
    for reading in readings:
        reading.lang = language(reading.text)


def language(text: str) -> str:
    """Return the ISO 639-1 code of the main language, or `und`."""
    sample = LINK.sub(" ", text[:EXAMINED])
    said = _TAGS.sub(" ", sample)
    if not _LETTER.search(said):
        said = sample  # nothing but hashtags: their words are all there is
    script = _script(said)
    if script == "ethiopic":
        return "ti"
    if script == "arabic" and _PASHTO.search(said):
        return "ps"
    return (_by_function_words(said, script) or _BY_LETTERS[script](said)) if script else UNKNOWN


def _script(said: str) -> str | None:
    if not _NOT_LATIN.search(said):
        return "latin" if _LATIN_LETTER.search(said) else None
    letters = {script: len(pattern.findall(said)) for script, pattern in _SCRIPTS.items()}
    all_ = sum(letters.values()) + len(_LATIN_LETTER.findall(said))
    most = max(letters, key=lambda each: letters[each])
    return most if letters[most] > _SHARE * all_ else "latin"


def _by_function_words(sample: str, script: str) -> str | None:
    of = _only_in(script)
    met = [of[word] for word in of.keys() & sample.casefold().split()]
    if len(met) < _MARGIN:
        return None
    second, most = sorted({"", *met}, key=met.count)[-2:]
    return most if met.count(most) >= met.count(second) + _MARGIN else None


@cache
def _only_in(script: str) -> dict[str, str]:
    """Return the language of each function word that no other language of the script has."""
    languages: dict[str, list[str]] = {}
    for lang, text in FUNCTION_WORDS[script].items():
        for word in set(text.split()):
            languages.setdefault(word, []).append(lang)
    return {word: langs[0] for word, langs in languages.items() if len(langs) == 1}


def _latin(sample: str) -> str:
    found: str = _identifier(_LATIN).classify(sample)[0]
    return found


def _cyrillic(sample: str) -> str:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    found: str = _identifier(("uk", "ru")).classify(sample)[0]
    return found


def _arabic(sample: str) -> str:
    if len(_SORANI.findall(sample)) > 1:
        return "ku"
    persian, arabic = len(_PERSIAN.findall(sample)), len(_ARABIC_ONLY.findall(sample))
    if persian != arabic:
        return "fa" if persian > arabic else "ar"
    found: str = _identifier(("ar", "fa", "ps")).classify(sample)[0]
    return found


@lru_cache(maxsize=1)
def _all_languages() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)  # half a second, once


@lru_cache(maxsize=4)
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = copy(_all_languages())
    identifier.set_languages(languages)
    return identifier


_BY_LETTERS = {"latin": _latin, "cyrillic": _cyrillic, "arabic": _arabic}

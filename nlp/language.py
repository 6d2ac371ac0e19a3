"""Which of the label languages a text is written in.

Letters that only one of the languages uses decide first; py3langid, restricted to the languages
of the script, decides the rest. It has no Tigrinya: Ethiopic script counts as
that. A text without letters is `und` (ISO 639: undetermined).
"""

import re
from copy import copy
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("de", "en", "uk", "ru", "ar", "fa", "tr", "fr", "es", "ti", "so", "sq", "ku", "ps")
UNKNOWN = "und"
EXAMINED = 1_000  # characters; more changes nothing
_LATIN = ("de", "en", "tr", "fr", "es", "so", "sq", "ku")
_GERMAN = re.compile(  # function words that no other of the languages has
    r"\b(?:aber|als|auch|auf|aus|bei|bitte|das|dem|den|der|ein|eine[mnr]?|für|haben|hat|ich|ihr|ist"
    r"|kann|keine?|mein|mit|nach|nicht|noch|nur|oder|schon|sich|sie|sind|und|uns|vom?n|wenn|wer|wie"
    r"|wir|wird|zum?r?|über)\b",
    re.IGNORECASE,
)
_NOT_GERMAN = re.compile(
    r"\b(?:the|and|of|are|to|for|you|with|this|that|have|l[ae]s?|et|est|une|dans|pour|el|los|que|por"
    r"|bir|ve|için|bu|ile|çok|dhe|një|iyo|waa|ez|ji)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(r"https?://\S+|[@#][\w@.]+")
_LETTER = re.compile(r"[^\W\d_]")
_ETHIOPIC = re.compile("[\u1200-\u137f]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)
_PASHTO = re.compile("[ټډړږښګڼۍې]")
_SORANI = re.compile("[ڕڵۆێ]")
_PERSIAN = re.compile("[پچژگ]|[یک]")
_ARABIC_ONLY = re.compile("[ةىيكإأ]")


def language(text: str) -> str:
    """Return the ISO 639-1 code of the main language, or `und`."""
    if _plainly_german(text[:EXAMINED]):
        return "de"
    sample = _NOISE.sub(" ", text[:EXAMINED])
    if not _LETTER.search(sample):
        sample = text[:EXAMINED]  # nothing but hashtags: their words are all there is
        if not _LETTER.search(sample):
            return UNKNOWN
    letters = {
        script: len(pattern.findall(sample))
        for script, pattern in (
            ("latin", _LATIN_LETTER),
            ("cyrillic", _CYRILLIC),
            ("arabic", _ARABIC),
            ("ethiopic", _ETHIOPIC),
        )
    }
    script = max(letters, key=lambda each: letters[each])
    if not letters[script]:
        return UNKNOWN
    if script == "ethiopic":
        return "ti"
    if script == "cyrillic":
        return _cyrillic(sample)
    if script == "arabic":
        return _arabic(sample)
    found: str = _identifier(_LATIN).classify(sample)[0]
    return found


def _plainly_german(sample: str) -> bool:
    """Say whether three German function words stand in it and none of another language."""
    words = {word.casefold() for word in _GERMAN.findall(sample)}
    return len(words) >= 3 and not _NOT_GERMAN.search(sample)


def _cyrillic(sample: str) -> str:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    found: str = _identifier(("uk", "ru")).classify(sample)[0]
    return found


def _arabic(sample: str) -> str:
    if _PASHTO.search(sample):
        return "ps"
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

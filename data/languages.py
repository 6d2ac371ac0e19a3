"""The languages that posts are sorted into (ISO 639-1), and what people call them."""

from babel import Locale

LANGUAGES = ("de", "en", "uk", "ru", "ar", "fa", "tr", "fr", "es", "ti", "so", "sq", "ku", "ps")
UNKNOWN = "und"  # nothing to tell a language by


def language_name(key: str, lang: str) -> str:
    """Name a language in `lang` ("de" or "en"); a key that nobody knows stands for itself."""
    return str(Locale(lang).languages.get(key, key))
